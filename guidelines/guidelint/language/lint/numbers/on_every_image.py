"""Least numbers that ask for a region on every image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.numbers.counting import over_of
from guidelint.language.lint.numbers.ranges import ranges
from guidelint.validation.rule.parameters.bound import REGIONS
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.ranges import End, Range


def asked_on_every_image(draft: Draft) -> Iterator[End]:
    """Yield them; what only escalates returns nothing, and what is asked under a condition may not be asked."""
    conditional = {use.path for use in draft.uses if use.is_conditional}
    for (place, _, _), one in ranges(draft).items():
        is_asked = one.lower is not None and place not in conditional and _asks_for_one(one.lower)
        if one.lower is not None and is_asked and not _is_crossed(one):
            yield one.lower


def shown_images(end: End) -> str:
    """Name the images of a task on which it asks for one, or all."""
    named: tuple[str, ...] = getattr(end.owner, "images", ())
    return both(f"`{name}`" for name in named) or "every image"


def _asks_for_one(end: End) -> bool:
    over_several = over_of(end.owner) not in {None, "image"}
    return end.bound.of == REGIONS and end.value > 0 and not end.escalates and not over_several


def _is_crossed(one: Range) -> bool:
    """Whether nothing lies between its ends, which is told as such."""
    return one.lower is not None and one.upper is not None and one.lower.value > one.upper.value
