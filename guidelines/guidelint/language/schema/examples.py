"""Examples of keys: those written in ``examples.yaml``, and of a rule's parameters those that its cases give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from guidelint.language.text.shipped import shipped

if TYPE_CHECKING:
    from guidelint.validation.rule.rule import Catalogue, Rule

Examples = Mapping[str, Mapping[str, Any]]
"""Part of a guideline → key → example."""
_BESIDE: Mapping[str, Any] = {
    "level": "warning",
    "when": {"size": {"longest_mm": {"at_least": 10}}},
    "note": "Join the last point to the first.",
    "on": ["flair"],
}
"""What every use of a rule takes beside its parameters, and every rule on a question."""


def examples(catalogue: Catalogue) -> Examples:
    """Gather an example of every key, by the name of the part in the JSON Schema."""
    parts: dict[str, dict[str, Any]] = {name: dict(keys) for name, keys in written().items()}
    parts["SharedQuestion"] = parts["WrittenAttribute"]
    uses = {name: _listed(_first_use(rule)) for name, rule in catalogue.items()}
    for name, rule in catalogue.items():
        form = f"{rule.__name__}Use"
        parts[form] = {"rule": name, **_BESIDE, **_listed(_parameters(rule)), **parts.get(form, {})}
        parts[f"Named{form}"] = parts[form]
    return defaultdict(lambda: uses, {name: {**uses, **keys} for name, keys in parts.items()})


@cache
def written() -> Examples:
    """Read the examples that are written by hand."""
    found: Examples = shipped("guidelint.language.schema", "examples.yaml")
    return found


def show(part: dict[str, Any], shown: Mapping[str, Any]) -> None:
    """Put an example beside each property of a part of a schema."""
    for key, field in part.get("properties", {}).items():
        if key in shown:
            field["examples"] = [shown[key]]


def _parameters(rule: type[Rule]) -> Mapping[str, Any]:
    """Give each parameter of a rule its example: the value with which it first stands in a case, else its default."""
    fields = rule.model_fields
    defaults = {name: field.default for name, field in fields.items() if isinstance(field.default, str | int | float)}
    given = {name: value for case in reversed(rule.cases) for name, value in case.given.items() if name in fields}
    return {**defaults, **given}


def _first_use(rule: type[Rule]) -> Mapping[str, Any]:
    """Give the parameters of the first case that sets any."""
    own = set(rule.parameters())
    given = ({name: value for name, value in case.given.items() if name in own} for case in rule.cases)
    return next(filter(None, given), {})


def _listed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _listed(item) for key, item in value.items()}
    return [_listed(item) for item in value] if isinstance(value, tuple | list) else value
