"""Reading the real data that tests compare with, and the masks drawn in them."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from guidelint.geometry.codecs import rle_pack
from guidelint.geometry.mask import Mask
from guidelint.geometry.raster import polygon_mask
from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIDE = 512
SHAPE = (SIDE, SIDE)


@dataclass(frozen=True, eq=False)
class Contour:
    """One outline of one reader's nodule on one slice, in Label Studio's pixel coordinates (centres at ½)."""

    points: npt.NDArray[np.float64]
    excluded: bool
    z_mm: float
    thickness_mm: float
    spacing: Spacing

    @property
    def mask(self) -> Mask:
        """Pixels of the object: readers marked those just outside it, and the outline of an exclusion is excluded."""
        return polygon_mask(self.points, SHAPE, "inside" if self.excluded else "outside")


def tasks(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        read: list[dict[str, Any]] = json.load(stream)
    return read


def results(path: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for task in tasks(path):
        for annotation in task["annotations"]:
            for result in annotation["result"]:
                yield task, result


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def brush(result: dict[str, Any], threshold: int = 128) -> Mask:
    data = rle_pack.parse_bytes(json.dumps(result["value"]["rle"]).encode())
    return rle_pack.decode(data, (result["original_height"], result["original_width"]), threshold)


def bubil_masks(folder: Path, name: str) -> dict[str, dict[str, Mask]]:
    """Masks of one set by image and by who drew them with which tool."""
    found: dict[str, dict[str, Mask]] = defaultdict(dict)
    for task, result in results(folder / f"bubil/{name}.json.gz"):
        image = re.sub(r"\.\w+$", "", task["data"]["file_name"]).lower()
        found[image][result["meta"]["text"][0].split(" ")[0]] = brush(result)
    return dict(found)


def lidc_contours(folder: Path) -> dict[str, list[Contour]]:
    """Outlines by the number of the reader's nodule, which pylidc calls an annotation."""
    found: dict[str, list[Contour]] = defaultdict(list)
    for task, result in results(folder / "lidc/lidc_dev.json.gz"):
        if result["type"] == "polygonlabels":
            facts = task["data"]
            found[result["meta"]["text"][0].split("#")[1]].append(
                Contour(
                    points=np.array(result["value"]["points"]) / 100 * SIDE,
                    excluded=result["value"]["polygonlabels"] == ["Exclusion"],
                    z_mm=facts["ImagePositionPatientZ"],
                    thickness_mm=facts["SliceThickness"],
                    spacing=Spacing(*facts["PixelSpacing"]),
                )
            )
    return dict(found)


def stack(contours: list[Contour]) -> dict[float, Mask]:
    """Mask of a nodule on every slice (mm along the body): what its outlines hold less what its exclusions hold."""
    masks: dict[float, Mask] = defaultdict(lambda: Mask.empty(SHAPE))
    for contour in sorted(contours, key=lambda contour: contour.excluded):
        place = round(contour.z_mm, 2)
        masks[place] = masks[place] - contour.mask if contour.excluded else masks[place] | contour.mask
    return dict(masks)
