"""`guidelint impact`: what becomes of stored work, judged in one go as it is when each version judges all of it."""

from __future__ import annotations

import gzip
import json
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from tests.cli.delivery_file import run, told_as_json
from tests.cli.test_reliability import GUIDELINE, TASKS, task
from tests.edits import edited

from guidelint import api
from guidelint.checking.asked.chosen_plan import chosen_plan
from guidelint.checking.delivery import Delivery
from guidelint.checking.impact.differing import Differing
from guidelint.checking.impact.what_if import plan_with
from guidelint.checking.input.inputs import inputs
from guidelint.checking.record import Judged
from guidelint.language.library import find_loaded
from guidelint.language.versions.comparison import compared

if TYPE_CHECKING:
    from pathlib import Path

told = partial(told_as_json, "impact")
LIMIT = "classes.spot.rules.diameter-limits.longest_min_mm"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    guideline, export = tmp_path / "spots.yaml", tmp_path / "vendor-a.json"
    guideline.write_text(GUIDELINE, "utf-8")
    export.write_text(json.dumps([task(number) for number in range(TASKS)]), "utf-8")
    return guideline, export


def version(guideline: Path, *edits: tuple[str, str]) -> Path:
    path = guideline.with_name("later.yaml")
    path.write_text(edited(guideline.read_text("utf-8"), ("1.0.0", "2.0.0"), *edits), "utf-8")
    return path


def decisions(guideline: Path, export: Path) -> dict[str, str]:
    records = Delivery(chosen_plan(str(guideline)), inputs([str(export)]).sources).records()
    return {one.verdict.subject.key: one.verdict.decision for one in records if isinstance(one, Judged)}


@pytest.mark.parametrize(
    ("edits", "judged"),
    [
        ([("longest_min_mm: 10", "longest_min_mm: 12")], "in one go"),
        ([("longest_min_mm: 10", "longest_min_mm: 6"), ("values: [bad]", "values: [good]")], "in one go"),
        ([("rules: {diameter-limits", "rules: {area-limits: {min_mm2: 30}, diameter-limits")], "in one go"),
        ([("good: Good", "fine: Fine")], "twice"),
        ([("draw: rectangle", "draw: polygon")], "twice"),
    ],
)
def test_the_verdicts_are_those_of_each_version_by_itself(
    files: tuple[Path, Path], edits: list[tuple[str, str]], judged: str
) -> None:
    guideline, export = files
    later = version(guideline, *edits)
    found = told(guideline, later, export)
    before, after = decisions(guideline, export), decisions(later, export)
    expected = sorted((before[key], after[key]) for key in before if before[key] != after[key])
    assert expected
    assert sorted((one["old"], one["new"]) for one in found["changed"]) == expected
    assert (found["in_one_go"], found["annotations"]) == (judged == "in one go", 2 * TASKS)


def test_what_changes_is_told_by_rule_class_annotator_and_file(files: tuple[Path, Path]) -> None:
    guideline, export = files
    found = told(guideline, export, "--set", f"{LIMIT}=12")
    changed = found["annotations_changed"]
    assert changed == len(found["changed"]) == sum(move["count"] for move in found["moves"]) > 0
    assert found["by_clause"][0] == {"name": "classes.spot.rules.diameter-limits", "changed": changed, "of": 2 * TASKS}
    assert found["by_class"] == [{"name": "spot", "changed": changed, "of": 2 * TASKS}]
    assert {row["name"]: row["of"] for row in found["by_annotator"]} == {"1": TASKS, "2": TASKS}
    assert [(row["name"], row["changed"]) for row in found["by_source"]] == [(str(export), changed)]
    assert found["again"] == [{"name": "spot", "annotators": ["1", "2"]}]
    assert found["new"] == f"spots 1.0.0 with {LIMIT}=12"


def test_nobody_is_certified_again_for_words_or_routes(files: tuple[Path, Path]) -> None:
    guideline, export = files
    reworded = told(guideline, version(guideline, ("A dark spot", "A black spot"), ("Kind,", "Sort,")), export)
    assert (reworded["annotations_changed"], reworded["again"], reworded["rules_differ"]) == (0, [], [])
    routed = told(guideline, export, "--set", "escalation.when.bad.answer-escalates.values=[good]")
    assert routed["annotations_changed"] > 0
    assert routed["again"] == []


def test_everybody_is_certified_again_for_what_holds_of_every_class(files: tuple[Path, Path]) -> None:
    guideline, export = files
    found = told(guideline, export, "--set", "rules={inside-image: {tolerance_px: 3}}")
    assert [one["name"] for one in found["again"]] == ["spot"]


def test_people_read_tables(files: tuple[Path, Path]) -> None:
    guideline, export = files
    page = run("impact", str(guideline), str(export), "--set", f"{LIMIT}=12").stdout
    assert page.startswith(f"## spots 1.0.0 → spots 1.0.0 with {LIMIT}=12\n")
    assert "| annotation | accepted → returned" in page
    assert "| spot                      | 1, 2          |" in page


def test_python_is_told_the_same(files: tuple[Path, Path]) -> None:
    guideline, export = files
    before = api.load(guideline)
    found = before.impact(before.moved({LIMIT: 12}), export)
    assert found.annotations_changed == told(guideline, export, "--set", f"{LIMIT}=12")["annotations_changed"]


def test_a_moved_guideline_keeps_the_pictures_that_lie_beside_its_file(files: tuple[Path, Path]) -> None:
    guideline, _ = files
    shown = "instructions: '![A spot](spot.png)'"
    guideline.write_text(edited(GUIDELINE, ("instructions: Mark every spot.", shown)), "utf-8")
    Image.new("L", (8, 8)).save(guideline.with_name("spot.png"))
    moved = api.load(guideline).moved({LIMIT: 12})
    assert "data:image/png;base64," in moved.compile()["instructions.html"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{export}"], "name the later version and a file"),
        (["{export}", "--set", "classes.spt.rules=3"], "`classes.spt` is not in the guideline; there is: spot"),
        (["{export}", "--set", f"{LIMIT}=x"], "it is no guideline: "),
        (["{export}", "--set", LIMIT], "moves nothing"),
        (
            ["{export}", "--set", "title.de=Flecken"],
            '`title` has no keys beneath it; give it whole: title={de: "Flecken"}',
        ),
        (["{guideline}", "{guideline}.none"], "there is no work to judge"),
    ],
)
def test_what_cannot_be_told_is_refused(files: tuple[Path, Path], arguments: list[str], said: str) -> None:
    guideline, export = files
    ran = run("impact", str(guideline), *(one.format(guideline=guideline, export=export) for one in arguments))
    assert (ran.exit_code, said in ran.stderr) == (2, True), ran.stderr


def test_rules_that_are_shared_are_asked_once() -> None:
    moved = plan_with("lung-nodule-ct", ["classes.nodule.rules.diameter-limits.longest_min_mm=4"])
    differing = Differing(chosen_plan("lung-nodule-ct"), moved)
    assert differing.both is not None
    assert len(differing.both.checks) == len(differing.old.checks) + 1


OF_CHEST = """
guidelint: 1
guideline: chest
version: {version}
title: Chest
summary: Findings on chest radiographs.
classes:
{classes}
control_aliases: {{box: rectangle, finding: polygon}}
empty_reading: {{means: Nothing is found.}}
instructions: Mark every finding.
"""
TEN = ("Atelectasis", "Calcification", "Consolidation", "Effusion", "Emphysema", "Fibrosis", "Fracture", "Mass",
       "Nodule", "Pneumothorax")  # fmt: skip
THREE_MORE = ("Cardiomegaly", "Diffuse Nodule", "Pleural Thickening")


def chest(version: str, names: tuple[str, ...], draw: str) -> str:
    classes = "\n".join(
        f"  {name.lower().replace(' ', '-')}: {{title: {name}, definition: {name}., draw: {draw}}}" for name in names
    )
    return OF_CHEST.format(version=version, classes=classes)


def test_two_versions_of_one_protocol_on_the_same_chest_radiographs(tmp_path: Path, real_data: Path) -> None:
    export = real_data / "chestxdet" / "chestxdet_dev.json.gz"
    first, second = tmp_path / "first.yaml", tmp_path / "second.yaml"
    first.write_text(chest("1.0.0", TEN, "rectangle"), "utf-8")
    second.write_text(chest("1.1.0", (*TEN, *THREE_MORE), "[rectangle, polygon]"), "utf-8")
    changes = compared(find_loaded(str(first)), find_loaded(str(second)))
    assert (changes.moves, changes.is_numbered, len(changes.of("new"))) == ("minor", True, 13)
    found = told(first, second, export)
    with gzip.open(export) as file:
        every = [one for one_task in json.load(file) for one in one_task["annotations"]]
    drawn = sum(bool(one["result"]) for one in every if one["completed_by"] == 601)  # outlines, and further classes
    assert (found["annotations"], found["annotations_changed"]) == (len(every), drawn)
    assert {(row["name"], row["changed"]) for row in found["by_annotator"]} == {("601", drawn), ("600", 0)}
    assert [(move["old"], move["new"]) for move in found["moves"]] == [("returned", "accepted")]
