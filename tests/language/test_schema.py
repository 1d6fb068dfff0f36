"""The JSON Schema of the language agrees with the loader."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from guidelint.language.form.json_schema import guideline_schema
from guidelint.language.library import released
from guidelint.language.reference.problem_explanations import SMALLEST, explanations, with_part
from guidelint.language.text.parse import parse
from guidelint.language.text.tree import plain
from guidelint.rules.catalogue import catalogue

SCHEMA = guideline_schema(catalogue())
GOOD = {
    "the smallest": SMALLEST,
    **{item.label: item.text for item in released()},
    **{f"{item.code}, right": with_part(item.right) for item in explanations().values() if item.right},
}
SHAPE = (
    *("bad-name", "empty", "missing", "out-of-range", "rule-always-on", "rule-elsewhere", "unknown-format"),
    *("unknown-key", "unknown-rule", "unknown-value", "wrong-type", "wrong-value"),
)


def errors(text: str) -> list[str]:
    root = parse(text).root
    assert root is not None
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(as_json(plain(root)))]


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    return [as_json(item) for item in value] if isinstance(value, tuple) else value


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_it_accepts_what_the_loader_accepts(text: str) -> None:
    assert errors(text) == []


@pytest.mark.parametrize("code", SHAPE)
def test_it_refuses_what_has_the_wrong_shape(code: str) -> None:
    (wrong,) = [item.wrong for item in explanations().values() if item.code == code]
    assert errors(with_part(wrong))


def test_every_key_and_every_rule_parameter_is_described() -> None:
    parts = [SCHEMA, *SCHEMA["$defs"].values()]
    assert all(part["description"] for part in parts)
    keys = [(name, key) for part in parts for name, key in part.get("properties", {}).items()]
    assert len(keys) > 100
    assert [name for name, key in keys if not key.get("description") and "$ref" not in key] == []
