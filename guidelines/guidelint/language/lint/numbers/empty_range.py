"""Nothing lies between the smallest and the largest value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.general_limits import both, stands_at
from guidelint.language.lint.numbers.ranges import Range, leave_nothing, ranges
from guidelint.validation.rule.parameters.bound import Lower
from guidelint.validation.rule.parameters.naming import AnswerOf
from guidelint.validation.rule.parameters.said import meaning
from guidelint.validation.rule.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.ranges import End, Quantity


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare both ends of every range, and the ends of quantities of which one never exceeds the other."""
    found = ranges(draft)
    for quantity, one in found.items():
        if one.lower is not None and one.upper is not None:
            yield from _crossed(one.lower, one.upper, is_exact=_is_exact(one.lower, one))
            yield from _stepped_over(one, one.upper.value - one.lower.value)
        if one.lower is not None and (around := _around(one.lower, quantity, found)) is not None:
            yield from _outgrown(one.lower, around)
    for pair in both(draft):
        if not pair.use.escalates:
            yield from (_apart(end, other) for end, other in pair.crossed())


def _is_exact(lower: End, one: Range) -> bool:
    """Whether a value can be equal to the limit: what is counted, what goes in steps, what somebody answered."""
    of_answers = meaning(type(lower.owner), lower.name, AnswerOf) is not None
    return lower.amount.exact or one.step is not None or of_answers


def _crossed(lower: End, upper: End, *, is_exact: bool) -> Iterator[Flaw]:
    if leave_nothing(lower, upper):
        message = f"nothing lies between {lower.shown} and {upper.shown}"
        yield Flaw(message, lower.path, f"`{lower.name}` must {_beneath(lower)} `{upper.name}`.")
    elif lower.value == upper.value and not is_exact and not lower.multiple and not upper.multiple:
        message = f"hardly anything is exactly {number(lower.value)}, and {lower.shown} and {upper.shown} ask for it"
        yield Flaw(message, lower.path, "Leave room between the two, or give only one of them.")


def _apart(end: End, other: End) -> Flaw:
    """Tell of limits in two places that leave nothing between them."""
    where = stands_at(other)
    message = f"nothing lies between {end.shown} and {other.shown}, which `{where}` asks for here as well"
    return Flaw(message, end.path, "Change one of the two, or give each class its own limits.")


def _stepped_over(one: Range, width: float) -> Iterator[Flaw]:
    if one.step is not None and one.step.value > width > 0:
        message = f"{one.step.shown} is wider than the whole range of {number(width)}"
        yield Flaw(message, one.step.path, "Write a smaller step, or leave it out.")


def _around(lower: End, quantity: Quantity, found: dict[Quantity, Range]) -> End | None:
    """Find the upper end of the quantity that this one never exceeds."""
    place, _, unit = quantity
    if not isinstance(lower.bound, Lower) or not lower.bound.within:
        return None
    return found.get((place, lower.bound.within, unit), _NOTHING).upper


def _outgrown(lower: End, upper: End) -> Iterator[Flaw]:
    if leave_nothing(lower, upper) and isinstance(lower.bound, Lower):
        never = f"the {lower.bound.of} never exceeds the {lower.bound.within}"
        message = f"nothing lies between {lower.shown} and {upper.shown}: {never}"
        yield Flaw(message, lower.path, f"`{lower.name}` must {_beneath(lower)} `{upper.name}`.")


def _beneath(lower: End) -> str:
    return "be less than" if lower.is_open else "not be greater than"


_NOTHING = Range()


LINT = Lint(
    code="empty-range",
    means="Nothing lies between the smallest and the largest value.",
    why="Everything would depart. What is measured is never exactly of a size; what is counted or answered can be.",
    wrong="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon, rules: {area-limits: {min_mm2: 40, max_mm2: 4}}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon, rules: {area-limits: {min_mm2: 4, max_mm2: 40}}}
""",
    find=find,
)
