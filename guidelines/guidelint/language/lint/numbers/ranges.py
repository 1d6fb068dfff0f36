"""Ranges: the two ends that belong together, found by what their types bound."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from guidelint.language.lint.numbers.interval import Interval
from guidelint.validation.rule.parameters.bound import Bound, Lower, Step, Upper
from guidelint.validation.rule.parameters.limit_itself import LimitItself
from guidelint.validation.rule.parameters.multiple import Multiple
from guidelint.validation.rule.parameters.quantity import Amount
from guidelint.validation.rule.parameters.said import fields_of
from guidelint.validation.rule.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath

Quantity = tuple["KeyPath", str, str]
"""Where it is bounded, what it is, and in which unit."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a range, or the step within it."""

    path: KeyPath
    value: float
    """Of a multiple of an image fact, what it is at the least where it is a lower end, at the most where an upper."""
    amount: Amount
    bound: Bound | Step
    owner: BaseModel
    """The part of the guideline, or the rule, that has it."""
    multiple: Multiple | None = None
    """The multiple of an image fact that it is; None: it is a number."""

    @property
    def shown(self) -> str:
        """As it stands in the file."""
        return f"`{self.name}: {number(self.value) if self.multiple is None else self.multiple.as_yaml}`"

    @property
    def is_open(self) -> bool:
        """Whether what is exactly there departs as well."""
        return any(getattr(self.owner, name) == "departs" for name in fields_of(type(self.owner), LimitItself))

    @property
    def kept(self) -> Interval:
        """Numbers that do not depart from it."""
        if isinstance(self.bound, Lower):
            return Interval(low=self.value, without_low=self.is_open)
        return Interval(high=self.value, without_high=self.is_open)

    @property
    def escalates(self) -> bool:
        """Whether what lies beyond it escalates, and is not returned."""
        return self.path[0] == "escalation"

    @property
    def name(self) -> str:
        """Its key."""
        return str(self.path[-1])


def leave_nothing(lower: End, upper: End) -> bool:
    """Whether nothing keeps both: they cross, or meet where one of them departs itself."""
    return lower.kept.meet(upper.kept).is_empty


@dataclass(slots=True)
class Range:
    """What is given of a range."""

    lower: End | None = None
    upper: End | None = None
    step: End | None = None


def ranges(draft: Draft) -> dict[Quantity, Range]:
    """Put the ends together that bound one quantity in one unit in one place."""
    return draft.once(_ranges)


def ranges_by_place(draft: Draft) -> Mapping[KeyPath, Mapping[tuple[str, str], Range]]:
    """Sort the ranges by where they are bounded; there each by what it is, and in which unit."""
    return draft.once(_by_place)


def _by_place(draft: Draft) -> Mapping[KeyPath, Mapping[tuple[str, str], Range]]:
    found: dict[KeyPath, dict[tuple[str, str], Range]] = {}
    for (place, of, unit), one in ranges(draft).items():
        found.setdefault(place, {})[of, unit] = one
    return found


def _ranges(draft: Draft) -> dict[Quantity, Range]:
    found: dict[Quantity, Range] = {}
    for end in _ends(draft):
        one = found.setdefault((end.path[:-1], end.bound.of, end.amount.unit or end.amount.quantity), Range())
        match end.bound:
            case Lower():
                one.lower = end
            case Upper():
                one.upper = end
            case _:
                one.step = end
    return found


def _ends(draft: Draft) -> Iterator[End]:
    for one, amount in draft.saying(Amount):
        bound = one.of(Bound) or one.of(Step)
        if bound is not None and isinstance(one.value, int | float):
            yield End(one.path, one.value, amount, bound, one.owner)
        elif bound is not None and isinstance(one.value, Multiple):
            yield End(one.path, _certain(one.value, bound), amount, bound, one.owner, one.value)


def _certain(multiple: Multiple, bound: Bound | Step) -> float:
    """Tell what the limit is at the least or at the most, whatever the image states."""
    end, otherwise = (multiple.at_least, -inf) if isinstance(bound, Lower) else (multiple.at_most, inf)
    return otherwise if end is None else end
