"""Two limits on different sizes of one region leave nothing: no shape has both."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from guidelint.language.lint.flaw import Flaw, in_words
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.largest_area import PIXEL_MM, largest_area, largest_marked_area
from guidelint.language.lint.numbers.ranges import ranges_by_place
from guidelint.validation.rule.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.ranges import End
    from guidelint.language.lint.rule_uses import Use

_UNITS = (("mm", "mm²"), ("pixels", "pixels"))
"""Units of lengths, and of areas in the same."""


_SIZES = frozenset({"area", "longest diameter", "short axis"})


class _Limits(NamedTuple):
    """What applies to a region of a class."""

    area: End | None
    longest: End | None
    short: End | None


def find(draft: Draft) -> Iterator[Flaw]:
    """Hold the least area against the largest that the diameters leave, for each class and each condition."""
    told = set[tuple[object, ...]]()
    for uses in _limiting(draft).values():
        conditions = {repr(use.when): use.when for use in uses if not use.is_conditional or use.when is not None}
        for when in conditions.values():
            places = [use.path for use in uses if not use.is_conditional or (use.when is not None and use.when == when)]
            for length, area in _UNITS:
                found = _strictest(draft, places, length, area)
                if found.area is not None and found.area.path not in told and _is_excluded(found, draft, length):
                    told.add(found.area.path)
                    yield _flaw(found.area, found)


def _limiting(draft: Draft) -> Mapping[str, Sequence[Use]]:
    """Sort the uses that return regions for a size by the classes that they judge."""
    found: defaultdict[str, list[Use]] = defaultdict(list)
    for use in draft.uses:
        of = {of for of, _ in ranges_by_place(draft).get(use.path, ())}
        if not use.escalates and not of.isdisjoint(_SIZES):
            for name in use.judged(draft.written):
                found[name].append(use)
    return found


def _strictest(draft: Draft, places: Iterable[tuple[str | int, ...]], length: str, area: str) -> _Limits:
    """Find the largest least area, and the smallest of the greatest diameters."""
    every = [ranges_by_place(draft).get(place, {}) for place in places]
    areas = [one.lower for found in every if (one := found.get(("area", area))) and one.lower]
    longest = [one.upper for found in every if (one := found.get(("longest diameter", length))) and one.upper]
    short = [one.upper for found in every if (one := found.get(("short axis", length))) and one.upper]
    return _Limits(
        max(areas, key=lambda end: end.value, default=None),
        min(longest, key=lambda end: end.value, default=None),
        min(short, key=lambda end: end.value, default=None),
    )


def _is_excluded(found: _Limits, draft: Draft, length: str) -> bool:
    longest, short = (inf if end is None else end.value for end in (found.longest, found.short))
    most = largest_marked_area(longest, short, pixel=_pixel_mm(draft) if length == "mm" else 1.0)
    return found.area is not None and found.area.value > most


def _pixel_mm(draft: Draft) -> float:
    spacing = draft.written.images.pixel_spacing
    return PIXEL_MM if spacing is None or spacing.max_mm is None else spacing.max_mm


def _flaw(area: End, found: _Limits) -> Flaw:
    longest, short = found.longest, found.short
    most = largest_area(longest.value if longest else inf, short.value if short else inf)
    with_short = short is not None and (longest is None or short.value < longest.value)
    ends = [end for end in chain([longest], [short] if with_short else []) if end is not None]
    said = " and ".join(f"{end.shown} (`{in_words(end.path[:-1])}`)" for end in ends)
    message = f"nothing has {area.shown} under {said}: that leaves {number(round(most, 1))} {area.amount.unit} at most"
    return Flaw(message, area.path, "Change one of them: of all shapes of one length a disc is the largest.")


LINT = Lint(
    code="sizes-exclude-each-other",
    means="A least area is larger than anything that the greatest diameters allow.",
    why=(
        "Of all shapes of one longest diameter d the disc has the largest area, π/4 · d². Beyond it whatever is drawn "
        "departs from one of the limits. Half a pixel at each end is allowed for."
    ),
    wrong="""\
classes:
  mass:
    title: Mass
    definition: A place.
    draw: polygon
    rules: {area-limits: {min_mm2: 800}, diameter-limits: {longest_max_mm: 30}}
""",
    right="""\
classes:
  mass:
    title: Mass
    definition: A place.
    draw: polygon
    rules: {area-limits: {min_mm2: 80}, diameter-limits: {longest_max_mm: 30}}
""",
    find=find,
)
