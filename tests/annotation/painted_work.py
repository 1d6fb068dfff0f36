"""Painted work that an image of values can hold, as masks with a legend: no pixel belongs to two marks."""

from __future__ import annotations

import importlib
import json
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from PIL import Image
from tests.annotation.work import LABELS, SIDE, Mark, Work, works

from guidelint.annotation.decoding.parts.painted import painted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

OF_LABEL = 8
"""So many values stand for each label, each for an object of its own."""
Values = npt.NDArray[np.uint8]
STEP_MM = (0.5, 0.75, 3.0)
"""Column, row and slice of a volume."""
VOLUME = "volume.nii"
OF_SLICE = f"{VOLUME}?slice={{}}"
nib: Any = importlib.import_module("nibabel")
LEGEND = {f"{OF_LABEL * number + 1}-{OF_LABEL * (number + 1)}": label for number, label in enumerate(LABELS)}


def painted_works(count: int, seed: int, image: str = "{}.png") -> list[Work]:
    """Make work of masks alone, in pieces, with holes, tiny, mislabelled; of each something is painted.

    ``image``: what the images are called, with a place for their numbers.
    """
    random = Random(seed)
    found: list[Work] = []
    for work in works(4 * count, seed):
        marks = [mark for mark in work.marks if mark.mask is not None and mark.mask.area_px]
        if marks and len(found) < count:
            found.append(Work(image.format(len(found) + 1), tuple(_in_order(_apart(marks, random)))))
    assert len(found) == count
    return found


def _apart(marks: Sequence[Mark], random: Random) -> Iterator[tuple[int, Mark]]:
    """Paint marks over each other, each with a value of its own, and give what is left of each."""
    image: Values = np.zeros((SIDE, SIDE), np.uint8)
    labels: dict[int, str] = {}
    for mark in marks:
        first = LABELS.index(mark.label) * OF_LABEL + 1
        value = next(one for one in random.sample(range(first, first + OF_LABEL), OF_LABEL) if one not in labels)
        labels[value] = mark.label
        assert mark.mask is not None
        image.reshape(-1)[np.r_[tuple(map(slice, mark.mask.starts, mark.mask.stops))]] = value
    for value, mask in painted(image):
        yield value, Mark(str(value), "brush", labels[value], mask=mask)


def _in_order(marks: Iterator[tuple[int, Mark]]) -> Iterator[Mark]:
    """Number the marks as they are found in an image: by their values."""
    yield from (replace(mark, id=str(value)) for value, mark in sorted(marks, key=lambda pair: pair[0]))


def image_of(work: Work) -> Values:
    """Paint the marks of a work by their values."""
    image: Values = np.zeros((SIDE, SIDE), np.uint8)
    for mark in work.marks:
        assert mark.mask is not None
        image.reshape(-1)[np.r_[tuple(map(slice, mark.mask.starts, mark.mask.stops))]] = int(mark.id)
    return image


def as_png_masks(handed_in: Sequence[Work], folder: Path) -> list[Path]:
    """Write a PNG for each image, and a legend beside them."""
    folder.mkdir()
    (folder / "legend.json").write_text(json.dumps({"labels": LEGEND}), encoding="utf-8")
    for work in handed_in:
        Image.fromarray(image_of(work)).save(folder / work.image)
    return [folder / work.image for work in handed_in]


def as_volume(handed_in: Sequence[Work], folder: Path) -> list[Path]:
    """Write a label volume of which each work is an axial slice, stored as dcm2niix does, and a legend beside it."""
    folder.mkdir()
    (folder / "dataset.json").write_text(json.dumps({"labels": LEGEND}), encoding="utf-8")
    voxels = np.stack([image_of(work)[::-1].T for work in handed_in], axis=2)
    affine = np.diag([-STEP_MM[0], STEP_MM[1], STEP_MM[2], 1.0])
    affine[1, 3] = -STEP_MM[1] * (SIDE - 1)
    nib.Nifti1Image(voxels, affine).to_filename(folder / VOLUME)
    return [folder / VOLUME]


def of_volume(handed_in: Sequence[Work]) -> list[dict[str, object]]:
    """Say of each work what its slice of the volume is, as the data of a task."""
    told: dict[str, object] = {
        "SeriesInstanceUID": VOLUME,
        "PixelSpacing": [STEP_MM[1], STEP_MM[0]],
        "ImageOrientationPatient": [1, 0, 0, 0, 1, 0],
        "SpacingBetweenSlices": STEP_MM[2],
    }
    return [{**told, "ImagePositionPatient": [0, 0, STEP_MM[2] * number]} for number in range(len(handed_in))]
