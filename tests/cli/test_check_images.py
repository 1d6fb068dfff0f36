"""``check --images``: rules that look at pixels, on a real DICOM file and on a picture."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from pydicom.data import get_testdata_file
from tests.cli.delivery_file import Json, run

from guidelint.geometry.codecs import rle_pack
from guidelint.geometry.mask import Mask

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

GUIDELINE = """\
guidelint: 1
guideline: pixels
version: 1.0.0
title: Pixels
summary: Masks on what they name.
instructions: Paint.
empty_reading: {means: There is none.}
classes:
  tissue:
    title: Tissue
    definition: Soft tissue.
    draw: brush
    rules: {intensity-plausible: {min_hu: -150, max_hu: 300}, on-the-body: {}}
"""
Flags = npt.NDArray[np.bool_]


def painted(number: int, image: str, mask: Flags) -> Json:
    """Make a task with one mask."""
    rows, columns = mask.shape
    value = {"format": "rle", "rle": list(rle_pack.encode(Mask.from_crop(mask, 0, 0, (rows, columns))))}
    size = {"original_width": columns, "original_height": rows, "from_name": "brush", "to_name": "image"}
    item = {"id": "r", "type": "brushlabels", **size, "value": {**value, "brushlabels": ["Tissue"]}}
    return {
        "id": number,
        "data": {"image": image},
        "annotations": [{"id": number, "completed_by": 1, "result": [item]}],
    }


def check(folder: Path, images: Path | None, *tasks: Json) -> Result:
    (folder / "pixels.yaml").write_text(GUIDELINE, encoding="utf-8")
    (folder / "export.json").write_text(json.dumps(tasks), encoding="utf-8")
    given = () if images is None else ("--images", str(images))
    return run("check", str(folder / "pixels.yaml"), str(folder / "export.json"), *given, "-f", "json")


def told(result: Result) -> list[tuple[str, list[str]]]:
    records = json.loads(result.stdout)["records"]
    return [(record["decision"], [finding["message"] for finding in record["findings"]]) for record in records]


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """Copy a real CT of 128 × 128 pixels, a vertebra between the lungs, into a folder."""
    folder = tmp_path / "scans"
    folder.mkdir()
    shutil.copy(str(get_testdata_file("CT_small.dcm", download=False)), folder / "ct.dcm")
    return folder


def test_a_true_mask_is_accepted_and_one_shifted_by_half_the_image_is_returned(tmp_path: Path, scans: Path) -> None:
    muscle = np.zeros((128, 128), np.bool_)
    muscle[90:120, 10:40] = True
    tasks = painted(1, "/x/ct.png", muscle), painted(2, "/x/ct.png", np.roll(muscle, -64, axis=0))
    (true, nothing), (moved, found) = told(check(tmp_path, scans, *tasks))
    assert (true, nothing) == ("accepted", [])
    assert moved == "returned"
    implausible, beside = found
    assert "of its pixels have values of at least" in implausible
    assert "of it lies on the body; the guideline asks for 90 %" in beside


def test_images_and_facts_are_found_for_a_coco_file_too(tmp_path: Path, scans: Path) -> None:
    size = {"file_name": "ct.png", "width": 128, "height": 128}
    boxes = {1: [10, 90, 30, 30], 2: [10, 26, 30, 30]}
    document = {
        "images": [{"id": number, **size, "file_name": f"{number}/ct.png"} for number in boxes],
        "categories": [{"id": 1, "name": "Tissue"}],
        "annotations": [{"id": n, "image_id": n, "category_id": 1, "bbox": box} for n, box in boxes.items()],
    }
    modality = "images: {modality: [CT]}\ndelivery: {formats: [coco]}\n"
    guideline = GUIDELINE.replace("draw: brush", "draw: rectangle") + modality
    (tmp_path / "boxes.yaml").write_text(guideline, encoding="utf-8")
    (tmp_path / "coco.json").write_text(json.dumps(document), encoding="utf-8")
    for number in boxes:
        (scans / str(number)).mkdir()
        shutil.copy(scans / "ct.dcm", scans / str(number) / "ct.dcm")
    given = ("--images", str(scans), "--facts", str(scans), "--ignore", "items-with-ids", "-f", "json")
    true, moved = told(run("check", str(tmp_path / "boxes.yaml"), str(tmp_path / "coco.json"), *given))
    assert true == ("accepted", [])
    assert moved[0] == "returned"
    assert len(moved[1]) == 2


def test_one_file_that_fits_images_of_several_patients_is_the_image_of_none(tmp_path: Path, scans: Path) -> None:
    muscle = np.zeros((128, 128), np.bool_)
    muscle[90:120, 10:40] = True
    paths = ("s3://b/p1/ct.png", "/b/p1/ct.png", "s3://b/p2/ct.png", "s3://b/p1/ct.png")
    result = check(tmp_path, scans, *(painted(number, path, muscle) for number, path in enumerate(paths, start=1)))
    decisions, messages = zip(*told(result), strict=True)
    assert decisions == ("accepted", "accepted", "unverified", "unverified")
    why = "scans/ct.dcm may be the image s3://b/p2/ct.png or s3://b/p1/ct.png. Lay it in a folder as its path says"
    assert messages[2] == [f"this could not be checked: {why}"] * 2
    (concern,) = json.loads(result.stdout)["statistics"]["concerns"]
    assert (
        "scans/ct.dcm (s3://b/p1/ct.png and s3://b/p2/ct.png). Work on the image named first was judged by it"
        in concern
    )


def test_without_images_no_rule_on_pixels_passes_and_it_is_said_how_to_give_them(tmp_path: Path) -> None:
    ((decision, found),) = told(check(tmp_path, None, painted(1, "a.png", np.ones((4, 4), np.bool_))))
    assert decision == "unverified"
    why = "the pixels of the image are not at hand; `guidelint check --images FOLDER` reads them"
    assert found == [f"this could not be checked: {why}"] * 2


def test_a_picture_is_no_ct_and_an_image_that_is_not_there_is_not_judged(tmp_path: Path, scans: Path) -> None:
    grey = np.zeros((40, 40), np.uint8)
    grey[10:30, 10:30] = 200
    Image.fromarray(grey).save(scans / "a.png")
    inside, beside = np.zeros((40, 40), np.bool_), np.zeros((40, 40), np.bool_)
    inside[15:25, 15:25] = True
    beside[15:25, 31:39] = True
    tasks = painted(1, "a.png", inside), painted(2, "a.png", beside), painted(3, "b.png", inside)
    why = "no file of scans is the image b.png. Name with --images where it is"
    one, other, missing = told(check(tmp_path, scans, *tasks))
    no_ct = "this could not be checked: scans/a.png has grey values, which are no Hounsfield units"
    assert one == ("unverified", [no_ct])
    assert other == ("returned", [no_ct, "0 % of it lies on the body; the guideline asks for 90 %"])
    assert missing == ("unverified", [f"this could not be checked: {why}"] * 2)


def test_a_folder_that_is_none_or_holds_no_image_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name, said in (("nowhere", "is no folder"), ("empty", "holds no DICOM file, PNG, JPEG or TIFF")):
        result = check(tmp_path, tmp_path / name, painted(1, "a.png", np.ones((4, 4), np.bool_)))
        assert result.exit_code == 2
        assert said in " ".join(result.stderr.split())
