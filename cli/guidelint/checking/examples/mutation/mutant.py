"""What a mutant is: a plan that asks for something else in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import BaseModel

    from guidelint.validation.judging.plan import Check, Plan
    from guidelint.validation.rule.parameters.said import Path

_TIMES: Final = tuple(2**power for power in range(20, 0, -1))


@dataclass(frozen=True, slots=True)
class Change:
    """One check, asked otherwise."""

    what: str
    """What is changed, in words that read on from the place."""
    kind: str
    """limit, strictness, rule, class, condition or answer."""
    check: Check | None
    """None: it is not asked any more."""
    limit: str = ""
    """The limit that is moved, as it stands in the guideline; empty: it is none."""
    carried: Callable[[int], Check | None] | None = None
    """Makes the check whose limit is moved so many times as far, if there can be one; None: nothing is moved."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A plan in which one check is asked otherwise."""

    clause: str
    change: Change
    plan: Plan
    at: int
    """Where the check stands in the plan."""
    of_visits: bool = False
    """Whether only several visits of a patient tell."""

    def __str__(self) -> str:
        return f"{self.clause}: {self.change.what}"

    def farther(self) -> Iterator[Mutant]:
        """Give plans that move the same limit ever less far, from as far as it can be."""
        if self.change.carried is None or self.change.check is None:
            return
        for times in _TIMES:
            if check := self.change.carried(times):
                checks = (*self.plan.checks[: self.at], check, *self.plan.checks[self.at + 1 :])
                yield replace(self, plan=replace(self.plan, checks=checks))


def _with_change(plan: Plan, at: int, change: Change) -> Mutant:
    """Make the plan that asks for one check otherwise."""
    checks = (*plan.checks[:at], *((change.check,) if change.check else ()), *plan.checks[at + 1 :])
    before = plan.checks[at]
    of_visits = before.rule.compares_time_points
    return Mutant(before.clause, change, replace(plan, checks=checks), at, of_visits)


def every(plan: Plan, changes: Callable[[Check], Iterator[Change]]) -> Iterator[Mutant]:
    """Change each check in each way."""
    for at, check in enumerate(plan.checks):
        for change in changes(check):
            yield _with_change(plan, at, change)


def changed(model: BaseModel, path: Path, edit: Callable[[dict[Any, Any], Any], None]) -> BaseModel | None:
    """Make a model again with another value at a path; None where that is no model of its kind.

    ``edit``: changes the mapping or the list that holds the value, whose key it is given.
    """
    content: Any = _plain(model.model_dump(by_alias=True, exclude_unset=True))
    here = content
    try:
        for step in path[:-1]:
            here = here[step]
        edit(here, path[-1])
        return type(model).model_validate(in_tuples(content))
    except (KeyError, IndexError, TypeError, ValidationError):
        return None


def _plain(value: Any) -> Any:
    """Turn tuples into lists, which can be edited."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def in_tuples(value: Any) -> Any:
    """Turn lists into tuples, as a text is read."""
    if isinstance(value, dict):
        return {key: in_tuples(one) for key, one in value.items()}
    return tuple(map(in_tuples, value)) if isinstance(value, list) else value


def put(value: object) -> Callable[[dict[Any, Any], Any], None]:
    """Make the edit that writes a value."""

    def edit(holder: dict[Any, Any], key: Any) -> None:
        holder[key] = value

    return edit


def taken_out(holder: dict[Any, Any], key: Any) -> None:
    """Take a value out."""
    del holder[key]
