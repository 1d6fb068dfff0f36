"""An example of what annotators read of a rule, made from one of its cases."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.validation.rule.names import Names, pieces

if TYPE_CHECKING:
    from guidelint.validation.rule.case import Case
    from guidelint.validation.rule.rule import Rule

_LESION = "lesion"
"""The class that cases draw unless they say otherwise."""


@dataclass(frozen=True, slots=True)
class ToldText:
    """What annotators read of a rule that is given these parameters."""

    given: dict[str, object]
    asked: str
    """In the instructions; titles between asterisks."""
    escalates: str
    """Where a departure escalates, after "If"; empty for a rule that every guideline has, which never does."""


def told_text(rule: type[Rule]) -> ToldText | None:
    """Tell a rule as its first case that departs is given it; None when no guideline can set it."""
    case = next((case for case in rule.cases if case.finds is not None), None)
    if case is None or not rule.settable():
        return None
    given = _given(rule, case)
    made = rule.model_validate_json(json.dumps(given))
    names = Names(concerned=(_LESION,) if rule.scope.per_class else ())
    escalates = "" if rule.always else stressed(made.told_if(names))
    return ToldText(given, stressed(made.told(names)), escalates)


def stressed(sentence: str) -> str:
    """Put titles between asterisks."""
    return "".join(f"*{piece}*" if is_title else piece for piece, is_title in pieces(sentence))


def _given(rule: type[Rule], case: Case) -> dict[str, object]:
    return {name: value for name, value in case.given.items() if name in rule.parameters()}
