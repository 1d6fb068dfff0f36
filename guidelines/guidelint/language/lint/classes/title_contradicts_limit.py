"""The title of a class states a size that a rule returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.classes.sizes_in_titles import sized
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.interval import Interval
from guidelint.language.lint.numbers.ranges import ranges_by_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.classes.sizes_in_titles import Sized
    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.ranges import Range


_SIZES = Interval(low=0.0)


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the titles with what is asked of the longest diameter."""
    for one in sized(draft):
        for use in draft.uses:
            if not use.escalates and not use.is_conditional and use.classes == (one.name,):
                limits = ranges_by_place(draft).get(use.path, {}).get(("longest diameter", "mm"))
                yield from _returned(one, limits) if limits else ()


def _returned(one: Sized, limits: Range) -> Iterator[Flaw]:
    remedy = "Change one of the two."
    if limits.lower is not None and not limits.lower.multiple and not limits.lower.kept.covers(one.mm.meet(_SIZES)):
        message = f"{limits.lower.shown} returns some of what the title calls `{one.said}`"
        yield Flaw(message, limits.lower.path, remedy)
    if limits.upper is not None and limits.upper.kept.meet(one.mm).is_empty:
        message = f"{limits.upper.shown} returns all of what the title calls `{one.said}`"
        yield Flaw(message, limits.upper.path, remedy)


LINT = Lint(
    code="title-contradicts-limit",
    level="warning",
    means="The title of a class states a size that a rule returns.",
    why="Annotators choose a class by its title. What the title promises must not come back because of its size.",
    wrong="""\
classes:
  nodule:
    title: Nodule ≥ 3 mm
    definition: A round spot.
    draw: polygon
    rules: {diameter-limits: {longest_min_mm: 4}}
""",
    right="""\
classes:
  nodule:
    title: Nodule ≥ 3 mm
    definition: A round spot.
    draw: polygon
    rules: {diameter-limits: {longest_min_mm: 3}}
""",
    find=find,
)
