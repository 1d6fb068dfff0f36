"""The same work as DICOM objects and as Label Studio exports it has the same findings, by every rule that both feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.annotation.dicom_work import as_rtstruct, as_seg, drawn_with, export, table

from guidelint.annotation.decoding.formats.dicom_rtstruct.decoder import DECODER as STRUCTURES
from guidelint.annotation.decoding.formats.dicom_seg.decoder import DECODER as SEGMENTATION
from guidelint.checking.delivery import Delivery
from guidelint.checking.record import Judged
from guidelint.imaging.given import NOTHING_GIVEN, Given
from guidelint.imaging.supplied.supply import supply
from guidelint.language.compile.plan import compile_plan
from guidelint.language.load import load
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.fed import fed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.annotation.work import Kind, Work

    from guidelint.annotation.decoding.decoder import Decoder
    from guidelint.validation.judging.plan import Plan

GUIDELINE = """\
guidelint: 1
guideline: same-work
version: 1.0.0
title: The same work
summary: Lesions, organs, devices and spots.
instructions: Mark all of it.
empty_reading: {means: There is nothing.}
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
relations:
  in-organ: {inside: {child: lesion, parent: organ}}
  apart: {separate: {pairs: [[lesion, lesion], [device, organ]]}}
"""
Written = tuple[bytes, dict[int, str]]
FORMATS: dict[str, tuple[Decoder, Callable[[Sequence[Work]], Written], tuple[Kind, ...]]] = {
    "dicom-seg": (SEGMENTATION, as_seg, ("brush",)),
    "dicom-rtstruct": (STRUCTURES, as_rtstruct, ("polygon", "keypoint")),
}


def told(path: Path, asked: Plan, given: Given) -> list[object]:
    """Everything found, whatever tasks and annotations are called."""
    return [
        (
            record.image,
            [
                (one.rule, one.kind, one.outcome, one.message, tuple(ref.title for ref in one.regions))
                for one in record.verdict.findings
            ],
        )
        for record in Delivery(asked, [path], given=given).records()
        if isinstance(record, Judged)
    ]


def same(folder: Path, count: int, seed: int, name: str) -> None:
    """Judge the same work as an export and in another format, by the rules that both feed."""
    decoder, written, kinds = FORMATS[name]
    asked = fed(compile_plan(load(GUIDELINE, "same-work.yaml"), catalogue()), decoder).plan
    handed_in = drawn_with(kinds, count, seed)
    if decoder is STRUCTURES:  # which says nothing of images without contours
        handed_in = [work for work in handed_in if work.marks]
    (folder / "images.csv").write_text(table(count), encoding="utf-8")
    given = Given(supply=supply(folder / "images.csv")) if decoder is STRUCTURES else NOTHING_GIVEN
    content, names = written(handed_in)
    (folder / "other").write_bytes(content)
    (folder / "export").write_text(export(handed_in, names, with_facts=decoder is SEGMENTATION), encoding="utf-8")
    found = told(folder / "other", asked, given)
    assert len(found) > len(handed_in) > count * 0.6
    assert found == told(folder / "export", asked, given)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_work_has_the_same_findings(name: str, tmp_path: Path) -> None:
    same(tmp_path, 50, 1, name)


@pytest.mark.many
@pytest.mark.parametrize("name", FORMATS)
def test_much_of_the_same_work_has_the_same_findings(name: str, tmp_path: Path) -> None:
    same(tmp_path, 1000, 2, name)
