"""Limits moved to where nothing meets them: every object then says what was measured of it.

A finding holds the measured value; an object within the limits has no finding. So each limit is asked once more at a
place where whatever is measured departs, and rules need say nothing besides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from guidelint.validation.rule.parameters.bound import Bound, Upper
from guidelint.validation.rule.parameters.said import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.judging.plan import Check
    from guidelint.validation.rule.rule import Rule

_BELOW: Final = -1.0
_ABOVE: Final = 1e12


@dataclass(frozen=True, slots=True)
class PushedLimit:
    """One limit of one check, moved."""

    check: Check
    """The check that asks for it as it stands."""
    parameter: str
    value: float
    """Where the guideline has it."""
    moved_to: float
    moved: Check
    """The check that everything departs from; its clause is its own."""


def pushed_limits(check: Check) -> Iterator[PushedLimit]:
    """Move every limit of a check that is a number, one by one; a multiple of a fact is left where it is."""
    bounds = {name: one for name, one in fields_of(type(check.rule), Bound).items() if not one.of_departures}
    for name, bound in bounds.items():
        value = getattr(check.rule, name)
        if isinstance(value, int | float):
            to = _BELOW if isinstance(bound, Upper) else _ABOVE
            moved = _with(check.rule, dict.fromkeys(bounds) | {name: to})
            clause = f"{check.clause}\x1f{name}"
            yield PushedLimit(
                check, name, float(value), to, replace(check, rule=moved, clause=clause, escalates_to=None)
            )


def _with(rule: Rule, values: dict[str, float | None]) -> Rule:
    """Copy a rule with other limits, which no guideline could ask for: nothing is validated, nothing remembered."""
    given = {name: getattr(rule, name) for name in type(rule).model_fields}
    return type(rule).model_construct(_fields_set=set(rule.model_fields_set), **{**given, **values})
