"""Questions whose answer follows from others, and the sums that can come of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Final

from guidelint.language.form.guideline import may_stay_open

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.derive import Derive
    from guidelint.language.form.written import WrittenAttribute
    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath

MOST_SUMS: Final = 10_000
"""Of so many different sums each is looked at; of more, those beside the ends of the bands."""


@dataclass(frozen=True, slots=True)
class Following:
    """A question whose answer follows."""

    name: str
    question: WrittenAttribute
    derive: Derive

    @property
    def path(self) -> KeyPath:
        """Where it says so."""
        return ("attributes", self.name, "derive")

    @property
    def unit(self) -> str:
        """In which unit the number is from which it follows."""
        return self.question.number.unit if self.question.number else self.derive.unit

    @property
    def number(self) -> str:
        """What people call that number."""
        ways = {"ratio": self.derive.ratio, "product": self.derive.product, "rank": self.derive.rank_of}
        return next((way for way, is_it in ways.items() if is_it), "sum")


def following(draft: Draft) -> Iterator[Following]:
    """Yield every question whose answer follows from others."""
    for name, question in draft.written.attributes.items():
        if question.derive is not None:
            yield Following(name, question, question.derive)


def sums_of(one: Following, draft: Draft) -> tuple[float, ...]:
    """List the sums that can come of the answers; where there is no end of them, those beside the ends of the bands."""
    if one.derive.points:
        found = _sums_of_points([draft.written.attributes.get(name) for name in one.derive.points])
        if found:
            return found
    return tuple(_beside_ends(one, draft))


def _sums_of_points(questions: list[WrittenAttribute | None]) -> tuple[float, ...]:
    sums = {0.0}
    for question in questions:
        sums = _with_answers(question, sums) if question is not None else set[float]()
        if not sums or len(sums) > MOST_SUMS:
            return ()
    return tuple(sorted(sums))


def _with_answers(question: WrittenAttribute, sums: set[float]) -> set[float]:
    """Add what the answers to one question can count; one that need not be answered may count nothing."""
    alone, together = {*sums} if waits(question) else set[float](), set[float]()
    for option in question.options.values():
        is_alone = question.kind != "multi-choice" or option.exclusive
        before = sums if is_alone else sums | together
        (alone if is_alone else together).update([round(so_far + (option.points or 0.0), 9) for so_far in before])
        if max(len(alone), len(together)) > MOST_SUMS:
            break
    return alone | together


def waits(question: WrittenAttribute) -> bool:
    """Whether a question must be answered under a condition; where that does not hold, it counts nothing."""
    return question.required is not None and may_stay_open(question.required)


def _beside_ends(one: Following, draft: Draft) -> Iterator[float]:
    """Take the ends of the bands and what lies between and beyond, as far as a sum can be there."""
    found = set[float]()
    for band in one.derive.bands.values():
        found.update(end for end in (band.at_least, band.above, band.at_most, band.below) if end is not None)
    ends = sorted(found)
    if not ends:
        return
    least = -inf if ends[0] < 0 else 0.0
    if _is_whole(one, draft):
        sums = {float(int(end) + beside) for end in ends for beside in (-1, 0, 1)}
    else:
        sums = {*ends, ends[0] - 1, ends[-1] + 1, *((low + high) / 2 for low, high in pairwise(ends))}
    yield from (value for value in sorted(sums) if value >= least)


def _is_whole(one: Following, draft: Draft) -> bool:
    """Whether only whole numbers are added up."""
    questions = [draft.written.attributes.get(name) for name in one.derive.sum]
    by_parts = one.derive.per_mm2_of or one.derive.ratio or one.derive.product
    counts = not by_parts and {*one.derive.measured} <= {"count"}
    return counts and all(question is not None and _is_stepped(question) for question in questions)


def _is_stepped(question: WrittenAttribute) -> bool:
    if question.number is None:
        return question.kind == "scale"
    return question.number.step is not None and float(question.number.step).is_integer()
