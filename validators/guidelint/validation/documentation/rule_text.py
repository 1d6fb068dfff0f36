"""The documentation of a rule, taken from its class: what ``explain`` shows and what the reference pages hold."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel

from guidelint.validation.cases.run import CaseResult, run_cases
from guidelint.validation.documentation.case_text import CaseText, case_text
from guidelint.validation.documentation.parameter_types import type_in_words
from guidelint.validation.documentation.told_example import ToldText, told_text
from guidelint.validation.rule.described import DescribedSchema, description

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.validation.rule.rule import Rule
    from guidelint.validation.rule.says import Says

LEVELS = {
    "error": "error: the work is returned",
    "warning": "warning: shown, does not return the work",
    "note": "note: shown, does not return the work",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a rule."""

    name: str
    type: str
    """In words, e.g. ``list of text``."""
    default: str
    """As an author would write it; empty when it must be given."""
    meaning: str


@dataclass(frozen=True, slots=True)
class RuleText:
    """Everything that is told about a rule."""

    id: str
    asks: str
    sections: Mapping[str, str]
    """Text under the headings of the docstring, in their order."""
    judges: str
    level: str
    always: bool
    """Whether it is judged under every guideline, written or not."""
    fixed_because: str
    """What would be accepted if it could be set; empty when it may be."""
    settings: tuple[str, ...]
    """Keys that an author may write beneath a rule that is always on."""
    per_class: bool
    """Whether a class may set it for its own regions."""
    tools: tuple[str, ...]
    """Tools that it concerns, in alphabetical order; none: all."""
    parameters: tuple[Parameter, ...]
    told: ToldText | None
    """What annotators read of it, by an example; None when no guideline can set it."""
    says: tuple[Says, ...]
    cases: tuple[CaseText, ...]


def rule_text(rule: type[Rule]) -> RuleText:
    """Gather the documentation of a rule; runs its cases."""
    asks, sections = _docstring(rule)
    return RuleText(
        id=rule.id(),
        asks=asks,
        sections=sections,
        judges=rule.scope.judges,
        level=LEVELS[rule.level],
        always=rule.always,
        fixed_because=rule.fixed_because,
        settings=("level", "note", *rule.parameters()) if rule.settable() else (),
        per_class=rule.scope.per_class,
        tools=tuple(sorted(rule.tools or ())),
        parameters=_parameters(rule),
        told=told_text(rule),
        says=tuple(rule.says.values()),
        cases=tuple(_case(rule, result) for result in run_cases(rule)),
    )


def _docstring(rule: type[Rule]) -> tuple[str, dict[str, str]]:
    asks, *parts = (inspect.getdoc(rule) or "").split("\n## ")
    sections = (part.partition("\n") for part in parts)
    return asks.strip(), {heading.strip(): text.strip() for heading, _, text in sections}


def _parameters(rule: type[Rule]) -> tuple[Parameter, ...]:
    schema = rule.model_json_schema(schema_generator=DescribedSchema)
    return tuple(
        Parameter(
            name=name,
            type=type_in_words(schema["properties"][name], schema.get("$defs", {})),
            default="" if field.is_required() else as_yaml(field.default),
            meaning=_meaning(rule, name, description(rule, name)),
        )
        for name, field in rule.model_fields.items()
    )


def _meaning(rule: type[Rule], name: str, description: str) -> str:
    given = rule.given_by().get(name)
    return f"{description} Follows from {given}." if given else description


def _case(rule: type[Rule], result: CaseResult) -> CaseText:
    given = f"{rule.id()}: {as_yaml(dict(result.case.given))}"
    return case_text(result, given)


def as_yaml(value: object) -> str:
    """Write a value on one line, as it would stand in a guideline; nothing for None."""
    if value is None:
        return "none"
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", exclude_defaults=True)
    plain = list(value) if isinstance(value, tuple) else value
    return yaml.safe_dump(plain, default_flow_style=True, width=10_000, sort_keys=False).removesuffix("\n...\n").strip()
