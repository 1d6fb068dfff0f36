"""The written guideline for a catalogue of rules: every rule a field, every parameter of it a field of that."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

from pydantic import AfterValidator, Field, create_model

from guidelint.language.form.enforced import USED
from guidelint.language.form.fields import Name, Written
from guidelint.language.form.guideline import EmptyReading, RuleUse
from guidelint.language.form.shorthand import NothingBeneath
from guidelint.language.form.uses.use_forms import named_form, use_form, use_of, with_names
from guidelint.language.form.written import (
    WrittenBody,
    WrittenClass,
    WrittenCriterion,
    WrittenEscalation,
    WrittenFamily,
    WrittenGuideline,
    WrittenRelation,
    WrittenRules,
    WrittenSection,
)
from guidelint.validation.rule.described import first_sentence
from guidelint.validation.rule.scope import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo

    from guidelint.validation.rule.rule import Catalogue, Rule

_P = TypeVar("_P", bound=Written)
_Entries = dict["type[Rule]", tuple[Any, "FieldInfo"]]


@dataclass(frozen=True)
class Forms:
    """The models that a text is validated with."""

    guideline: type[WrittenGuideline]
    parts: Mapping[str, Any]
    """Types of the parts in which rules stand."""
    sections: Mapping[str, Any]
    """Fields of the parts that scopes have for themselves."""

    @cached_property
    def body(self) -> type[WrittenBody]:
        """Everything but the identity, and nothing required: for what can be said although something is missing."""
        return _model("Body", _retyped(WrittenBody, "Body", **self.parts), self.sections)


def forms(catalogue: Catalogue) -> Forms:
    """Models that know the rules of a catalogue."""
    return _forms(tuple(catalogue.values()))


@lru_cache(maxsize=8)
def _forms(rules: tuple[type[Rule], ...]) -> Forms:
    entries = {rule: _entry(rule) for rule in rules if rule.settable()}
    ids = frozenset(rule.id() for rule in rules)
    chosen = {rule: entry for rule, entry in entries.items() if not rule.always}
    at_root = {rule: entry for rule, entry in entries.items() if rule.scope.section == ROOT}
    of_class = {rule: entry for rule, entry in entries.items() if rule.scope.per_class}
    rules_of_class = _with_names("ClassRules", of_class, ids)
    parts: dict[str, Any] = {
        "classes": dict[Name, _retyped(WrittenClass, "Class", rules=rules_of_class)],  # type: ignore[misc]
        "families": Annotated[dict[Name, _retyped(WrittenFamily, "Family", rules=rules_of_class)], USED],  # type: ignore[misc]
        "rules": _with_names("Rules", at_root, ids),
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
    sections = _sections(entries, ids)
    base = _model("Guideline", _retyped(WrittenGuideline, "Guideline", **parts), sections)
    return Forms(_model("Guideline", base, complete), parts, sections)


def _only(entries: _Entries, those: _Entries) -> _Entries:
    return {rule: entry for rule, entry in entries.items() if rule in those}


def _sections(entries: _Entries, ids: frozenset[str]) -> dict[str, Any]:
    """Make a part for each scope whose rules do not stand under the guideline's own."""
    scopes = {rule.scope.section: rule.scope for rule in entries if rule.scope.section != ROOT}
    made: dict[str, Any] = {}
    for section, scope in sorted(scopes.items()):
        own = {rule: entry for rule, entry in entries.items() if rule.scope.section == section}
        rules = _with_names(f"{section[0].capitalize()}Rules", own, ids)
        part = _retyped(_base_of(section[0]), section[0].capitalize(), rules=rules)
        made[section[0]] = (part, Field(part.model_construct(), description=f"Rules on {scope.judges}."))
    return made


def _base_of(section: str) -> type[WrittenSection]:
    """Find what a part holds beside the rules of its scope, if it holds anything."""
    field = WrittenBody.model_fields.get(section)
    return WrittenSection if field is None else cast("type[WrittenSection]", field.annotation)


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


def _with_names(name: str, entries: _Entries, ids: frozenset[str]) -> type[WrittenRules]:
    """Make the rules of a part; those that an author asks for may stand again, under names that are no rule's id."""
    plain = _with_rules(WrittenRules, name, entries)
    forms = {rule: named_form(rule) for rule in entries if not rule.always}
    return with_names(plain, forms, ids) if forms else plain


def _model(name: str, base: type[_P], fields: Mapping[str, Any]) -> type[_P]:
    made: Any = create_model(name, __base__=base, __doc__=base.__doc__, **fields)
    return cast("type[_P]", made)


def _entry(rule: type[Rule]) -> tuple[Any, FieldInfo]:
    def as_use(written: Any) -> RuleUse:
        return use_of(rule, written)

    annotation: Any = Annotated[use_form(rule), NothingBeneath, AfterValidator(as_use)]
    entry: Any = Field(None, alias=rule.id(), description=first_sentence(rule))
    return annotation, entry
