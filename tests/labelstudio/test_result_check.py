"""Results held against the compiled schema: those that all of it refuses are refused, in words and with the place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from tests.cli.delivery_file import GUIDELINE, Json, region, run, task

from guidelint.api import GuidelintError, load
from guidelint.labelstudio.config.result_schema import submission_schema
from guidelint.labelstudio.decoding.plain_items import SchemaValidator
from guidelint.labelstudio.decoding.result_check import ResultCheck
from guidelint.language.library import find

if TYPE_CHECKING:
    from pathlib import Path

    from jsonschema import ValidationError

SCHEMA = submission_schema(find(GUIDELINE))
CHECK = ResultCheck(SCHEMA)
POINTS: Json = {"items": {"type": "array", "items": {"type": "number"}, "minItems": 2}}
OUTLINE, ANSWER = region(label="lesion")
SOUND: Json = {**OUTLINE, "id": "a"}
RELATION: Json = {"type": "relation", "from_id": "a", "to_id": "b"}


def broken(*items: object) -> str:
    return CHECK.broken(json.dumps({"result": items}).encode())


def altered(**value: object) -> Json:
    return {**SOUND, "value": {"points": [[1, 1], [5, 1], [5, 5]], "polygonlabels": ["lesion"], **value}}


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (SOUND, ""),
        (RELATION, ""),
        (altered(closed=True), ""),
        (
            altered(points=[[1, 1], [5, 1]]),
            "at `value.points` stands a list of 2; the schema asks for at least 3",
        ),
        (
            altered(points=[[1, 1], [5, 1], [5, "5"]]),
            "at `value.points[2][1]` stands `5`, which is not of the type number",
        ),
        (altered(polygonlabels=["Lesion"]), "at `value.polygonlabels[0]` stands `Lesion`, which is none of lesion"),
        (altered(polygonlabels=["l" * 500]), f"stands `{'l' * 60}…`, which is none of lesion"),
        ({**SOUND, "original_width": 0}, "at `original_width` stands `0`; the schema asks for minimum 1"),
        ({**SOUND, "from_name": "outline"}, "no control of the config is `outline` with the type `polygonlabels`"),
        (
            {**SOUND, "from_name": ["polygon"]},
            "no control of the config is `a list of 1` with the type",
        ),
        ({"type": "polygonlabels", "from_name": "polygon"}, "item 1: `id`, `to_name`, `value`, `original_width`"),
        ({"type": "relation", "from_id": "a"}, "item 1: `to_id` is missing"),
        (7, "item 1: it is no object"),
    ],
)
def test_an_item_that_breaks_the_schema_is_told_with_its_place(item: Any, said: str) -> None:
    found = broken(item)
    assert bool(found) is not Draft202012Validator(json.loads(SCHEMA)).is_valid([item])
    assert said in found
    assert bool(found) == bool(said)


@pytest.mark.parametrize(
    ("schema", "sound", "others"),
    [
        (
            {"type": "integer", "minimum": 0, "maximum": 255},
            255,
            [-1, 256, True, 7.0, 7.5, None, "7", [7], float("nan"), 2**70],
        ),
        ({"type": "number", "minimum": 0}, 0.5, [-1, 7, False, float("nan"), float("inf"), 2**2000, {}, "0.5"]),
        (
            {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
            [1, 0.5],
            [[1], [1, 2, 3], [1, "2"], [True, 1], 7, {}],
        ),
        ({"type": "array", "items": {"enum": ["a"]}}, ["a"], [["b"], "a"]),
        ({"type": "number", "not": {"const": 5}}, 4, [5, "4"]),
        (False, 7, []),
    ],
    ids=str,
)
def test_a_long_list_is_told_of_as_jsonschema_does(schema: Any, sound: Any, others: list[Any]) -> None:
    long = [sound] * 20
    lists = [long, *([*long, other, *long, other] for other in others)]
    for items in ({"items": schema}, {"items": schema, "prefixItems": [True] * 21}):
        for instance in lists:
            told, meant = ([*kind(items).iter_errors(instance)] for kind in (SchemaValidator, Draft202012Validator))
            assert [_told(one) for one in told] == [_told(one) for one in meant]


def test_a_long_list_of_numbers_is_not_taken_up_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[object] = []
    descend = SchemaValidator.descend

    def noted(self: Any, instance: Any, *args: Any, **named: Any) -> Any:
        taken.append(instance)
        return descend(self, instance, *args, **named)

    monkeypatch.setattr(SchemaValidator, "descend", noted)
    points = [[1, 1]] * 1_000
    (error,) = SchemaValidator(POINTS).iter_errors([*points, [1, "1"], *points])
    assert (list(error.absolute_path), taken) == ([1_000, 1], [[1, "1"], 1, "1"])


def _told(error: ValidationError) -> tuple[object, ...]:
    return [*error.absolute_path], [*error.absolute_schema_path], error.message, error.validator


def test_the_first_items_are_named_and_the_others_counted() -> None:
    found = broken(SOUND, *[7] * 5)
    assert "item 2: it is no object; item 3: it is no object; item 4: it is no object; and 2 more of its items" in found
    assert len(found) < 300


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"result": 7}', b"{", b"[" * 100_000])
def test_what_cannot_be_held_against_it_does_not_pass(text: bytes) -> None:
    assert "could not be held against the compiled schema" in CHECK.broken(text)


def test_a_check_asks_for_it_and_nothing_that_breaks_it_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    tasks = [task(1, [{**OUTLINE, "value": {**OUTLINE["value"], "polygonlabels": ["Lesion"]}}]), task(2, [SOUND])]  # type: ignore[dict-item]
    path.write_text(json.dumps([*tasks, task(3, 7, cancelled=True), task(4, [])]), encoding="utf-8")
    assert run("check", GUIDELINE, str(path), "--select", "closed-outline").exit_code == 1
    done = run("check", GUIDELINE, str(path), "--schema", "--format", "jsonl")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    unread = [one for one in lines if one["type"] == "unreadable"]
    assert [(one["task"], one["annotation_number"]) for one in unread][:1] == [("1", 1)]
    assert "stands `Lesion`, which is none of lesion" in unread[0]["reason"]
    assert "place" not in unread[0]
    judged = [one["subject"]["task"] for one in lines if one["type"] == "verdict" and "annotation" in one["subject"]]
    assert "1" not in judged
    assert {"2", "4"} <= set(judged)
    assert done.exit_code == 1


def test_the_schema_stands_beside_a_plan(tmp_path: Path) -> None:
    guideline, export = load(GUIDELINE), tmp_path / "export.json"
    export.write_text(json.dumps([task(1, [7])]), encoding="utf-8")
    plan = tmp_path / "plan.json"
    plan.write_text(guideline.compile()["plan.json"], encoding="utf-8")
    refused = run("check", str(plan), str(export), "--schema")
    assert refused.exit_code == 2
    assert "a plan does not tell the schema, and" in refused.stderr
    (tmp_path / "submission.schema.json").write_text(SCHEMA, encoding="utf-8")
    assert "item 1: it is no object" in run("check", str(plan), str(export), "--schema", "-f", "concise").stdout
    with pytest.raises(GuidelintError, match=r"that does not tell the schema\. Load its YAML"):
        load(plan).check(export, schema=True)
    (one,) = guideline.check(export, schema=True)
    assert one.decision == "unreadable"
