"""The same work as DICOM objects and as Label Studio exports it has the same findings, by every rule that both feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.annotation.dicom_work import as_rtstruct, as_seg, drawn_with, export, table
from tests.checking.same_work import feedable, told

from guidelint.annotation.decoding.formats.dicom_rtstruct.decoder import DECODER as STRUCTURES
from guidelint.annotation.decoding.formats.dicom_seg.decoder import DECODER as SEGMENTATION
from guidelint.imaging.given import NOTHING_GIVEN, Given
from guidelint.imaging.supplied.supply import supply

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.annotation.work import Kind, Work

    from guidelint.annotation.decoding.decoder import Decoder

REST = """\
delivery:
  formats: [label-studio, dicom-seg, dicom-rtstruct]
  rules: {identical-shapes: {min_tasks: 3}}
classes:
  lesion:
    title: Lesion
    definition: What differs.
    draw: [polygon, brush]
    aliases: [Tumour]
    rules:
      area-limits: {min_mm2: 20, max_mm2: 4000}
      diameter-limits: {longest_min_mm: 4, longest_max_mm: 60}
      single-piece: {}
      no-holes: {}
      simple-outline: {}
  organ: {title: Organ, definition: All of it., draw: [brush, polygon], count: {max: 2}}
  device: {title: Device, definition: Metal in the patient., draw: [polygon, brush], border: outer}
  spot: {title: Spot, definition: The brightest place., draw: keypoint}
"""
Written = tuple[bytes, dict[int, str]]
FORMATS: dict[str, tuple[Decoder, Callable[[Sequence[Work]], Written], tuple[Kind, ...]]] = {
    "dicom-seg": (SEGMENTATION, as_seg, ("brush",)),
    "dicom-rtstruct": (STRUCTURES, as_rtstruct, ("polygon", "keypoint")),
}


def same(folder: Path, count: int, seed: int, name: str) -> None:
    """Judge the same work as an export and in another format, by the rules that both feed."""
    decoder, written, kinds = FORMATS[name]
    asked = feedable(REST, decoder)
    handed_in = drawn_with(kinds, count, seed)
    if decoder is STRUCTURES:  # which says nothing of images without contours
        handed_in = [work for work in handed_in if work.marks]
    (folder / "images.csv").write_text(table(count), encoding="utf-8")
    given = Given(supply=supply(folder / "images.csv")) if decoder is STRUCTURES else NOTHING_GIVEN
    content, names = written(handed_in)
    (folder / "other").write_bytes(content)
    (folder / "export").write_text(export(handed_in, names, with_facts=decoder is SEGMENTATION), encoding="utf-8")
    found = told([folder / "other"], asked, given)
    assert len(found) > len(handed_in) > count * 0.6
    assert found == told([folder / "export"], asked, given)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_work_has_the_same_findings(name: str, tmp_path: Path) -> None:
    same(tmp_path, 50, 1, name)


@pytest.mark.many
@pytest.mark.parametrize("name", FORMATS)
def test_much_of_the_same_work_has_the_same_findings(name: str, tmp_path: Path) -> None:
    same(tmp_path, 1000, 2, name)
