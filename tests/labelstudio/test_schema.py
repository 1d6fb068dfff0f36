from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from tests.labelstudio.guidelines import everything

from guidelint.labelstudio.config.result_schema import submission_schema

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = Draft202012Validator(json.loads(submission_schema(everything())))

SIZE = {"original_width": 512, "original_height": 512, "image_rotation": 0, "to_name": "image"}
OUTLINE = {"points": [[10, 10], [20, 10], [15, 20]], "closed": True}
POLYGON = {
    **SIZE,
    "id": "r1",
    "from_name": "polygon",
    "type": "polygonlabels",
    "value": {**OUTLINE, "polygonlabels": ["mass"]},
    "origin": "manual",
    "meta": {"text": ["left"]},
}
SUSPICION = {
    **SIZE,
    "id": "r1",
    "from_name": "suspicion",
    "type": "choices",
    "value": {**OUTLINE, "choices": ["3"]},
}
LENGTH = {**SIZE, "id": "r1", "from_name": "length", "type": "number", "value": {**OUTLINE, "number": 12.5}}
REASON = {"id": "a1", "from_name": "reason", "to_name": "image", "type": "textarea", "value": {"text": ["blurred"]}}
FINDINGS = {
    "id": "a2",
    "from_name": "findings",
    "to_name": "image",
    "type": "choices",
    "value": {"choices": ["effusion", "fracture"]},
}
RELATION = {"type": "relation", "from_id": "r1", "to_id": "r2", "direction": "right", "labels": []}


def changed(item: dict[str, Any], **value: object) -> dict[str, Any]:
    """The item with parts of its value replaced; None takes a part out."""
    made = copy.deepcopy(item)
    made["value"] = {name: part for name, part in {**made["value"], **value}.items() if part is not None}
    return made


@pytest.mark.parametrize(
    "item", [POLYGON, SUSPICION, LENGTH, REASON, FINDINGS, RELATION], ids=lambda item: item["type"]
)
def test_what_the_config_produces_is_valid(item: dict[str, Any]) -> None:
    assert SCHEMA.is_valid([item])


def test_an_empty_result_is_valid() -> None:
    assert SCHEMA.is_valid([])


@pytest.mark.parametrize(
    "item",
    [
        pytest.param({**POLYGON, "from_name": "pen"}, id="a control that is not there"),
        pytest.param({**POLYGON, "type": "brushlabels"}, id="a type that the control does not give"),
        pytest.param({**POLYGON, "to_name": "photo"}, id="another image"),
        pytest.param({key: part for key, part in POLYGON.items() if key != "original_width"}, id="no image size"),
        pytest.param(changed(POLYGON, polygonlabels=["node"]), id="a class that is not drawn with this tool"),
        pytest.param(changed(POLYGON, polygonlabels=["Mass < 3 cm & more"]), id="the title in place of the key"),
        pytest.param(changed(POLYGON, polygonlabels=["mass", "mass"]), id="two labels"),
        pytest.param(changed(POLYGON, points=[[1, 1], [2, 2]]), id="two points"),
        pytest.param(changed(POLYGON, points=None), id="no points"),
        pytest.param(changed(SUSPICION, choices=["4"]), id="a step beyond the scale"),
        pytest.param(changed(SUSPICION, choices=["1", "2"]), id="two steps at once"),
        pytest.param(changed(LENGTH, number=301), id="a number beyond its range"),
        pytest.param(changed(LENGTH, number="12"), id="a number as text"),
        pytest.param(changed(REASON, text=["x" * 501]), id="a text too long"),
        pytest.param(changed(FINDINGS, choices=["effusion", "effusion"]), id="the same answer twice"),
        pytest.param({"type": "relation", "from_id": "r1"}, id="half a relation"),
    ],
)
def test_what_it_cannot_produce_is_not(item: dict[str, Any]) -> None:
    assert not SCHEMA.is_valid([item])


def test_the_schema_itself_is_one() -> None:
    Draft202012Validator.check_schema(json.loads(submission_schema(everything())))


RENAMED = {
    "box": ("rectangle", "node"),
    "ell": ("ellipse", "node"),
    "poly": ("polygon", "mass"),
    "kp": ("keypoint", "centre"),
    "vec": ("vector", "fissure"),
    "bm": ("bitmask", "mass"),
    "lesion": ("brush", "mass"),
}
"""Control of the recorded config → ours, and the class it stands for."""


@pytest.mark.real_data
def test_shapes_recorded_from_the_editor_are_valid_under_our_names(real_data: Path) -> None:
    body = json.loads((real_data / "label_studio" / "ui_submit_request_body.json").read_text("utf-8"))[0]
    shapes = [item for item in body["result"] if str(item["type"]).endswith("labels")]
    renamed = [under_our_names(item) for item in shapes]
    wrong = [item["from_name"] for item in renamed if not SCHEMA.is_valid([item])]
    # The recorded vector has no vertices at all: Label Studio lost them on reload, and the schema notices.
    assert (len(renamed), wrong) == (len(shapes), ["vector"])


def under_our_names(item: dict[str, Any]) -> dict[str, Any]:
    control, class_name = RENAMED[item["from_name"]]
    return changed({**item, "from_name": control, "to_name": "image"}, **{item["type"]: [class_name]})
