"""What each reader of LIDC-IDRI outlined on each slice: a task is a slice, an object one nodule's outlines on it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from tests.geometry.real import SHAPE, SIDE, Contour, tasks

from guidelint.geometry.mask import Mask
from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, eq=False)
class Slice:
    """The readings of one slice."""

    number: int
    spacing: Spacing
    readers: dict[str, list[Mask]]
    """Every reader of the slice, those who outlined nothing too."""


def slices(folder: Path) -> Iterator[Slice]:
    """Slices that two readers at least have read."""
    for task in tasks(folder / "lidc/lidc_dev.json.gz"):
        facts = task["data"]
        spacing = Spacing(*facts["PixelSpacing"])
        readers = {
            str(annotation["completed_by"]): _objects(annotation["result"], facts, spacing)
            for annotation in task["annotations"]
        }
        if len(readers) > 1:
            yield Slice(task["id"], spacing, readers)


def _objects(results: list[dict[str, object]], facts: dict[str, float], spacing: Spacing) -> list[Mask]:
    outlines: dict[str, list[Contour]] = defaultdict(list)
    for result in results:
        if result["type"] == "polygonlabels":
            value, meta = result["value"], result["meta"]
            assert isinstance(value, dict)
            assert isinstance(meta, dict)
            outlines[meta["text"][0].split("#")[1]].append(
                Contour(
                    points=np.array(value["points"]) / 100 * SIDE,
                    excluded=value["polygonlabels"] == ["Exclusion"],
                    z_mm=facts["ImagePositionPatientZ"],
                    thickness_mm=facts["SliceThickness"],
                    spacing=spacing,
                )
            )
    return [_mask(contours) for contours in outlines.values()]


def _mask(contours: list[Contour]) -> Mask:
    mask = Mask.empty(SHAPE)
    for contour in sorted(contours, key=lambda contour: contour.excluded):
        mask = mask - contour.mask if contour.excluded else mask | contour.mask
    return mask
