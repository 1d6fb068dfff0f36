"""The JSON Schemas agree with what reads guidelines and plans."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator
from tests.language.mistakes import HANDED, SOUND
from tests.language.mistakes_of_meaning import MEANING
from tests.language.mistakes_of_settings import SETTINGS, SOUND_SETTINGS
from tests.language.mistakes_of_text import MORE

from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import find, holdings, released
from guidelint.language.reference.problem_explanations import SMALLEST, explanations, with_part
from guidelint.language.schema.guideline_schema import guideline_schema
from guidelint.language.schema.plan_schema import plan_schema
from guidelint.language.text.parse import parse
from guidelint.language.text.tree import as_json
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).parents[1]
SCHEMA = guideline_schema(catalogue())
PLAN_SCHEMA = plan_schema(catalogue())
SCHEMAS = {"guideline": SCHEMA, "plan": PLAN_SCHEMA}
VALIDATOR = Draft7Validator(SCHEMA)
GOOD = {
    "the smallest": SMALLEST,
    "thyroid nodules": SOUND,
    "settings": SOUND_SETTINGS,
    **{item.label: item.text for item in holdings()},
    **{str(path.relative_to(TESTS)): path.read_text("utf-8") for path in sorted(TESTS.rglob("*.yaml"))},
    **{f"{item.code}, right": with_part(item.right) for item in explanations().values() if item.right},
}
SHAPE = (
    *("bad-name", "empty", "missing", "out-of-range", "rule-always-on", "rule-elsewhere", "unknown-format"),
    *("unknown-key", "unknown-rule", "unknown-value", "wrong-type", "wrong-value"),
)


def errors(text: str) -> list[str]:
    root = parse(text).root
    assert root is not None
    return [error.message for error in VALIDATOR.iter_errors(as_json(root))]


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for part, inner in {"": schema, **schema["definitions"]}.items():
        for key, field in inner.get("properties", {}).items():
            yield f"{part}.{key}", field


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_the_schema_is_one_of_draft_7(schema: dict[str, Any]) -> None:
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)
    assert not {f'"{later}"' for later in ("$defs", "prefixItems", "dependentRequired")} & set(
        json.dumps(schema).split()
    )


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_it_accepts_what_the_loader_accepts(text: str) -> None:
    assert errors(text) == []


@pytest.mark.parametrize("code", SHAPE)
def test_it_refuses_what_has_the_wrong_shape(code: str) -> None:
    (wrong,) = [item.wrong for item in explanations().values() if item.code == code]
    assert errors(with_part(wrong))


def test_it_refuses_a_good_part_of_typical_mistakes() -> None:
    read = [mistake.text for mistake in (*HANDED, *MORE, *SETTINGS, *MEANING) if parse(mistake.text).root is not None]
    refused = [text for text in read if errors(text)]
    assert len(refused) > len(read) / 3


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_every_property_has_a_description_and_an_example_that_may_stand_there(schema: dict[str, Any]) -> None:
    assert [name for name, field in properties(schema) if not field.get("description")] == []
    without = [name for name, field in properties(schema) if not field.get("examples")]
    assert without == [], "schema/examples.yaml (of a guideline) or schema/plan_examples.yaml gives none"
    for name, field in properties(schema):
        here = Draft7Validator({**field, "definitions": schema["definitions"]})
        assert (name, [error.message for error in here.iter_errors(field["examples"][0])]) == (name, [])


@pytest.mark.parametrize("label", [item.label for item in released()])
def test_a_compiled_plan_is_one_and_a_changed_one_is_not(label: str) -> None:
    plan = json.loads(compile_plan(find(label), catalogue()).to_json())
    validator = Draft7Validator(PLAN_SCHEMA)
    assert list(validator.iter_errors(plan)) == []
    for changed in (
        {**plan, "format": 9},
        {**plan, "chekcs": []},
        {key: value for key, value in plan.items() if key != "checks"},
        {**plan, "checks": [{**plan["checks"][0], "level": "fatal"}]},
        {**plan, "checks": [{**plan["checks"][0], "rule": "closed-outline", "parameters": {"max_gap_mm": -1}}]},
    ):
        assert list(validator.iter_errors(changed))


def test_every_part_and_every_rule_is_described() -> None:
    assert all(part["description"] for part in (SCHEMA, *SCHEMA["definitions"].values()))
    assert len(list(properties(SCHEMA))) > 400


@pytest.mark.parametrize(
    ("away", "is_good"),
    [
        ("classes: {platelet: aliases}", True),
        ("classes: {platelet: {draw: [brush, polygon]}}", True),
        ("classes: {platelet: {rules: {area-limits: max_mm2}}}", True),
        ("attributes: {level: {choose_one: tr1}}", True),
        ("attributes: {level: {scale: [1, 5]}}", True),
        ("images: [modality, windows]", True),
        ("images: {modality: MR}", True),
        ("clases: {platelet: aliases}", False),
        ("classes: {platelet: {drew: brush}}", False),
        ("images: {modallity: MR}", False),
        ("version: 1.0.0", False),
    ],
)
def test_what_is_taken_away_has_the_keys_of_a_guideline(away: str, is_good: bool) -> None:  # noqa: FBT001 - a value
    text = f"guidelint: 1\nguideline: own\nversion: 1.0.0\nextends: blood-cells@1.0.0\nwithout:\n  {away}\n"
    assert (errors(text) == []) is is_good
