"""Slips of whole submissions and shapes that people really hand in, told once and in words that help."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.delivery_file import Json, run

if TYPE_CHECKING:
    from pathlib import Path

GUIDELINE = """
guidelint: 1
guideline: small
version: 0.1.0
title: Small
summary: A small guideline for trials.
classes:
  lesion:
    title: Lesion
    definition: Whatever looks different.
    draw: [polygon, rectangle, keypoint, brush]
empty_reading: {means: Nothing is seen.}
instructions: Outline every lesion.
"""


def item(
    region_id: str, tool: str, label: object = "Lesion", stated: tuple[object, object] = (3072, 1728), **value: object
) -> Json:
    """Make one item on an image of 3,072 × 1,728 pixels, or of the size that it states."""
    shape = {**value, f"{tool}labels": [label]}
    frame = {"original_width": stated[0], "original_height": stated[1]}
    return {"id": region_id, "type": f"{tool}labels", "from_name": tool, "to_name": "image", **frame, "value": shape}


def findings(folder: Path, *items: Json) -> dict[str, list[str]]:
    """Rule → messages, of one annotation under a guideline that asks for nothing else here."""
    path, guideline = folder / "export.json", folder / "small.yaml"
    guideline.write_text(GUIDELINE, encoding="utf-8")
    task = {"id": 1, "data": {"PixelSpacing": [1, 1]}, "annotations": [{"id": 11, "result": items}]}
    path.write_text(json.dumps([task]), encoding="utf-8")
    lines = run("check", str(guideline), str(path), "--format", "jsonl").stdout.splitlines()
    (verdict,) = (record for record in map(json.loads, lines) if record["type"] == "verdict")
    told: dict[str, list[str]] = {"decision": [verdict["decision"]]}
    for finding in verdict["findings"]:
        told.setdefault(finding["rule"], []).append(f"{finding['message']} → {finding['do']}")
    return told


PIXELS = [item(f"r{n}", "rectangle", x=2691.55 - n * 90, y=218.4 + n, width=143.4, height=193.6) for n in range(9)]


def test_pixels_are_told_once_with_the_remedy_for_the_program(tmp_path: Path) -> None:
    told = findings(tmp_path, *PIXELS)
    assert told["decision"] == ["returned"]
    (message,) = told["places-in-percent"]
    assert message.startswith("the numbers look like pixels, not like percent of the image: they go up to 2834.9")
    assert "Correct the program that wrote them: x / width × 100, y / height × 100." in message
    assert set(told) == {"decision", "places-in-percent"}, "what follows from it is not told again"


def test_a_slip_of_many_regions_names_the_first_of_them(tmp_path: Path) -> None:
    findings(tmp_path, *PIXELS)
    shown = run("check", str(tmp_path / "small.yaml"), str(tmp_path / "export.json")).stdout
    assert "Region 6 Lesion and 3 more: the numbers look like pixels" in shown
    assert "Region 7" not in shown


def test_fractions_are_never_accepted(tmp_path: Path) -> None:
    boxes = [item(f"r{n}", "rectangle", x=0.2 + n / 10, y=0.3, width=0.05, height=0.1) for n in range(3)]
    told = findings(tmp_path, *boxes)
    assert told["decision"] == ["returned"]
    (message,) = told["places-in-percent"]
    assert "the numbers look like fractions from 0 to 1" in message
    assert "multiply by 100" in message


def test_a_label_that_differs_by_a_space_or_by_capitals_is_shown_in_quotes_with_the_hint(tmp_path: Path) -> None:
    labels = ("lesion ", "LESION", "LÃ¶", "lesoin")
    told = findings(
        tmp_path,
        *(item(f"r{n}", "rectangle", label, x=10 * n, y=10, width=5, height=5) for n, label in enumerate(labels)),
    )
    said = [message.partition(" → ")[0] for message in told["known-label"]]
    assert said == [
        "the label “lesion ” is not in the guideline: it differs from “lesion” only by a space",
        "the label “LESION” is not in the guideline: it differs from “Lesion” only by capitals",
        "the label “LÃ¶” is not in the guideline: it is “Lö”, read in the wrong encoding (UTF-8 taken for Latin-1)",
        "the label “lesoin” is not in the guideline: did you mean “lesion”",
    ]
    shown = run("check", str(tmp_path / "small.yaml"), str(tmp_path / "export.json")).stdout
    assert "Region 1 “lesion ”: the label “lesion ”" in shown
