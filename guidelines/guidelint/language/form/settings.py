"""Rules judged under every guideline, as this one sets them: for all regions, and for the classes that differ."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.language.form.guideline import RuleUse
from guidelint.language.form.places.clauses import clause_of_class
from guidelint.language.form.places.places import class_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.judging.plan import Check
    from guidelint.validation.rule.rule import Rule


def as_set(check: Check, guideline: Guideline) -> Iterator[Check]:
    """Yield a check that every guideline has, as this one sets it, then one for each class that sets it again."""
    name = check.rule.id()
    own = {key: part.rules[name] for key, part in guideline.classes.items() if name in part.rules}
    yield replace(_with(check, guideline.rules.get(name)), but_for=frozenset(own))
    for key, use in own.items():
        heading = class_place(check.rule, guideline.classes[key].title)
        own_clause = clause_of_class(key, name)
        yield replace(_with(check, use), clause=own_clause, heading=heading, classes=frozenset({key}))


def inherited(uses: Mapping[str, RuleUse], by: Mapping[str, RuleUse]) -> dict[str, RuleUse]:
    """Complete what a class sets of a rule that is always on by what the whole guideline sets of it."""
    return {name: _over(by[name], use) if use.rule.always and name in by else use for name, use in uses.items()}


def _over(general: RuleUse, special: RuleUse) -> RuleUse:
    return RuleUse(
        rule=_merged(general.rule, special.rule),
        level=special.level or general.level,
        note=special.note or general.note,
    )


def _with(check: Check, use: RuleUse | None) -> Check:
    if use is None:
        return check
    return replace(check, rule=_merged(check.rule, use.rule), level=use.level or check.level, note=use.note)


def _merged(rule: Rule, over: Rule) -> Rule:
    """Give a rule the parameters that another of its kind was given."""
    given = {name: getattr(one, name) for one in (rule, over) for name in sorted(one.model_fields_set)}
    return type(rule).model_validate(given)
