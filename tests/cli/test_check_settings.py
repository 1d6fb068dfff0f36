"""What a guideline sets of the rules that every one has decides what `check` returns."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import run

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
guidelint: 1
guideline: cells
version: 1.0.0
title: Cells
summary: Marks cells.
instructions: Mark every cell.
control_aliases: {label: rectangle}
empty_reading: {means: There is no cell.}
"""
CELLS = "classes: {cell: {title: Cell, definition: d, draw: rectangle, aliases: [RBC, WBC, Platelets]}}\n"
GRADES = "classes:\n" + "".join(
    f"  grade-{number}: {{title: Grade {number}, definition: d, draw: rectangle}}\n" for number in range(5)
)
Counts = Counter[tuple[str, str]]


def found(tmp_path: Path, guideline: str, delivery: Path) -> tuple[Counter[str], Counts]:
    """Decisions, and findings by rule and level."""
    text = tmp_path / "cells.yaml"
    text.write_text(HEAD + guideline, encoding="utf-8")
    result = run("check", str(text), str(delivery), "--format", "jsonl")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    verdicts = [record for record in records if record["type"] == "verdict"]
    levels = Counter((one["rule"], one["level"]) for verdict in verdicts for one in verdict["findings"])
    return Counter(verdict["decision"] for verdict in verdicts), levels


def box(name: str, x: float, width: float) -> dict[str, object]:
    value = {"x": x, "y": 10.0, "width": width, "height": 10.0, "rotation": 0, "rectanglelabels": ["Cell"]}
    sizes = {"original_width": 200, "original_height": 100}
    return {"id": name, "from_name": "label", "to_name": "image", "type": "rectanglelabels", "value": value, **sizes}


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    """Path of an export: boxes that share 8 of 10 parts, and one that leaves its image by 3 pixels."""
    results = [[box("a", 10.0, 10.0), box("b", 10.0, 8.0)], [box("c", -1.5, 10.0)]]
    tasks = [
        {"id": number, "data": {}, "annotations": [{"id": number, "completed_by": 7, "result": result}]}
        for number, result in enumerate(results, 1)
    ]
    path = tmp_path / "export.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("rules", "decisions", "findings"),
    [
        ("", {"accepted": 1, "returned": 1}, {("inside-image", "error"): 1}),
        ("inside-image: {level: warning}", {"accepted": 2}, {("inside-image", "warning"): 1}),
        ("inside-image: {tolerance_px: 3}", {"accepted": 2}, {}),
        (
            "no-duplicate-regions: {min_iou: 0.8}",
            {"returned": 2},
            {("inside-image", "error"): 1, ("no-duplicate-regions", "error"): 1},
        ),
        ("no-duplicate-regions: {min_iou: 0.81}", {"accepted": 1, "returned": 1}, {("inside-image", "error"): 1}),
    ],
)
def test_limits_and_levels_decide(
    rules: str, decisions: dict[str, int], findings: Counts, delivery: Path, tmp_path: Path
) -> None:
    assert found(tmp_path, f"{CELLS}rules: {{{rules}}}\n", delivery) == (decisions, findings)


@pytest.mark.real_data
def test_a_near_duplicate_of_the_blood_cells_is_found_from_the_overlap_that_is_set(
    real_data: Path, tmp_path: Path
) -> None:
    cells = real_data / "bccd" / "bccd.json"
    assert found(tmp_path, CELLS, cells) == ({"accepted": 60}, {})
    rule = "rules: {no-duplicate-regions: {min_iou: 0.8, across_classes: true}}\n"
    expected = ({"accepted": 59, "returned": 1}, {("no-duplicate-regions", "error"): 1})
    assert found(tmp_path, CELLS + rule, cells) == expected


@pytest.mark.real_data
def test_boxes_cut_by_the_edge_of_a_patch_become_warnings(real_data: Path, tmp_path: Path) -> None:
    patches = real_data / "eiph" / "eiph_round1_manual.json.gz"
    copies = ("no-duplicate-regions", "error")
    as_it_is = found(tmp_path, GRADES, patches)
    warned = found(tmp_path, GRADES + "rules: {inside-image: {level: warning}}\n", patches)
    allowed = found(tmp_path, GRADES + "rules: {inside-image: {tolerance_px: 12}}\n", patches)
    assert as_it_is == ({"returned": 106, "accepted": 114}, {("inside-image", "error"): 278, copies: 2})
    assert warned == ({"returned": 2, "accepted": 218}, {("inside-image", "warning"): 278, copies: 2})
    assert allowed == ({"returned": 2, "accepted": 218}, {copies: 2})
