"""Slips of whole submissions and shapes that people really hand in, told once and in words that help."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
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


def findings(folder: Path, *items: Json, guideline: str = GUIDELINE) -> dict[str, list[str]]:
    """Rule → messages, of one annotation under a guideline that asks for nothing else here."""
    path, written = folder / "export.json", folder / "small.yaml"
    written.write_text(guideline, encoding="utf-8")
    task = {"id": 1, "data": {"PixelSpacing": [1, 1]}, "annotations": [{"id": 11, "result": items}]}
    path.write_text(json.dumps([task]), encoding="utf-8")
    lines = run("check", str(written), str(path), "--format", "jsonl").stdout.splitlines()
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
    assert message.startswith("the places look like pixels, not like percent of the image: they go up to 2834.9")
    assert "Correct the program that wrote them: x / width × 100, y / height × 100." in message
    assert set(told) == {"decision", "places-in-percent"}, "what follows from it is not told again"


def test_a_slip_of_many_regions_names_the_first_of_them(tmp_path: Path) -> None:
    findings(tmp_path, *PIXELS)
    shown = run("check", str(tmp_path / "small.yaml"), str(tmp_path / "export.json")).stdout
    assert "Region 6 Lesion and 3 more: the places look like pixels" in shown
    assert "Region 7" not in shown


def test_fractions_are_never_accepted(tmp_path: Path) -> None:
    boxes = [item(f"r{n}", "rectangle", x=0.2 + n / 10, y=0.3, width=0.05, height=0.1) for n in range(3)]
    told = findings(tmp_path, *boxes)
    assert told["decision"] == ["returned"]
    (message,) = told["places-in-percent"]
    assert "the places look like fractions from 0 to 1" in message
    assert "multiply by 100" in message


def test_a_label_that_differs_by_a_space_or_by_capitals_is_shown_in_quotes_with_the_hint(tmp_path: Path) -> None:
    labels = ("lesion ", "LESION", "LÃ¶", "lesoin")
    told = findings(
        tmp_path,
        *(item(f"r{n}", "rectangle", label, x=10 * n, y=10, width=5, height=5) for n, label in enumerate(labels)),
    )
    said = [message.partition(" → ")[0] for message in told["known-label"]]
    assert said == [
        "the label “lesion ” is not in the guideline: it differs from a name of “Lesion” only by a space",
        "the label “LESION” is not in the guideline: it differs from “Lesion” only by capitals",
        "the label “LÃ¶” is not in the guideline: it is “Lö”, read in the wrong encoding (UTF-8 taken for Latin-1)",
        "the label “lesoin” is not in the guideline: perhaps “Lesion” is meant",
    ]
    shown = run("check", str(tmp_path / "small.yaml"), str(tmp_path / "export.json")).stdout
    assert "Region 1 “lesion ”: the label “lesion ”" in shown


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        ((512.5, 512), "original_width is 512.5, which is not whole"),
        ((0, 512), "original_width is 0"),
        (("512", 512), "original_width is the text “512”, not a number"),
    ],
)
def test_a_size_that_is_none_is_told_once(stated: tuple[object, object], says: str, tmp_path: Path) -> None:
    boxes = [item(f"r{n}", "rectangle", stated=stated, x=10 * n, y=9, width=5, height=5) for n in range(1, 4)]
    told = findings(tmp_path, *boxes)
    assert set(told) == {"decision", "size-matches-image"}
    (message,) = told["size-matches-image"]
    assert message.startswith(f"the size that was stored for the image is not possible: {says} → ")
    assert "in whole pixels" in message


BOW_TIES = {"equal": [[10, 10], [20, 20], [20, 10], [10, 20]], "unequal": [[10, 10], [30, 20], [30, 10], [10, 15]]}


@pytest.mark.parametrize("wings", BOW_TIES)
def test_a_bow_tie_crosses_itself_whatever_its_wings(wings: str, tmp_path: Path) -> None:
    told = findings(tmp_path, item("p1", "polygon", points=BOW_TIES[wings], closed=True))
    assert (told["decision"], set(told)) == (["accepted"], {"decision", "uncrossed-outline"})
    assert told["uncrossed-outline"][0].startswith("the outline crosses itself, ")


@pytest.mark.parametrize(
    ("rules", "decision", "rule"),
    [
        ("rules: {uncrossed-outline: {level: error}}", "returned", "uncrossed-outline"),
        ("rules: {uncrossed-outline: {level: note}}", "accepted", "uncrossed-outline"),
        ("", "accepted", "uncrossed-outline"),
    ],
)
def test_the_level_can_be_set(rules: str, decision: str, rule: str, tmp_path: Path) -> None:
    told = findings(tmp_path, item("p1", "polygon", points=BOW_TIES["equal"]), guideline=f"{GUIDELINE}{rules}\n")
    assert (told["decision"], set(told)) == ([decision], {"decision", rule})


def test_where_a_simple_outline_is_asked_for_it_is_an_error_told_once(tmp_path: Path) -> None:
    asking = GUIDELINE.replace("    draw:", "    rules: {simple-outline: {}}\n    draw:")
    told = findings(tmp_path, item("p1", "polygon", points=BOW_TIES["equal"]), guideline=asking)
    assert (told["decision"], set(told)) == (["returned"], {"decision", "simple-outline"})


def test_a_keyhole_gets_the_remedy(tmp_path: Path) -> None:
    keyhole = [[10, 10], [40, 10], [40, 40], [10, 40], [10, 10], [20, 20], [20, 30], [30, 30], [30, 20], [20, 20]]
    told = findings(tmp_path, item("p1", "polygon", points=keyhole))
    (message,) = told["uncrossed-outline"]
    assert "runs around a hole" in message
    assert "excluded_from" in message


def test_an_outline_that_encloses_nothing_is_an_error(tmp_path: Path) -> None:
    there_and_back = [[10, 10], [20, 20], [30, 10], [20, 20]]
    told = findings(tmp_path, item("p1", "polygon", points=there_and_back))
    assert (told["decision"], "uncrossed-outline" in told) == (["returned"], False)
    assert told["well-formed-shape"][0].startswith("the outline encloses no area")
