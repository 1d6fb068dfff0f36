"""Images that lie beside the marks on them are told once, and keep no work from being judged."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.annotation.dicom_written import SEG, Frame, file_of, seg_body, segment
from tests.cli.delivery_file import run
from tests.imaging.dicom_file import write_dicom

from guidelint.geometry.mask import Mask

if TYPE_CHECKING:
    from pathlib import Path

GUIDELINE = """\
guidelint: 1
guideline: marked
version: 1.0.0
title: Marked
summary: Marks.
empty_reading: {means: There is nothing.}
instructions: Paint every lesion.
delivery: {formats: [dicom-seg]}
classes:
  lesion: {title: Lesion, definition: A lesion., draw: [brush]}
"""
CT, DOSE, REPORT = "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.481.2", "1.2.840.10008.5.1.4.1.1.88.22"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A guideline, and a folder with a segmentation of one of the images beside it."""
    (tmp_path / "marked.yaml").write_text(GUIDELINE, encoding="utf-8")
    scans = tmp_path / "scans"
    mask = Mask.from_crop(np.ones((6, 6), np.bool_), 4, 4, (16, 16))
    body = seg_body([Frame("1.2.1", 1, mask)], [segment(1, "Lesion")], (16, 16))
    for number in range(1, 4):
        write_dicom(scans / "ct" / f"{number}.dcm", SOPClassUID=CT, SOPInstanceUID=f"1.2.{number}", Modality="CT")
    write_dicom(scans / "dose.dcm", SOPClassUID=DOSE, SOPInstanceUID="1.2.9", Modality="RTDOSE")
    (scans / "ct" / "3.dcm.gz").write_bytes(gzip.compress((scans / "ct" / "3.dcm").read_bytes()))
    (scans / "ct" / "3.dcm").unlink()
    (scans / "marks.dcm").write_bytes(file_of(SEG, body))
    return tmp_path


def test_a_folder_of_images_and_marks_is_judged_by_its_marks(folder: Path) -> None:
    scans = folder / "scans"
    result = run("check", str(folder / "marked.yaml"), str(scans), "--from", "dicom-seg")
    assert result.exit_code == 0
    assert "Annotations   1 accepted" in result.stdout
    beside = "4 images lie there and cannot be judged: dose.dcm, 1.dcm, 2.dcm, 3.dcm.gz. --facts and --images take them"
    assert result.stderr.endswith(f"guidelint: {scans}: {beside}\n")


def test_a_pattern_takes_no_image_for_work_and_one_that_is_named_is_refused(folder: Path) -> None:
    guideline, pattern = str(folder / "marked.yaml"), str(folder / "scans" / "**" / "*.dcm")
    result = run("check", guideline, pattern)
    assert result.exit_code == 0
    assert f"{pattern}: 3 images lie there and cannot be judged: 1.dcm, 2.dcm, dose.dcm." in result.stderr
    named = run("check", guideline, str(folder / "scans" / "marks.dcm"), str(folder / "scans" / "ct" / "1.dcm"))
    assert named.exit_code == 2
    assert "Annotations   1 accepted" in named.stdout


@pytest.mark.parametrize("name", ["scans/ct", "scans/ct/*"])
def test_where_only_images_lie_nothing_is_accepted(folder: Path, name: str) -> None:
    result = run("check", str(folder / "marked.yaml"), str(folder / name), "--from", "dicom-seg", "--allow-empty")
    assert result.exit_code == 2
    assert "only images lie there, and no marks on them. Name the files" in " ".join(result.stdout.split())


def test_what_may_hold_marks_is_no_image(folder: Path) -> None:
    write_dicom(folder / "scans" / "report.dcm", SOPClassUID=REPORT, SOPInstanceUID="1.2.10", Modality="SR")
    result = run("check", str(folder / "marked.yaml"), str(folder / "scans"), "--from", "dicom-seg")
    assert result.exit_code == 2
    assert "report.dcm" in result.stdout
