"""Checks that gather over submissions, and the answers that follow from others by which they go."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from guidelint.validation.judging.when_json import written_when
from guidelint.validation.rule.gathering import GatheringRule
from guidelint.validation.rule.parameters.said import questions_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.judging.plan import Check, Plan
    from guidelint.validation.rule.scope import Scope


@dataclass(frozen=True, slots=True)
class Gathers:
    """A check that gathers over submissions."""

    check: Check
    rule: GatheringRule[Any]
    """The rule of the check."""
    scope: Scope
    """What it gathers over."""
    filling: tuple[Check, ...] = ()
    """Checks that answer questions which nobody does, where it goes by one; none: it goes by what was entered."""

    @property
    def key(self) -> str:
        """Digest of all that what is contributed depends on: kept contributions serve a later plan with the same."""
        text = "\x1f".join(map(_text, (self.check, *self.filling)))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def gathers_of(plan: Plan) -> Iterator[Gathers]:
    """Find the checks of a plan that gather over submissions, in the order of the plan."""
    for check in plan.checks:
        if isinstance(check.rule, GatheringRule) and (scope := check.rule.over()) is not None:
            yield Gathers(check, check.rule, scope, filling_of(plan, check))


def filling_of(plan: Plan, check: Check) -> tuple[Check, ...]:
    """Give the checks that answer what nobody does, where a gathering check goes by such an answer.

    All of them: one such answer may follow from another.
    """
    if not isinstance(check.rule, GatheringRule):
        return ()
    filled = {one.rule.filled_question for one in plan.filling}
    return () if filled.isdisjoint(_questions(check)) else plan.filling


def _questions(check: Check) -> frozenset[str]:
    """Name the questions that a check goes by."""
    asked = frozenset(questions_named(check.rule))
    if isinstance(check.rule, GatheringRule):
        asked |= check.rule.goes_by
    return asked if check.when is None else asked | check.when.condition.questions


def _text(check: Check) -> str:
    classes = ",".join(sorted(check.classes)) if check.classes is not None else "*"
    text = "\x1f".join(
        (check.rule.id(), check.rule.model_dump_json(), classes, ",".join(sorted(check.but_for)), str(check.clause))
    )
    if check.when is not None:
        text += f"\x1f{msgspec.json.encode(written_when(check.when), order='sorted').decode()}"
    return text
