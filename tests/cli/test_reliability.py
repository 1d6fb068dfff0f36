"""`guidelint reliability`: which rules readers apply alike, which objects of two readers are one, what limits part."""

from __future__ import annotations

import json
from functools import partial
from math import hypot
from pathlib import Path
from typing import Any

import pytest
from tests.cli.delivery_file import run, told_as_json

from guidelint import api

GUIDELINE = """
guidelint: 1
guideline: spots
version: 1.0.0
title: Spots
summary: Spots are found.
classes:
  spot:
    title: Spot
    definition: A dark spot of at least 10 mm.
    draw: rectangle
    # guidelint: allow box-measured-by-diagonal: the boxes themselves are what is measured here
    rules: {diameter-limits: {longest_min_mm: 10, of: region}}
attributes:
  kind: {title: Kind, of: spot, choose_one: {good: Good, bad: Bad}}
empty_reading: {means: There is no spot.}
escalation:
  routes: {chief: {who: Chief}}
  when: {bad: {answer-escalates: {attribute: kind, values: [bad]}, to: chief}}
instructions: Mark every spot.
"""
SIDE = 100
TASKS = 24
told = partial(told_as_json, "reliability")


def box(mark: str, x: float, width: float, kind: str) -> list[dict[str, Any]]:
    size = {"original_width": SIDE, "original_height": SIDE, "image_rotation": 0}
    value = {"x": x, "y": 40, "width": width, "height": 2, "rotation": 0, "rectanglelabels": ["spot"]}
    drawn = {"id": mark, "type": "rectanglelabels", "from_name": "rectangle", "to_name": "image", **size}
    said = {"id": mark, "type": "choices", "from_name": "kind", "to_name": "image", **size}
    return [{**drawn, "value": value}, {**said, "value": {**value, "choices": [kind]}}]


def task(number: int) -> dict[str, Any]:
    """One spot that the second reader draws 2 mm longer, and takes for bad in every third task; one that he misses."""
    length = 5.0 + number * 0.5
    first = [*box("a", 20, length, "bad" if number % 4 == 0 else "good"), *box("m", 70, 12, "good")]
    second = box("b", 20, length + 2, "bad" if number % 3 == 0 else "good")
    annotations = [
        {"id": 10 * number + reader, "completed_by": reader, "result": result}
        for reader, result in ((1, first), (2, second))
    ]
    return {"id": number, "data": {"image": f"{number}.png", "PixelSpacing": [1, 1]}, "annotations": annotations}


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    guideline, export = tmp_path / "spots.yaml", tmp_path / "export.json"
    guideline.write_text(GUIDELINE, "utf-8")
    export.write_text(json.dumps([task(number) for number in range(TASKS)]), "utf-8")
    return str(guideline), str(export)


def test_objects_of_two_readers_are_one_where_they_overlap(files: tuple[str, str]) -> None:
    found = told(*files)
    assert (found["readers"], found["objects"], found["object_pairs"], found["image_pairs"]) == (2, TASKS, TASKS, TASKS)
    assert found["alone"] == TASKS, "each task holds one that the second reader misses"


def test_a_route_is_told_as_alike_as_its_criterion(files: tuple[str, str]) -> None:
    found = told(*files)
    (route,) = found["routes"]
    (criterion,) = [one for one in found["rules"] if one["clause"] == "escalation.when.bad.answer-escalates"]
    assert route["same"] == criterion["same"]
    both, first, second = 2, 6, 8
    assert route["same"]["yes"] == pytest.approx((first + second) / (2 * TASKS))
    assert route["same"]["other_too"]["value"] == pytest.approx(2 * both / (first + second))


def test_a_limit_is_told_with_what_readers_differ_by_and_how_often_they_part_near_it(files: tuple[str, str]) -> None:
    (limit,) = told(*files)["limits"]
    assert (limit["parameter"], limit["value"], limit["unit"], limit["pairs"]) == ("longest_min_mm", 10, "mm", TASKS)
    drawn = [(hypot(5 + number / 2, 2), hypot(7 + number / 2, 2)) for number in range(TASKS)]
    alike = [other - one for one, other in drawn if 10 <= one + other <= 40]
    near = [(one, other) for one, other in drawn if abs((one + other) / 2 - 10) <= 1.5]
    assert limit["differ_by"] == pytest.approx(1.96 * hypot(*alike) / len(alike) ** 0.5)
    assert limit["near"] == len(near) == 6
    assert limit["flips"]["value"] == pytest.approx(sum(one < 10 <= other for one, other in near) / 6)
    assert limit["flips"]["value"] == pytest.approx(4 / 6)
    assert not limit["is_within_error"]


def test_a_limit_below_what_readers_differ_by_lies_inside_its_own_error(files: tuple[str, str]) -> None:
    guideline, export = files
    text = GUIDELINE.replace("longest_min_mm: 10", "longest_min_mm: 3")
    (limit,) = told(_written(guideline, text), export)["limits"]
    assert limit["differ_by"] is None
    drawn = [json.loads(json.dumps(task(number)).replace('"width": 5', '"width": 1')) for number in (0,) * 12]
    many = _written(export, json.dumps([{**one, "id": number} for number, one in enumerate(drawn)]))
    (limit,) = told(guideline, many)["limits"]
    assert limit["is_within_error"]
    shown = run("reliability", guideline, many).stdout
    assert "The limit of 3 mm (Spot › Size) lies inside its own measurement error" in " ".join(shown.split())


def test_work_that_nobody_read_twice_is_refused_with_the_reason(files: tuple[str, str]) -> None:
    guideline, export = files
    alone = [{**task(number), "annotations": task(number)["annotations"][:1]} for number in range(3)]
    ran = run("reliability", guideline, _written(export, json.dumps(alone)))
    assert ran.exit_code == 2
    assert "no two readers have read the same task" in ran.stderr
    assert run("reliability", "no-such-guideline", export).exit_code == 2
    assert run("reliability", guideline, "nowhere.json").exit_code == 2


def test_a_reading_with_what_cannot_be_told_counts_for_neither_side(files: tuple[str, str]) -> None:
    guideline, export = files
    tasks = [task(number) for number in range(TASKS)]
    del tasks[0]["data"]["PixelSpacing"]
    found = told(guideline, _written(export, json.dumps(tasks)))
    (size,) = [one for one in found["rules"] if one["clause"] == "classes.spot.rules.diameter-limits"]
    assert (size["same"]["pairs"], size["untold"]) == (TASKS - 1, 1)


def test_python_tells_the_same(files: tuple[str, str]) -> None:
    guideline, export = files
    found = api.load(guideline).reliability(export)
    assert found.objects == TASKS
    assert [limit.near for limit in found.limits] == [6]
    with pytest.raises(api.GuidelintError, match="cannot be read"):
        api.load(guideline).reliability("nowhere.json")


def test_the_page_names_rules_by_their_titles_the_least_alike_first(files: tuple[str, str]) -> None:
    shown = run("reliability", *files).stdout
    assert "spots 1.0.0: 2 readers" in shown
    assert "24 objects marked by two readers or more (24 pairs of readings)" in " ".join(shown.split())
    assert shown.index("Escalation › ") < shown.index("Limits, and what")


def _written(path: str, text: str) -> str:
    Path(path).write_text(text, "utf-8")
    return path
