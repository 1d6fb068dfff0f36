"""Two uses of one rule, under conditions that may hold at once, ask for what excludes each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.conditions.asked_together import asked_together
from guidelint.language.lint.flaw import Flaw, in_words
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.ranges import leave_nothing, ranges_by_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.ranges import Range
    from guidelint.language.lint.rule_uses import Use


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare every two uses under conditions; of one that is always asked its limits are compared as such."""
    bounded = ranges_by_place(draft)
    for one, other in asked_together(draft):
        if not one.is_conditional or not other.is_conditional:
            continue
        for quantity, its in bounded.get(one.path, {}).items():
            if (others := bounded.get(other.path, {}).get(quantity)) is not None:
                yield from _crossed(one, its, other, others)


def _crossed(one: Use, its: Range, other: Use, others: Range) -> Iterator[Flaw]:
    for lower, upper in ((its.lower, others.upper), (others.lower, its.upper)):
        if lower is not None and upper is not None and leave_nothing(lower, upper):
            message = (
                f"`{_name(other)}` and `{_name(one)}` may both be asked of the same, and nothing lies between "
                f"{lower.shown} and {upper.shown}"
            )
            yield Flaw(message, other.path, "Give them conditions that exclude each other, or other limits.", "key")


def _name(use: Use) -> str:
    return in_words(tuple(step for step in use.path if step not in {"classes", "rules"}))


LINT = Lint(
    code="contradicting-uses",
    means="Two uses of one rule, under conditions that may hold at once, ask for what excludes each other.",
    why=(
        "Everything to which both apply would depart. A rule may stand several times under names of its own, with "
        "conditions of which only one holds at a time, or with limits that leave room for both."
    ),
    wrong="""\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: polygon
    rules:
      large: {rule: area-limits, min_mm2: 40, when: {source: manual}}
      small: {rule: area-limits, max_mm2: 4, when: {size: {longest_mm: {below: 3}}}}
""",
    right="""\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: polygon
    rules:
      large: {rule: area-limits, min_mm2: 40, when: {source: manual}}
      small: {rule: area-limits, max_mm2: 4, when: {source: prediction}}
""",
    find=find,
)
