"""`guidelint simulate`: the load of a project to come, from work that was done."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.delivery_file import run, told_as_json

from guidelint import api
from guidelint.checking.input.work import Work
from guidelint.checking.simulation.past import Past
from guidelint.checking.simulation.simulation import Project, simulation
from guidelint.checking.simulation.units import RETURNED, TASKS, Audited, route_column, units_of
from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import find
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from pathlib import Path

GUIDELINE = """
guidelint: 1
guideline: spots
version: 1.0.0
title: Spots
summary: Spots are found.
classes:
  spot: {title: Spot, definition: A dark spot., draw: rectangle}
  speck: {title: Speck, definition: A small spot., draw: rectangle}
attributes:
  kind: {title: Kind, of: spot, choose_one: {good: Good, bad: Bad}, required: true}
empty_reading: {means: There is no spot.}
escalation:
  routes: {chief: {who: Chief, within_hours: 24, readers: 3}}
  when: {bad: {answer-escalates: {attribute: kind, values: [bad]}, to: chief}}
review:
  tiers: {second: {who: A senior reader, share: 0.2}, third: {who: The board, share: 0.5}}
  audit: {share: 0.1, classes: {speck: 0.5}}
instructions: Mark every spot.
"""

told = partial(told_as_json, "simulate")


def box(mark: str, label: str, kind: str) -> list[dict[str, Any]]:
    size = {"original_width": 100, "original_height": 100, "image_rotation": 0}
    value = {"x": 20, "y": 40, "width": 20, "height": 20, "rotation": 0, "rectanglelabels": [label]}
    items = [
        {"id": mark, "type": "rectanglelabels", "from_name": "rectangle", "to_name": "image", **size, "value": value}
    ]
    if kind:
        said = {"id": mark, "type": "choices", "from_name": "kind", "to_name": "image", **size}
        items.append({**said, "value": {**value, "choices": [kind]}})
    return items


def task(number: int) -> dict[str, Any]:
    """Of ten tasks of five patients: one holds a spot that is bad, one a spot of no kind, two a speck, six nothing."""
    result = {0: box("a", "spot", "bad"), 1: box("a", "spot", "")}.get(number % 10, [])
    if number % 10 in {2, 3}:
        result = box("a", "speck", "")
    data = {"image": f"{number}.png", "PatientID": f"p{number // 2}", "PixelSpacing": [1, 1]}
    annotations = [{"id": number, "completed_by": 1, "lead_time": 36.0, "result": result}]
    return {"id": number, "data": data, "annotations": annotations}


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    guideline, export = tmp_path / "spots.yaml", tmp_path / "export.json"
    guideline.write_text(GUIDELINE, "utf-8")
    export.write_text(json.dumps([task(number) for number in range(200)]), "utf-8")
    return str(guideline), str(export)


def expected(found: dict[str, Any]) -> dict[tuple[str, str], float]:
    return {(one["what"], one["unit"]): round(one["expected"], 6) for one in found["loads"]}


def test_every_tier_and_route_has_its_load(files: tuple[str, str]) -> None:
    found = told(*files, "--tasks", "1000")
    assert (found["past_tasks"], found["groups"], found["grouped_by"], found["unread"]) == (200, 100, "patient", 0)
    assert expected(found) == {
        ("read", "readings"): 1000,
        ("read", "hours"): 10,
        ("returned to be corrected", "readings"): 100,
        ("sent to chief", "tasks"): 100,
        ("read besides for chief", "readings"): 200,
        ("looked at again, tier second", "tasks"): 200,
        ("looked at again, tier third", "tasks"): 100,
        ("drawn from what was accepted", "readings"): 0.1 * 600 + 0.5 * 200,
    }
    ranges = {one["what"]: (one["low"], one["expected"], one["high"]) for one in found["loads"]}
    assert all(low <= middle <= high for low, middle, high in ranges.values())
    assert ranges["sent to chief"][0] < 100 < ranges["sent to chief"][2]


def test_another_prevalence_moves_what_hangs_on_it(files: tuple[str, str]) -> None:
    found = told(*files, "--prevalence", "spot=40%")
    loads = expected(found)
    assert loads["sent to chief", "tasks"] == pytest.approx(200, rel=0.01)
    assert loads["returned to be corrected", "readings"] == pytest.approx(200, rel=0.01)
    assert {one["class_name"]: (one["in_past"], one["expected"]) for one in found["prevalence"]}["spot"] == (0.2, 0.4)
    assert found["worth"] < found["groups"]


def test_of_several_readers_any_may_send_a_task_on(tmp_path: Path, files: tuple[str, str]) -> None:
    tasks = [task(number) for number in range(200)]
    for one in tasks:
        nothing = [{"id": 1000 + one["id"] * 10 + reader, "completed_by": reader, "result": []} for reader in (2, 3)]
        one["annotations"] += nothing
    export = tmp_path / "three.json"
    export.write_text(json.dumps(tasks), "utf-8")
    by_readers = {
        readers: expected(told(files[0], str(export), "--readers", str(readers)))["sent to chief", "tasks"]
        for readers in (1, 2, 3)
    }
    assert by_readers == pytest.approx({1: 100 / 3, 2: 200 / 3, 3: 100}, abs=1e-5)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--prevalence", "spot"], "'spot' is no prevalence"),
        (["--prevalence", "spot=2"], "'spot=2' is no share"),
        (["--prevalence", "spot=x"], "'spot=x' gives no number"),
        (["--prevalence", "spott=0.2"], "has no class 'spott'. It has spot, speck"),
        (["--prevalence", "spot=0.9", "--prevalence", "speck=0.9"], "no weights of the work"),
        (["--readers", "2"], "200 of 200 tasks were read by fewer than 2"),
        (["--tasks", "20001"], "20001 tasks are more than 100 times the 200 that were read"),
    ],
)
def test_what_the_work_does_not_tell_is_refused(files: tuple[str, str], arguments: list[str], message: str) -> None:
    ran = run("simulate", *files, *arguments)
    assert ran.exit_code == 2
    assert message in ran.output


def test_of_a_few_patients_no_range_is_told(tmp_path: Path, files: tuple[str, str]) -> None:
    export = tmp_path / "few.json"
    export.write_text(json.dumps([task(number) for number in range(18)]), "utf-8")
    ran = run("simulate", files[0], str(export))
    assert ran.exit_code == 2
    assert "the work holds 9 patients, and of fewer than 10 no range can be told" in ran.output


def test_people_read_it_and_python_gives_the_same(files: tuple[str, str]) -> None:
    ran = run("simulate", *files)
    assert "sent to chief" in ran.output
    assert "Chief, within 24 h" in ran.output
    same = api.load(files[0]).simulate(files[1])
    assert {(one.what, one.unit): round(one.expected, 6) for one in same.loads} == expected(told(*files))


@pytest.mark.real_data
def test_what_half_of_lidc_tells_holds_for_the_other_half(real_data: Path) -> None:
    plan = compile_plan(find("lung-nodule-ct"), catalogue())
    past = Past.of(plan, Work([str(real_data / "lidc" / "lidc_dev.json.gz")], plan.vocabulary))
    columns = {"returned to be corrected": RETURNED, "sent to senior-reader": route_column("senior-reader")}
    held = Counter[str]()
    for seed in range(20):
        names = sorted(past.groups)
        Random(seed).shuffle(names)
        one, other = (Past(plan, {name: past.groups[name] for name in part}) for part in (names[::2], names[1::2]))
        counted = units_of(other, 4, Audited())
        for load in simulation(one, None, Project(int(counted.column(TASKS).sum()), readers=4)).loads:
            if load.what in columns and load.unit in {"tasks", "readings"}:
                held[load.what] += load.low <= counted.column(columns[load.what]).sum() <= load.high
    assert {what: count / 20 >= 0.8 for what, count in held.items()} == dict.fromkeys(columns, True), held
