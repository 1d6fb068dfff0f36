"""A band of sizes that other limits leave nothing of."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw, in_words
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.interval import Interval
from guidelint.language.lint.numbers.ranges import ranges_by_place
from guidelint.language.lint.uses.asked_tools import asked_by_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.ranges import End
    from guidelint.language.lint.rule_uses import Use
    from guidelint.language.lint.uses.asked_tools import Asked
    from guidelint.language.text.tree import KeyPath


def find(draft: Draft) -> Iterator[Flaw]:
    """Hold the bands of each class against the limits of the longest diameter that always apply to it."""
    banded = [(use, asked) for use, asked in asked_by_size(draft) if use.classes and not use.escalates]
    always = _always(draft) if banded else []
    for use, asked in banded:
        limits = [limit for other in always for limit in _limits(other, use, draft)]
        for path, band, unit in _bands(asked, draft) if limits else ():
            judged = not (use.rule.tools or set()).isdisjoint(asked[path])
            end = next((end for end, one in limits if one == unit and end.kept.meet(band).is_empty), None)
            if judged and end is not None:
                where = in_words(end.path[:-1])
                message = f"nothing is of this size: {end.shown} (`{where}`) returns all of it"
                yield Flaw(message, path[:-1], "Change one of the two, or take the band out.")


def _always(draft: Draft) -> list[Use]:
    """List the uses that return whatever is of another size."""
    found = ranges_by_place(draft)
    return [use for use in draft.uses if use.path in found and not use.escalates and not use.is_conditional]


def _limits(other: Use, use: Use, draft: Draft) -> Iterator[tuple[End, str]]:
    """Yield the limits of the longest diameter that apply to the classes of a use, each with its unit."""
    for (of, unit), one in ranges_by_place(draft)[other.path].items():
        if of == "longest diameter" and {*use.classes} <= {*other.judged(draft.written)}:
            yield from ((end, unit) for end in (one.lower, one.upper) if end is not None and not end.multiple)


def _bands(asked: Asked, draft: Draft) -> Iterator[tuple[KeyPath, Interval, str]]:
    """Yield the sizes that each band can have, and the unit of all of them."""
    every = [(path, ranges_by_place(draft).get(path[:-1], {})) for path in asked]
    units = {unit for _, ends in every for of, unit in ends if of == "size"}
    low = 0.0
    for path, ends in every if len(units) == 1 else ():
        (unit,) = units
        one = ends.get(("size", unit))
        end = None if one is None else one.upper
        yield path, Interval(low, inf if end is None else end.value, without_high=True), unit
        low = max(low, 0.0 if end is None else _least(end))


def _least(end: End) -> float:
    """Give where a band ends at the least; a multiple of what the image states may lie anywhere within its bounds."""
    return end.value if end.multiple is None else end.multiple.at_least or 0.0


LINT = Lint(
    code="band-never-reached",
    level="warning",
    means="A band of sizes of which other limits leave nothing.",
    why=(
        "Whatever is drawn in that band comes back for its size, whichever tool it was drawn with. One of the two "
        "limits was changed and the other forgotten."
    ),
    wrong="""\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: [ellipse, polygon]
    rules:
      diameter-limits: {longest_min_mm: 8}
      geometry-by-size: {bands: [{below_mm: 5, tools: [ellipse]}, {tools: [polygon]}]}
""",
    right="""\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: [ellipse, polygon]
    rules:
      diameter-limits: {longest_min_mm: 3}
      geometry-by-size: {bands: [{below_mm: 5, tools: [ellipse]}, {tools: [polygon]}]}
""",
    find=find,
)
