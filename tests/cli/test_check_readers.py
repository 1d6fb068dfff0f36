"""Verdicts on tasks that several people read: what ``check`` says of their number and of their agreement."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import GUIDELINE, SQUARE, region, run, task

from guidelint.cli.render.format import IN_TEXT, Format

if TYPE_CHECKING:
    from tests.cli.delivery_file import Json

WIDER = [[10.0, 10.0], [26.0, 10.0], [26.0, 20.0], [10.0, 20.0]]
"""Beside ``SQUARE`` a Dice coefficient of 200 / 260, and a border 6 mm off."""
READERS = """\
readers:
  rules:
    enough-readers: {min: 2}
    overlap-agreement: {min_dice: 0.8, max_hd95_mm: 2}
"""
PAIR = "annotation 21 by annotator 101 and annotation 22 by annotator 102"
AREA = f"the Dice coefficient (1: the same area) of Lesion is 0.77 between {PAIR}"
NOT_IN_WORDS = {Format.TABLE, Format.JUNIT}
Findings = dict[str, list[str]]


def export(folder: Path, *tasks: Json) -> str:
    path = folder / "readings.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return str(path)


def guideline(folder: Path, part: str = READERS, at: str = "attributes:\n") -> str:
    """Path of the guideline of these tests with one more part, or with one more rule of its class."""
    text = Path(GUIDELINE).read_text(encoding="utf-8")
    path = folder / "lesions.yaml"
    path.write_text(text.replace(at, part + at, 1), encoding="utf-8")
    return str(path)


def on_tasks(text: str) -> dict[str, tuple[str, Findings]]:
    """Decision and findings of every task by its id: rule → messages."""
    found: dict[str, tuple[str, Findings]] = {}
    for line in map(json.loads, text.splitlines()):
        if line["type"] == "verdict" and line["subject"]["kind"] == "task":
            said: Findings = {}
            for finding in line["findings"]:
                said.setdefault(finding["rule"], []).append(finding["message"])
            found[line["subject"]["task"]] = (line["decision"], said)
    return found


@pytest.fixture
def readings(tmp_path: Path) -> str:
    """Read alike, read otherwise, read once, marked by one of two, skipped by one of two."""
    alike, apart = task(1, region(), region()), task(2, region(), region(WIDER))
    once, missed = task(3, region()), task(4, region(), [])
    skipped = task(5, region(), region())
    skipped["annotations"][1]["was_cancelled"] = True  # type: ignore[index]
    return export(tmp_path, alike, apart, once, missed, skipped)


def test_every_task_has_a_verdict_of_its_own(tmp_path: Path, readings: str) -> None:
    found = on_tasks(run("check", guideline(tmp_path), readings, "-f", "jsonl").stdout)
    assert {name: decision for name, (decision, _) in found.items()} == {
        "1": "accepted",
        "2": "returned",
        "3": "returned",
        "4": "returned",
        "5": "returned",
    }
    one_reader = {"enough-readers": ["this task has 1 reader; at least 2 must read it"]}
    assert found["3"][1] == found["5"][1] == one_reader
    borders = f"the borders of Lesion are 6 mm apart (HD95) between {PAIR}"
    assert found["2"][1] == {
        "overlap-agreement": [f"{AREA}; at least 0.8 is asked for", f"{borders}; at most 2 mm is asked for"]
    }


def test_where_one_drew_nothing_the_distance_of_borders_cannot_be_told(tmp_path: Path, readings: str) -> None:
    _, said = on_tasks(run("check", guideline(tmp_path), readings, "-f", "jsonl").stdout)["4"]
    only, cannot = said["overlap-agreement"]
    assert only.startswith(
        "Lesion is marked in annotation 41 by annotator 101 and not in annotation 42 by annotator 102"
    )
    assert cannot.endswith("only one of the two drew any, so there is no border to measure to")


@pytest.mark.parametrize("name", [name for name in IN_TEXT if name not in NOT_IN_WORDS])
def test_every_format_tells_it(tmp_path: Path, readings: str, name: Format) -> None:
    result = run("check", guideline(tmp_path), readings, "-f", name)
    assert result.exit_code == 1
    assert AREA in " ".join(result.stdout.split())
    assert "overlap-agreement" in result.stdout


def test_the_table_and_junit_count_it(tmp_path: Path, readings: str) -> None:
    assert "overlap-agreement" in run("check", guideline(tmp_path), readings, "-f", "table").stdout
    assert "Dice coefficient" in run("check", guideline(tmp_path), readings, "-f", "junit").stdout


def test_at_a_class_it_is_told_under_the_class(tmp_path: Path, readings: str) -> None:
    part = "      overlap-agreement: {min_dice: 0.8}\n      enough-readers: {min: 2}\n"
    text = run("check", guideline(tmp_path, part, "      area-limits:"), readings, "-f", "jsonl").stdout
    findings = [finding for line in text.splitlines() for finding in json.loads(line).get("findings", ())]
    told = {finding["rule"]: finding["clause"] for finding in findings}
    assert told == {"overlap-agreement": "Lesion › Readers", "enough-readers": "Lesion › Readers"}


def test_a_class_that_nobody_marks_asks_for_no_second_reader(tmp_path: Path) -> None:
    part = "      enough-readers: {min: 2}\n"
    text = run("check", guideline(tmp_path, part, "      area-limits:"), export(tmp_path, task(1, [])), "-f", "jsonl")
    assert on_tasks(text.stdout)["1"] == ("accepted", {})


def test_readers_who_disagree_escalate_where_the_guideline_says_so(tmp_path: Path, readings: str) -> None:
    part = "    apart: {to: senior, class: lesion, overlap-agreement: {min_dice: 0.8}}\n"
    text = run("check", guideline(tmp_path, part, "instructions:"), readings, "-f", "jsonl").stdout
    assert {name: decision for name, (decision, _) in on_tasks(text).items()} == {
        "1": "accepted",
        "2": "escalated",
        "3": "accepted",
        "4": "escalated",
        "5": "accepted",
    }


def test_it_belongs_to_the_readers(tmp_path: Path, readings: str) -> None:
    result = run("check", guideline(tmp_path, "rules:\n  enough-readers: {min: 2}\n"), readings)
    assert result.exit_code == 2
    assert "`readers:` › `rules:`" in result.output


def test_square_is_as_far_from_the_wider_one_as_is_said() -> None:
    (left, _), (right, _), *_ = SQUARE
    wider = WIDER[1][0] - WIDER[0][0]
    assert round(2 * (right - left) / (right - left + wider), 2) == 0.77
    assert WIDER[1][0] - right == 6
