"""What a later version returns work for and the earlier one does not: checks of both plans, side by side."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import msgspec

from guidelint.language.versions.direction import direction_of_values
from guidelint.validation.judging.when_json import written_when
from guidelint.validation.rule.beside import beside, in_any_order
from guidelint.validation.rule.parameters.said import meanings, sources

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from guidelint.validation.judging.plan import Check, Plan
    from guidelint.validation.rule.parameters.source import How
    from guidelint.validation.rule.rule import Rule


_NAMES: Final[tuple[How, ...]] = ("name", "names", "joined", "spellings", "answered", "united")


def returning(old: Plan, new: Plan) -> tuple[Check, ...]:
    """Give the checks that may return work which was accepted: new ones, and those that do not only ask for less."""
    known = {key_of(check) for check in old.checks}
    return tuple(
        check
        for check in new.checks
        if returns(check)
        and key_of(check) not in known
        and not any(_asks_less(check, other) for other in old.checks if other.clause == check.clause)
    )


def returns(check: Check) -> bool:
    """Whether work is returned for a departure."""
    return check.level == "error" and check.escalates_to is None


def key_of(check: Check, *, has_names: bool = False) -> str:
    """Write all of a check that decides what is found, wherever the guideline asks for it."""
    return written(check, _beside(check.rule, has_names=has_names))


def written(check: Check, but_for: AbstractSet[str]) -> str:
    """Write what a check asks of what, and what follows; ``but_for``: parameters that are left out."""
    rule = check.rule
    given = rule.model_dump(mode="json", exclude=set(but_for))
    meant = {name: sorted(value) if name in in_any_order(type(rule)) else value for name, value in given.items()}
    told = (rule.id(), meant, _around(check), check.level, check.escalates_to)
    return json.dumps(told, sort_keys=True, default=str)


def _beside(rule: Rule, *, has_names: bool = False) -> set[str]:
    """Name what people read, and what follows from the names in the guideline: those are compared as such."""
    names = (
        name for name, source in sources(type(rule)).items() if rule.always or (source.how in _NAMES and not has_names)
    )
    return {*beside(type(rule)), *names}


def _around(check: Check) -> object:
    when = None if check.when is None else msgspec.to_builtins(written_when(check.when))
    return None if check.classes is None else sorted(check.classes), sorted(check.but_for), when


def _asks_less(new: Check, old: Check) -> bool:
    """Whether a check differs from an earlier one only in limits that are looser."""
    if type(new.rule) is not type(old.rule) or not returns(old) or _around(new) != _around(old):
        return False
    fields = type(new.rule).model_fields.keys() - _beside(new.rule)
    return all(_is_looser(new.rule, name, getattr(old.rule, name), getattr(new.rule, name)) for name in fields)


def _is_looser(rule: Rule, name: str, old: object, new: object) -> bool:
    """Whether a value asks for less, or the same; one that is not given may stand for the strictest."""
    if old == new:
        return True
    if old is None or new is None:
        return False
    return direction_of_values((name,), old, new, meanings(type(rule), name)) == "looser"
