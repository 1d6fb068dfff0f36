"""One line of a banner: regions, what was measured against what limit, what to do next, and where that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from guidelint.language.form.places.places import TOLD_NOWHERE
from guidelint.validation.judging.ask import UNCHECKED
from guidelint.validation.judging.groups import numbers
from guidelint.validation.rule.wording import NAMED, full_stop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region_ref import RegionRef
    from guidelint.validation.judging.groups import Group

PAIR = 2
"""So many regions of one finding are named with their classes."""
_NEXT = Markup(' <span class="glv-next" aria-hidden="true">→</span> ')
_STEP = Markup(' <span aria-hidden="true">›</span> ')


def line(group: Group) -> Markup:
    """Say what a group of findings says, once."""
    where = Markup(" and ").join(_where(group))
    message = Markup("").join(
        Markup("<b>{}</b>").format(part.text) if part.is_evidence else escape(part.text) for part in group.parts
    )
    message = message.removeprefix(UNCHECKED)
    text = Markup("{}: {}").format(where, message) if where else capital(message)
    text += full_stop(text)
    if group.first.do:
        text += _NEXT + group.first.do
    if told := [place for place in group.places if place not in TOLD_NOWHERE]:
        text += Markup(" <small>{}</small>").format(Markup(", ").join(map(_place, told)))
    return text


def _where(group: Group) -> Iterator[Markup]:
    """Name the regions: one or two by number and class, more of them by number alone."""
    regions = tuple({(ref.task, ref.annotation, ref.number, ref.title): ref for ref in group.regions}.values())
    together = len(group.findings) > 1 or len(regions) > PAIR
    if len(regions) > 1 and together and all(ref.number and not ref.task for ref in regions):
        yield Markup("Regions {}").format(numbers(ref.number for ref in regions))
        return
    yield from map(_region, regions[:NAMED])
    if more := len(regions[NAMED:]):
        yield Markup("{} more").format(more)


def _region(ref: RegionRef) -> Markup:
    name = ref.title.removeprefix(f"Region {ref.number}").strip()
    return Markup("Region {} <i>{}</i>").format(ref.number, name) if ref.number else escape(ref.title)


def _place(headings: str) -> Markup:
    """Join the headings of a place; the sign between them is not read out."""
    return Markup("§ {}").format(_STEP.join(headings.split(" › ")))


def capital(message: Markup) -> Markup:
    """Begin a sentence."""
    tag = "<b>" if message.startswith("<b>") else ""
    return Markup(f"{tag}{message[len(tag) :][:1].upper()}{message[len(tag) + 1 :]}")  # noqa: S704 - escaped
