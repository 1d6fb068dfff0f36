"""JSON Schema of a valid submission: the ``result`` list that a compiled config produces.

It says what the structure may be: controls, labels, answers, percent ranges. What an image and a guideline make of it
(sizes in mm, required answers, relations between regions) is judged by the plan.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.config.drawing_controls import takes_several_labels
from guidelint.labelstudio.config.shown_images import asked_on, classes_on, question_control, shown_images

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.annotation.tool import Tool
    from guidelint.labelstudio.config.shown_images import ShownImage
    from guidelint.language.form.guideline import Attribute, ClassDefinition, Guideline

Schema = dict[str, object]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Final[Schema] = {"type": "string", "minLength": 1}
_NUMBER: Final[Schema] = {"type": "number"}
_PERCENT: Final[Schema] = {"type": "number", "minimum": 0, "maximum": 100}
_POSITIVE: Final[Schema] = {"type": "number", "exclusiveMinimum": 0, "maximum": 100}
_POINT: Final[Schema] = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}

_POLYGON: Final[Schema] = {"points": {"type": "array", "items": _POINT, "minItems": 3}, "closed": {"type": "boolean"}}
_BOX: Final[Schema] = {"x": _NUMBER, "y": _NUMBER, "width": _POSITIVE, "height": _POSITIVE, "rotation": _NUMBER}
_ELLIPSE: Final[Schema] = {"x": _NUMBER, "y": _NUMBER, "radiusX": _POSITIVE, "radiusY": _POSITIVE, "rotation": _NUMBER}
_KEYPOINT: Final[Schema] = {"x": _PERCENT, "y": _PERCENT, "width": {"type": "number", "minimum": 0}}
_BRUSH: Final[Schema] = {
    "format": {"const": "rle"},
    "rle": {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 255}, "minItems": 1},
}
_BITMASK: Final[Schema] = {"imageDataURL": {"type": "string", "pattern": "^data:image/png;base64,"}}
_VERTEX: Final[Schema] = {
    "type": "object",
    "properties": {"id": _TEXT, "x": _NUMBER, "y": _NUMBER, "isBezier": {"type": "boolean"}},
    "required": ["x", "y"],
}
_VECTOR: Final[Schema] = {
    "vertices": {"type": "array", "items": _VERTEX, "minItems": 2},
    "closed": {"type": "boolean"},
}

_GEOMETRY: Final[dict[Tool, tuple[Schema, tuple[str, ...]]]] = {
    "polygon": (_POLYGON, ("points",)),
    "rectangle": (_BOX, ("x", "y", "width", "height")),
    "ellipse": (_ELLIPSE, ("x", "y", "radiusX", "radiusY")),
    "keypoint": (_KEYPOINT, ("x", "y")),
    "brush": (_BRUSH, ("format", "rle")),
    "bitmask": (_BITMASK, ("imageDataURL",)),
    "vector": (_VECTOR, ("vertices",)),
}
"""Tool → the geometry of its ``value`` and which of it must be there."""


def submission_schema(guideline: Guideline) -> str:
    """Write the JSON Schema of the ``result`` list, stable to the byte."""
    tools: list[Tool] = [tool for tool in _GEOMETRY if any(tool in item.draw for item in guideline.classes.values())]
    asked = {name: item for name, item in guideline.attributes.items() if item.over is None}
    schema: Schema = {
        "$schema": DIALECT,
        "title": f"Submission under {guideline.name} {guideline.version}",
        "description": "The result list of an annotation in Label Studio.",
        "type": "array",
        "items": {
            "oneOf": [
                *(region for tool in tools for region in _regions(tool, guideline)),
                *(answer for name, item in asked.items() for answer in _answers(name, item, guideline)),
                _RELATION,
            ]
        },
    }
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _regions(tool: Tool, guideline: Guideline) -> Iterator[Schema]:
    """Yield what is drawn with a tool on each image where it draws anything."""
    for image in shown_images(guideline):
        classes = classes_on(image, guideline)
        if any(tool in item.draw for item in classes.values()):
            yield _region(tool, classes, image)


def _region(tool: Tool, classes: Mapping[str, ClassDefinition], image: ShownImage) -> Schema:
    geometry, required = _GEOMETRY[tool]
    labels = f"{tool}labels"
    keys = sorted(name for name, item in classes.items() if tool in item.draw)
    label: Schema = {"type": "array", "items": {"enum": keys}, "minItems": 1}
    label |= {"uniqueItems": True} if takes_several_labels(tool, classes) else {"maxItems": 1}
    value: Schema = {
        "type": "object",
        "properties": {**geometry, labels: label},
        "required": [*required, labels],
    }
    return _item(image.control(tool), image, labels, value, of_region=True)


def _answers(name: str, item: Attribute, guideline: Guideline) -> Iterator[Schema]:
    """Yield the answer to a question on each image where it has a control."""
    for image in asked_on(item, guideline):
        yield _answer(question_control(name, image, guideline), item, image)


def _answer(name: str, item: Attribute, image: ShownImage) -> Schema:
    delivered_type, key, given = _given(item)
    value: Schema = {"type": "object", "properties": {key: given}, "required": [key]}
    return _item(name, image, delivered_type, value, of_region=item.per_region)


def _given(item: Attribute) -> tuple[str, str, Schema]:
    """Give the result type of an answer, its key in ``value``, and what may stand there."""
    match item.kind:
        case "number":
            return "number", "number", {"type": "number", **_range(item)}
        case "text":
            text = {"type": "string", "minLength": 1, "maxLength": item.max_length}
            return "textarea", "text", {"type": "array", "items": text, "minItems": 1, "maxItems": 1}
        case _:
            options: Schema = {"type": "array", "items": {"enum": list(item.options)}, "minItems": 1}
            many: Schema = {"uniqueItems": True} if item.kind == "multi-choice" else {"maxItems": 1}
            return "choices", "choices", options | many


def _range(item: Attribute) -> Schema:
    if item.number is None:
        return {}
    limits = {"minimum": item.number.min, "maximum": item.number.max}
    return {name: value for name, value in limits.items() if value is not None}


def _item(name: str, image: ShownImage, delivered_type: str, value: Schema, *, of_region: bool) -> Schema:
    size: Schema = {"type": "integer", "minimum": 1}
    return {
        "type": "object",
        "properties": {
            "id": _TEXT,
            "from_name": {"const": name},
            "to_name": {"const": image.name},
            "type": {"const": delivered_type},
            "value": value,
            "original_width": size,
            "original_height": size,
            "origin": {"enum": ["manual", "prediction", "prediction-changed"]},
        },
        "required": ["id", "from_name", "to_name", "type", "value"]
        + (["original_width", "original_height"] if of_region else []),
    }


_RELATION: Final[Schema] = {
    "type": "object",
    "properties": {
        "type": {"const": "relation"},
        "from_id": _TEXT,
        "to_id": _TEXT,
        "direction": {"enum": ["left", "right", "bi"]},
    },
    "required": ["type", "from_id", "to_id"],
}
