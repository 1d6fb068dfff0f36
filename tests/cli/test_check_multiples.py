"""`guidelint check` takes the slice thickness from the task data, for limits that are multiples of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.delivery_file import Json, run, task

from guidelint.language.reference.problem_explanations import with_part

if TYPE_CHECKING:
    from pathlib import Path

RECIST = """\
title: Target lesions after RECIST 1.1
sources:
  - {title: New response evaluation criteria in solid tumours (RECIST 1.1), doi: 10.1016/j.ejca.2008.10.026}
images: {keys: {slice_thickness: thickness}}
classes:
  lesion:
    title: Lesion
    definition: A lesion that can be measured.
    draw: polygon
    rules: {diameter-limits: {longest_min_mm: {times: 2, of: slice_thickness, at_least: 10}}}
"""
SQUARE = [[10.0, 10.0], [18.0, 10.0], [18.0, 18.0], [10.0, 18.0]]
"""Of 100 × 100 pixels of 1 mm: a diagonal of 11.3 mm."""


def lesion(name: str = "") -> list[Json]:
    value: Json = {"points": [*SQUARE], "closed": True, "polygonlabels": ["Lesion"]}
    beside = {"original_width": 100, "original_height": 100, "image_rotation": 0, "to_name": "image"}
    named: Json = {"meta": {"text": [name]}} if name else {}
    return [{"id": "a", "type": "polygonlabels", "from_name": "polygon", "value": value, **beside, **named}]


def told(folder: Path, *tasks: Json) -> tuple[int, str]:
    guideline, export = folder / "guideline.yaml", folder / "export.json"
    guideline.write_text(with_part(RECIST), encoding="utf-8")
    export.write_text(json.dumps(tasks), encoding="utf-8")
    done = run("check", str(guideline), str(export), "--format", "concise")
    return done.exit_code, done.stdout.replace("\N{NO-BREAK SPACE}", " ")


def test_each_image_has_the_limit_of_its_own_thickness(tmp_path: Path) -> None:
    code, text = told(tmp_path, task(1, lesion(), data={"thickness": 5}), task(2, lesion(), data={"thickness": 6}))
    assert "1 accepted" in text
    assert "is 11.3 mm, below the limit of 12 mm (2 × slice thickness (0018,0050), here 6 mm)" in text
    assert code == 1


def test_ten_millimetres_hold_however_thin_the_slices(tmp_path: Path) -> None:
    code, text = told(tmp_path, task(1, lesion(), data={"thickness": 1, "PixelSpacing": [0.5, 0.5]}))
    assert "is 5.7 mm, below the limit of 10 mm (more than 2 × slice thickness (0018,0050), here 1 mm)" in text
    assert code == 1


def test_a_thickness_that_is_not_delivered_is_asked_for_and_never_a_pass(tmp_path: Path) -> None:
    code, text = told(tmp_path, task(1, lesion()))
    assert (
        "the slice thickness (0018,0050) of the image is not known: the task data has no thickness; deliver it" in text
    )
    assert "accepted" not in text
    assert code == 1


def test_an_object_has_the_limit_of_its_thickest_slice(tmp_path: Path) -> None:
    series: Json = {"SeriesInstanceUID": "1.2.3"}
    slices = [task(n, lesion("1"), data={**series, "thickness": t}) for n, t in ((1, 5), (2, 6))]
    code, text = told(tmp_path, *slices)
    assert text.count("below the limit of 12 mm (2 × slice thickness (0018,0050), here up to 6 mm)") == 1
    assert code == 1
    code, _ = told(tmp_path, slices[0])
    assert code == 0
