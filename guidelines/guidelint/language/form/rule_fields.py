"""The written guideline for a catalogue of rules: every rule a field, every parameter of it a field of that."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

from pydantic import AfterValidator, BaseModel, Field, create_model

from guidelint.language.form.guideline import EmptyReading, Name, RuleUse, Written
from guidelint.language.form.shorthand import NothingBeneath
from guidelint.language.form.written import (
    WrittenBody,
    WrittenClass,
    WrittenCriterion,
    WrittenEscalation,
    WrittenGuideline,
    WrittenRelation,
    WrittenRules,
    WrittenSection,
)
from guidelint.validation.rule.described import description
from guidelint.validation.rule.rule import Level
from guidelint.validation.rule.scope import ROOT

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from guidelint.validation.rule.rule import Catalogue, Rule

_P = TypeVar("_P", bound=Written)
_Entries = dict["type[Rule]", tuple[Any, "FieldInfo"]]


@dataclass(frozen=True, slots=True)
class Forms:
    """The models that a text is validated with."""

    guideline: type[WrittenGuideline]
    body: type[WrittenBody]
    """Everything but the identity, and nothing required: for what can be said although something is missing."""


def forms(catalogue: Catalogue) -> Forms:
    """Models that know the rules of a catalogue."""
    return _forms(tuple(rule for rule in catalogue.values() if rule.settable()))


def sentence(rule: type[Rule]) -> str:
    """Say what a rule asks, in one sentence."""
    return (rule.__doc__ or "").strip().partition("\n")[0]


@lru_cache(maxsize=8)
def _forms(rules: tuple[type[Rule], ...]) -> Forms:
    entries = {rule: _entry(rule) for rule in rules}
    chosen = {rule: entry for rule, entry in entries.items() if not rule.always}
    at_root = {rule: entry for rule, entry in entries.items() if rule.scope.section == ROOT}
    of_class = {rule: entry for rule, entry in entries.items() if rule.scope.per_class}
    parts: dict[str, Any] = {
        "classes": dict[Name, _retyped(WrittenClass, "Class", rules=_with_rules(WrittenRules, "ClassRules", of_class))],  # type: ignore[misc]
        "rules": _with_rules(WrittenRules, "Rules", at_root),
        "relations": dict[Name, _with_rules(WrittenRelation, "Relation", _only(chosen, at_root))],  # type: ignore[misc]
        "escalation": _retyped(
            WrittenEscalation,
            "Escalation",
            when=dict[Name, _with_rules(WrittenCriterion, "Criterion", chosen)],  # type: ignore[misc]
        ),
    }
    complete: dict[str, Any] = {
        name: (annotation, Field())
        for name, annotation in {"classes": parts["classes"], "empty_reading": EmptyReading}.items()
    }
    sections = _sections(entries)
    base = _model("Guideline", _retyped(WrittenGuideline, "Guideline", **parts), sections)
    return Forms(_model("Guideline", base, complete), _model("Body", _retyped(WrittenBody, "Body", **parts), sections))


def _only(entries: _Entries, those: _Entries) -> _Entries:
    return {rule: entry for rule, entry in entries.items() if rule in those}


def _sections(entries: _Entries) -> dict[str, Any]:
    """Make a part for each scope whose rules do not stand under the guideline's own."""
    scopes = {rule.scope.section: rule.scope for rule in entries if rule.scope.section != ROOT}
    made: dict[str, Any] = {}
    for section, scope in sorted(scopes.items()):
        own = {rule: entry for rule, entry in entries.items() if rule.scope.section == section}
        rules = _with_rules(WrittenRules, f"{section[0].capitalize()}Rules", own)
        part = _retyped(WrittenSection, section[0].capitalize(), rules=rules)
        made[section[0]] = (part, Field(part(), description=f"Rules on {scope.judges}."))
    return made


def _retyped(base: type[_P], name: str, **annotations: Any) -> type[_P]:
    return _model(
        name, base, {field: (annotation, copy(base.model_fields[field])) for field, annotation in annotations.items()}
    )


def _with_rules(base: type[_P], name: str, entries: _Entries) -> type[_P]:
    return _model(
        name,
        base,
        {rule.id().replace("-", "_"): (annotation, copy(info)) for rule, (annotation, info) in entries.items()},
    )


def _model(name: str, base: type[_P], fields: dict[str, Any]) -> type[_P]:
    made: Any = create_model(name, __base__=base, __doc__=base.__doc__, **fields)
    return cast("type[_P]", made)


def _entry(rule: type[Rule]) -> tuple[Any, FieldInfo]:
    level: dict[str, Any] = {
        "use_level": (
            Level | None,
            Field(None, alias="level", description="error returns the work; warning and note only inform."),
        ),
        "use_note": (
            str,
            Field("", alias="note", description="The next step for the annotator, in place of the rule's own words."),
        ),
    }
    use = _use_form(rule, level)

    def as_use(written: Any) -> RuleUse:
        return _use(rule, written)

    annotation: Any = Annotated[use, NothingBeneath, AfterValidator(as_use)]
    entry: Any = Field(None, alias=rule.id(), description=sentence(rule))
    return annotation, entry


def _use_form(rule: type[Rule], level: dict[str, Any]) -> type[BaseModel]:
    """Make the form of a rule, without the parameters that another part of the guideline gives."""
    name = f"{rule.__name__}Use"
    if not rule.given_by():
        return create_model(name, __base__=rule, __doc__=sentence(rule), **level)
    own: dict[str, Any] = {
        name: (rule.model_fields[name].annotation, _described(rule, name)) for name in rule.parameters()
    }
    return create_model(name, __base__=Written, __doc__=sentence(rule), **own, **level)


def _use(rule: type[Rule], written: Any) -> RuleUse:
    parameters = {name: getattr(written, name) for name in rule.parameters() if name in written.model_fields_set}
    return RuleUse(rule=rule.model_validate(parameters), level=written.use_level, note=written.use_note)


def _described(rule: type[Rule], name: str) -> FieldInfo:
    """Copy a parameter into a form that has no source to look for its description in."""
    field = copy(rule.model_fields[name])
    field.description = description(rule, name)
    return field
