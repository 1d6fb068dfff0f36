"""Points or a sum lead to numbers that the question does not take."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from guidelint.language.lint.derivations.derived import following, sums_of, waits
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.answers import answers_of
from guidelint.validation.rule.wording import measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.written import WrittenAttribute
    from guidelint.language.lint.derivations.derived import Following
    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the ends of what can come of it with the range of the question."""
    for one in following(draft):
        number = one.question.number
        if number is None:
            continue
        least, most = _reach(one, draft)
        rounding = (number.step or 0.0) / 2
        path = ("attributes", one.name, "number")
        if number.max is not None and most - rounding > number.max:
            message = f"`{one.name}` takes at most {measure(number.max)}, and can come to {measure(most)}"
            yield Flaw(message, (*path, "max"), "Let it take all that can come of it, or change what it follows from.")
        if number.min is not None and least + rounding < number.min:
            message = f"`{one.name}` takes at least {measure(number.min)}, and can come to {measure(least)}"
            yield Flaw(message, (*path, "min"), "Let it take all that can come of it, or change what it follows from.")


def _reach(one: Following, draft: Draft) -> tuple[float, float]:
    """Give the smallest and the largest number to which the answers lead; where that is not known, none."""
    nothing = (inf, -inf)
    if one.derive.per_mm2_of:
        return nothing
    if one.derive.points:
        sums = sums_of(one, draft)
        return (sums[0], sums[-1]) if sums else nothing
    if one.derive.sum and not one.derive.measured:
        parts = [draft.written.attributes.get(name) for name in one.derive.sum]
        ends = [_ends(part) for part in parts if part is not None]
        if len(ends) < len(parts):
            return nothing
        together = sum if one.derive.take is None else max if one.derive.take == "largest" else min
        return together(low for low, _ in ends), together(high for _, high in ends)
    return nothing


def _ends(question: WrittenAttribute) -> tuple[float, float]:
    """Give the smallest and the largest answer; an open end leads nowhere, and what is not asked counts nothing."""
    low, high = answers_of(question)
    least, most = inf if low is None else low, -inf if high is None else high
    if waits(question):
        return min(least, 0.0), max(most, 0.0)
    return least, most


LINT = Lint(
    code="number-out-of-reach",
    level="warning",
    means="Points or a sum lead to numbers that the question does not take.",
    why=(
        "Whoever enters what follows has the work returned, since it lies outside of the range; and where nobody "
        "enters it, a number is told that the guideline calls impossible."
    ),
    wrong="""\
attributes:
  shape:
    title: Shape
    of: lesion
    choose_one: {wide: {title: Wide, points: 0}, tall: {title: Tall, points: 3}}
    required: true
  rim:
    title: Rim
    of: lesion
    choose_one: {sharp: {title: Sharp, points: 0}, faint: {title: Faint, points: 2}}
    required: true
  score: {title: Score, of: lesion, number: {min: 0, max: 4}, derive: {points: [shape, rim], entered: never}}
""",
    right="""\
attributes:
  shape:
    title: Shape
    of: lesion
    choose_one: {wide: {title: Wide, points: 0}, tall: {title: Tall, points: 3}}
    required: true
  rim:
    title: Rim
    of: lesion
    choose_one: {sharp: {title: Sharp, points: 0}, faint: {title: Faint, points: 2}}
    required: true
  score: {title: Score, of: lesion, number: {min: 0, max: 5}, derive: {points: [shape, rim], entered: never}}
""",
    find=find,
)
