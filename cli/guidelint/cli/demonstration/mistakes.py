"""Mistakes people make, made on purpose in copies of a published reading; each says what must come of it."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.cli.demonstration.sample import Items
    from guidelint.validation.judging.verdict import Decision

Points = list[list[float]]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One annotation with a known fault."""

    title: str
    decision: Decision
    rule: str
    """The rule that must say so; empty: nothing is wrong."""
    make: Callable[[Items], Items]


def _redrawn(items: Items, redraw: Callable[[Points], Points], **value: object) -> Items:
    """Change the geometry in every item of the region: Label Studio repeats it in each answer."""
    changed = copy.deepcopy(items)
    for item in changed:
        item["value"]["points"] = redraw(item["value"]["points"])
        item["value"].update(value)
    return changed


def _left_open(items: Items) -> Items:
    return _redrawn(items, lambda points: points[: len(points) * 3 // 4], closed=False)


def _without_malignancy(items: Items) -> Items:
    return [item for item in items if item["from_name"] != "malignancy"]


def _grown(items: Items) -> Items:
    """Four times as long: longer than 30 mm, so a mass and no nodule."""

    def grow(points: Points) -> Points:
        x, y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
        return [[x + 4 * (px - x), y + 4 * (py - y)] for px, py in points]

    return _redrawn(items, grow)


def _by_another_name(items: Items) -> Items:
    """Name a class the guideline does not have, as a script over the API might."""
    changed = copy.deepcopy(items)
    changed[0]["value"]["polygonlabels"] = ["tumour"]
    return changed


def _one_slip(items: Items) -> Items:
    """Leave three points on one line, a slip of the mouse that encloses nothing."""

    def flatten(points: Points) -> Points:
        x, y = points[0]
        return [[x, y], [x + 0.2, y], [x + 0.4, y]]

    return _redrawn(items, flatten)


def _off_the_scale(items: Items) -> Items:
    changed = copy.deepcopy(items)
    for item in changed:
        if item["from_name"] == "texture":
            item["value"]["choices"] = ["7"]
    return changed


def _crossing_itself(items: Items) -> Items:
    """Take the second half of the outline backwards, so that it runs like an 8."""
    return _redrawn(items, lambda points: points[: len(points) // 2] + points[: len(points) // 2 - 1 : -1])


def _drawn_twice(items: Items) -> Items:
    second = copy.deepcopy(items)
    for item in second:
        item["id"] = item["id"][::-1]
    return items + second


def _a_point(items: Items) -> Items:
    """Mark a point for a nodule under 3 mm. It is ours: the sample carries no points."""
    first = items[0]
    x, y = first["value"]["points"][0]
    point = {"x": x, "y": y, "width": 0.4, "keypointlabels": ["small-nodule"]}
    return [{**first, "from_name": "keypoint", "type": "keypointlabels", "value": point, "meta": {}}]


MISTAKES = (
    Mistake("outline left open", "returned", "closed-outline", _left_open),
    Mistake("malignancy not rated", "returned", "required-attribute", _without_malignancy),
    Mistake("a mass longer than 30 mm outlined as a nodule", "escalated", "diameter-limits", _grown),
    Mistake("label by a script that the guideline does not have", "returned", "known-label", _by_another_name),
    Mistake("outline by a slip of the mouse, enclosing nothing", "returned", "well-formed-shape", _one_slip),
    Mistake("texture rated 7 on a scale of 1 to 5", "returned", "attribute-in-range", _off_the_scale),
    Mistake("outline that crosses itself", "returned", "simple-outline", _crossing_itself),
    Mistake("the same nodule outlined twice", "returned", "no-duplicate-regions", _drawn_twice),
    Mistake("no mistake: a point for a nodule under 3 mm (ours)", "accepted", "", _a_point),
)
