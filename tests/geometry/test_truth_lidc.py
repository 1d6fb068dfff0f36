"""Outlines of 60 scans of LIDC-IDRI, read by up to four people, against the tables computed from them beside us."""

from __future__ import annotations

import json
from collections import defaultdict
from statistics import fmean, stdev
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from tests.geometry.real import SHAPE, Contour, lidc_contours, rows, stack

from guidelint.geometry.mask import Mask
from guidelint.geometry.measures.diameter import longest_diameter
from guidelint.geometry.measures.outline import area_mm2, invalid_reason, repeated_vertices
from guidelint.geometry.measures.overlap import intersection_px
from guidelint.geometry.measures.surface import distances_between
from guidelint.geometry.measures.volume import volume_mm3
from guidelint.geometry.raster import polygon_mask

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.geometry.kernels.choice import KernelSet

pytestmark = pytest.mark.real_data
TWO_OUTLINES_ON_A_SLICE = "5991"
"""One of its outlines runs through another: the table takes its vertices out of both, we out of neither."""

Nodules = dict[str, list[Contour]]


@pytest.fixture(scope="module")
def nodules(real_data: Path) -> Nodules:
    return lidc_contours(real_data)


@pytest.fixture(scope="module")
def stacks(kernels: KernelSet, nodules: Nodules) -> dict[str, dict[float, Mask]]:  # noqa: ARG001 - anew for each set
    """Masks of every nodule; the one where two outlines cross by the table's rule."""
    ours = {name: stack(contours) for name, contours in nodules.items()}
    return ours | {TWO_OUTLINES_ON_A_SLICE: _less_every_rim(nodules[TWO_OUTLINES_ON_A_SLICE])}


def _less_every_rim(contours: list[Contour]) -> dict[float, Mask]:
    """Stack as in the table: the rim of an outline is taken out of what earlier outlines of the slice hold, too."""
    masks: dict[float, Mask] = defaultdict(lambda: Mask.empty(SHAPE))
    for contour in contours:
        rim = polygon_mask(contour.points, SHAPE, "inside") - contour.mask
        masks[round(contour.z_mm, 2)] = (masks[round(contour.z_mm, 2)] | contour.mask) - rim
    return dict(masks)


def test_every_outline_has_the_area_of_its_polygon(nodules: Nodules) -> None:
    """Compare with GEOS where the outline is simple: 2,288 of 2,381."""
    compared = 0
    for contour in (contour for contours in nodules.values() for contour in contours):
        if invalid_reason(contour.points) is None:
            scaled = shapely.Polygon(contour.points * (contour.spacing.column_mm, contour.spacing.row_mm))
            assert area_mm2(contour.points, contour.spacing) == pytest.approx(scaled.area, rel=1e-9)
            compared += 1
    assert compared == 2381 - 93


def test_every_outline_holds_as_many_pixels_as_pick_says(nodules: Nodules) -> None:
    """Vertices are pixel centres, so area = centres inside + half the centres on the outline − 1 (Pick 1899)."""
    for contour in (contour for contours in nodules.values() for contour in contours):
        if invalid_reason(contour.points) is None:
            centres = np.floor(contour.points)
            x, y = centres.T
            twice_the_area = abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))))
            inside = polygon_mask(contour.points, SHAPE, "outside").area_px
            on = polygon_mask(contour.points, SHAPE, "inside").area_px - inside
            assert twice_the_area == 2 * inside + on - 2


def test_every_nodule_has_its_pixels_and_diameter(
    real_data: Path, nodules: Nodules, stacks: dict[str, dict[float, Mask]]
) -> None:
    for row in rows(real_data / "lidc/truth/annotations.csv"):
        name = row["annotation_id"]
        longest = max(longest_diameter(contour.points, contour.spacing).length_mm for contour in nodules[name])
        assert longest == pytest.approx(float(row["max_axial_diameter_mm"]), abs=1e-3)
        assert sum(mask.area_px for mask in stacks[name].values()) == int(row["voxels"]), name


def test_where_two_outlines_of_a_slice_cross_we_keep_what_either_holds(
    nodules: Nodules, stacks: dict[str, dict[float, Mask]]
) -> None:
    ours = stack(nodules[TWO_OUTLINES_ON_A_SLICE])
    theirs = stacks[TWO_OUTLINES_ON_A_SLICE]
    kept = {place: (mask - theirs[place]).area_px for place, mask in ours.items() if (mask - theirs[place]).area_px}
    assert list(kept.values()) == [10]
    assert not any((theirs[place] - mask).area_px for place, mask in ours.items())


def test_every_nodule_has_its_volume(real_data: Path, nodules: Nodules) -> None:
    table = rows(real_data / "lidc/truth/annotations.csv")
    for row in table:
        contours = nodules[row["annotation_id"]]
        areas = [(-1 if contour.excluded else 1) * area_mm2(contour.points, contour.spacing) for contour in contours]
        volume = volume_mm3(areas, [contour.z_mm for contour in contours], contours[0].thickness_mm)
        # percent is rounded to four places: up to 2.6e-4 of a pixel at every vertex
        assert volume == pytest.approx(float(row["volume_mm3"]), rel=2e-4), row["annotation_id"]
    assert len(table) == 366


def _overlap(a: dict[float, Mask], b: dict[float, Mask]) -> tuple[float, float]:
    """Dice and IoU over all slices."""
    both = sum(intersection_px(a[place], b[place]) for place in a.keys() & b.keys())
    total = sum(mask.area_px for masks in (a, b) for mask in masks.values())
    return 2 * both / total, both / (total - both)


def _vertices_mm(contours: list[Contour]) -> npt.NDArray[np.float64]:
    """Places of all vertices: along the body, down, right."""
    return np.concatenate(
        [
            np.column_stack(
                [
                    np.full(len(contour.points), contour.z_mm),
                    contour.points[:, ::-1] * (contour.spacing.row_mm, contour.spacing.column_mm),
                ]
            )
            for contour in contours
        ]
    )


def test_readers_agree_as_the_table_says(
    real_data: Path, nodules: Nodules, stacks: dict[str, dict[float, Mask]]
) -> None:
    """Dice and IoU over all slices, to the five places given; Hausdorff between all vertices, to a micrometre."""
    table = rows(real_data / "lidc/truth/pairs.csv")
    for row in table:
        a, b = row["a"], row["b"]
        found = _overlap(stacks[a], stacks[b])
        assert found == pytest.approx((float(row["dice"]), float(row["iou"])), abs=5.1e-6), row
        hausdorff = distances_between(_vertices_mm(nodules[a]), _vertices_mm(nodules[b])).hausdorff_mm
        assert hausdorff == pytest.approx(float(row["hausdorff_mm"]), abs=1e-3)
    assert len(table) == 386


def test_four_readers_agree_as_the_summary_says(
    real_data: Path, nodules: Nodules, stacks: dict[str, dict[float, Mask]]
) -> None:
    """The mean over the 46 nodules of these scans that each of four readings outlined once."""
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows(real_data / "lidc/truth/pairs.csv"):
        pairs[row["nodule"]].append((row["a"], row["b"]))
    table = rows(real_data / "lidc/truth/nodules.csv")
    four = [pairs[row["nodule"]] for row in table if row["annotations"] == row["sessions"] == "4"]
    each = [np.array([_overlap(stacks[a], stacks[b]) for a, b in nodule]).mean(axis=0) for nodule in four]
    far = [
        distances_between(_vertices_mm(nodules[a]), _vertices_mm(nodules[b])).hausdorff_mm
        for nodule in four
        for a, b in nodule
    ]
    summary = json.loads((real_data / "lidc/truth/summary.json").read_text(encoding="utf-8"))
    assert len(four) == summary["four_reader_nodules"] == 46
    assert fmean(float(dice) for dice, _ in each) == pytest.approx(summary["four_mean_pairwise_dice"], abs=1e-9)
    assert stdev(float(dice) for dice, _ in each) == pytest.approx(summary["four_sd_dice"], abs=1e-9)
    assert fmean(float(iou) for _, iou in each) == pytest.approx(summary["four_mean_pairwise_iou"], abs=1e-9)
    assert fmean(far) == pytest.approx(summary["four_mean_hausdorff_mm"], abs=1e-3)


def test_faults_of_outlines_are_those_counted(real_data: Path, nodules: Nodules) -> None:
    contours = [contour for contours in nodules.values() for contour in contours]
    reasons = [invalid_reason(contour.points) for contour in contours]
    defects = json.loads((real_data / "lidc/truth/contour_defects.json").read_text(encoding="utf-8"))
    assert len(contours) == defects["contours"]
    assert (
        sum(fault is not None for fault in reasons) == defects["Ring Self-intersection"] + defects["Self-intersection"]
    )
    assert sum(bool(repeated_vertices(contour.points)) for contour in contours) == defects["repeated vertex"]
    assert sum(area_mm2(contour.points, contour.spacing) < 1e-9 for contour in contours) == defects["zero area"]
    assert sum(contour.excluded for contour in contours) == defects["exclusion"]
