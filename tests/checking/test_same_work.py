"""The same work in two formats has the same findings, by every rule that both can feed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from tests.annotation.painted_work import OF_SLICE, as_png_masks, as_volume, of_volume, painted_works
from tests.annotation.work import as_coco, as_cvat, as_label_studio, works
from tests.checking.same_work import feedable, told

from guidelint.annotation.decoding.formats.coco.decoder import DECODER as COCO
from guidelint.annotation.decoding.formats.cvat.decoder import DECODER as CVAT
from guidelint.annotation.decoding.formats.nifti.decoder import DECODER as NIFTI
from guidelint.annotation.decoding.formats.png_mask.decoder import DECODER as PNG_MASK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.annotation.work import Json, Work

    from guidelint.annotation.decoding.decoder import Decoder

REST = """\
delivery:
  formats: [label-studio, coco, cvat, png-mask, nifti]
  rules: {identical-shapes: {min_tasks: 3}}
classes:
  lesion:
    title: Lesion
    definition: What differs.
    draw: [polygon, brush]
    aliases: [Tumour]
    rules:
      area-limits: {min_px: 20, max_px: 9000}
      single-piece: {}
      no-holes: {}
      simple-outline: {}
  organ:
    title: Organ
    definition: All of it.
    draw: brush
    count: {max: 2}
    rules: {area-limits: {min_mm2: 20}, diameter-limits: {longest_max_mm: 60}}
  device: {title: Device, definition: Metal in the patient., draw: rectangle, border: outer}
  spot: {title: Spot, definition: The brightest place., draw: keypoint}
"""

FORMATS: dict[str, tuple[Decoder, Callable[[Sequence[Work]], str]]] = {
    "coco": (COCO, as_coco),
    "cvat": (CVAT, as_cvat),
}


@dataclass(frozen=True, slots=True)
class Masks:
    """A format of masks, and how work is written in it."""

    decoder: Decoder
    written: Callable[[Sequence[Work], Path], list[Path]]
    image: str
    data: Callable[[Sequence[Work]], list[Json]] = field(default=lambda _: [])
    """What an export tells of the same images."""


MASKS = {
    "png-mask": Masks(PNG_MASK, as_png_masks, "{}.png"),
    "nifti": Masks(NIFTI, as_volume, OF_SLICE, of_volume),
}


def same(folder: Path, count: int, seed: int, name: str) -> None:
    """Judge the same work as an export and in another format, by the rules that both feed."""
    decoder, written = FORMATS[name]
    handed_in, asked = works(count, seed), feedable(REST, decoder)
    (folder / "export").write_text(as_label_studio(handed_in), encoding="utf-8")
    (folder / "other").write_text(written(handed_in), encoding="utf-8")
    found = told([folder / "other"], asked)
    assert len(found) == count + 1
    assert found == told([folder / "export"], asked)


def same_masks(folder: Path, count: int, seed: int, name: str) -> None:
    """Judge the same masks as an export and as images of values, by the rules that both feed."""
    masks = MASKS[name]
    handed_in, asked = painted_works(count, seed, masks.image), feedable(REST, masks.decoder)
    export = as_label_studio(handed_in, masks.data(handed_in), named="object names" in masks.decoder.carries)
    (folder / "export").write_text(export, encoding="utf-8")
    found = told(masks.written(handed_in, folder / "masks"), asked)
    assert len(found) > count
    assert found == told([folder / "export"], asked)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_work_has_the_same_findings(name: str, tmp_path: Path) -> None:
    same(tmp_path, 50, 1, name)


@pytest.mark.many
@pytest.mark.parametrize("name", FORMATS)
def test_much_of_the_same_work_has_the_same_findings(name: str, tmp_path: Path) -> None:
    same(tmp_path, 1000, 2, name)


@pytest.mark.parametrize("name", MASKS)
def test_the_same_masks_have_the_same_findings(name: str, tmp_path: Path) -> None:
    same_masks(tmp_path, 50, 3, name)


@pytest.mark.many
@pytest.mark.parametrize("name", MASKS)
def test_many_of_the_same_masks_have_the_same_findings(name: str, tmp_path: Path) -> None:
    same_masks(tmp_path, 1000, 4, name)
