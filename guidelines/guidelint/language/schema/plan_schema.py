"""The JSON Schema of a compiled plan, the parameters of every rule included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from guidelint.annotation.vocabulary import AttributeEntry, ClassEntry, Vocabulary
from guidelint.imaging.keys import ImageKeys, NamedImage
from guidelint.language.schema.examples import Examples, examples, show
from guidelint.language.text.shipped import shipped
from guidelint.validation.judging.plan_parts import (
    FORMAT,
    CheckJson,
    GuidelineRef,
    PlanJson,
    ReturnOfWork,
    RouteJson,
    WhenJson,
)
from guidelint.validation.rule.described import DescribedSchema, docstring_below
from guidelint.validation.rule.draft_7 import in_draft_7

if TYPE_CHECKING:
    from guidelint.validation.rule.rule import Catalogue, Rule

_PARTS = (
    *(PlanJson, GuidelineRef, CheckJson, WhenJson, Vocabulary, ClassEntry, AttributeEntry, ImageKeys, NamedImage),
    *(RouteJson, ReturnOfWork),
)
_PARAMETERS = "Parameters"


def plan_schema(catalogue: Catalogue) -> dict[str, Any]:
    """Describe every key of a plan, and what each rule of a catalogue takes as its parameters."""
    _, parts = msgspec.json.schema_components([PlanJson], ref_template="#/$defs/{name}")
    shown = shipped("guidelint.language.schema", "plan_examples.yaml")
    for model in _PARTS:
        _describe(parts[model.__name__], model, shown.get(model.__name__, {}))
    of_rules = examples(catalogue)
    for rule in catalogue.values():
        parts |= _parameters(rule, of_rules)
    parts["CheckJson"]["allOf"] = [_given(rule) for rule in catalogue.values()]
    plan = parts.pop("PlanJson")
    plan["properties"]["format"]["const"] = FORMAT
    return in_draft_7({**plan, "$defs": parts})


def _describe(part: dict[str, Any], model: type[msgspec.Struct], shown: dict[str, Any]) -> None:
    """Say what each property means and show one, and allow no other."""
    part["additionalProperties"] = False
    for field in msgspec.structs.fields(model):
        said = part["properties"][field.encode_name]
        said["description"] = docstring_below(model, field.name)
        said["examples"] = [shown.get(field.encode_name, field.default)]


def _parameters(rule: type[Rule], of_rules: Examples) -> dict[str, Any]:
    """Describe what a rule takes, and the parts that it needs for that; a plan may leave out what are words."""
    made = rule.model_json_schema(mode="serialization", schema_generator=DescribedSchema)
    parts = made.pop("$defs", {})
    made.pop("required", None)
    show(made, of_rules[f"{rule.__name__}Use"])
    for name, part in parts.items():
        show(part, of_rules[name])
    return {**parts, f"{rule.__name__}{_PARAMETERS}": made}


def _given(rule: type[Rule]) -> dict[str, Any]:
    """Say what the parameters and the words of a check are where it is of this rule."""
    takes = {"$ref": f"#/$defs/{rule.__name__}{_PARAMETERS}"}
    return {
        "if": {"properties": {"rule": {"const": rule.id()}}},
        "then": {"properties": {"parameters": takes, "words": takes}},
    }
