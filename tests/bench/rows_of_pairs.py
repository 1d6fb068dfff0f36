"""Rows of several masks of one image: overlaps, and distances between borders."""

from __future__ import annotations

import importlib
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from scipy import ndimage
from scipy.spatial import KDTree
from tests.bench.inputs import Kind, Pixels, array_of, fresh, mask_of, pixels
from tests.bench.row import UNIT, Goal, Least, Row, close, peer

from guidelint.geometry.codecs import coco_rle
from guidelint.geometry.measures.overlap import outside_distance_mm, pairwise_intersections_px, pairwise_iou
from guidelint.geometry.measures.surface import SurfaceDistances, border_pixels, surface_distances

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guidelint.geometry.mask import Mask

OVERLAPS = Goal(5, 5)
SURFACES = Goal(4, 4)
MASKS = 15
TOLERANCE_MM = 2.0


def of_several(kind: Kind, side: int) -> Iterator[Row]:
    """Fifteen masks against pycocotools and against NumPy pair by pair."""
    masks = [mask_of(np.roll(pixels(kind, side), (5 * step, 3 * step), (0, 1))) for step in range(MASKS)]
    row = partial(Row, given=kind, side=side, runs=masks[0].starts.size)
    if coco := peer("pycocotools.mask"):
        packed = [{"size": [side, side], "counts": coco_rle.encode(mask).encode()} for mask in masks]
        yield row(
            kernel="overlaps of 15 masks",
            peer="pycocotools",
            ours=lambda: pairwise_iou([fresh(mask) for mask in masks]),
            theirs=lambda: coco.iou(packed, packed, [0] * MASKS),
            same=close,
            goal=OVERLAPS,
        )
    arrays = np.stack([array_of(mask) for mask in masks]).reshape(MASKS, -1)
    yield row(
        kernel="shared pixels of 15 masks",
        peer="NumPy, pair by pair",
        ours=lambda: pairwise_intersections_px([fresh(mask) for mask in masks]),
        theirs=lambda: np.array([[np.count_nonzero(a & b) for b in arrays] for a in arrays]),
        same=np.array_equal,
    )


def of_surfaces(kind: Kind, side: int) -> Iterator[Row]:
    """Distances between the borders of a mask and of the same mask moved."""
    a = pixels(kind, side)
    b = np.roll(a, (5, 9), (0, 1))
    one, other = mask_of(a), mask_of(b)
    row = partial(Row, given=kind, side=side, runs=one.starts.size)
    if peer("monai.metrics"):
        yield from _beside_monai(row, a, b)
    if binary := peer("medpy.metric.binary"):
        yield row(
            kernel="HD95, pooled",
            peer="MedPy",
            ours=lambda: _distances(one, other).percentile_mm(95, "pooled"),
            theirs=lambda: binary.hd95(a, b),
            same=close,
        )
        yield row(
            kernel="ASSD, mean of both ways",
            peer="MedPy",
            ours=lambda: _distances(one, other).mean_mm("mean"),
            theirs=lambda: binary.assd(a, b),
            same=close,
        )
    yield row(
        kernel="how far one sticks out of the other",
        peer="scipy distance transform, full frame",
        ours=lambda: outside_distance_mm(fresh(one), fresh(other), UNIT),
        theirs=lambda: float(np.asarray(ndimage.distance_transform_edt(~b))[a].max()),
        same=close,
    )


def _beside_monai(row: Callable[..., Row], a: Pixels, b: Pixels) -> Iterator[Row]:
    metrics, torch = importlib.import_module("monai.metrics"), importlib.import_module("torch")
    torch.set_num_threads(1)  # on masks of this size one thread is faster than two, and we use one
    one, other = mask_of(a), mask_of(b)
    both = [torch.from_numpy(array[None, None].copy()) for array in (a, b)]
    given = {"include_background": True}
    hd95 = partial(metrics.compute_hausdorff_distance, *both, percentile=95, **given)
    assd = partial(metrics.compute_average_surface_distance, *both, symmetric=True, **given)
    dice = partial(metrics.compute_surface_dice, *both, class_thresholds=[TOLERANCE_MM], **given)
    beside = partial(row, peer="MONAI", same=close, goal=SURFACES, least=_asked(one, other))
    yield beside(kernel="HD95", ours=lambda: _distances(one, other).percentile_mm(95), theirs=hd95)
    yield beside(kernel="ASSD", ours=lambda: _distances(one, other).mean_mm(), theirs=assd)
    yield beside(kernel="surface Dice", ours=lambda: _distances(one, other).surface_dice(TOLERANCE_MM), theirs=dice)


def _asked(one: Mask, other: Mask) -> Least:
    """What distances both ways ask of a tree of places, which is made before."""
    places = [border_pixels(mask).astype(np.float64) for mask in (one, other)]
    trees = [KDTree(each) for each in places]
    asking = "asking a tree of `scipy.spatial`, made before, for the nearest of each border pixel"
    return Least(lambda: [tree.query(each) for tree, each in zip(trees, reversed(places), strict=True)], asking)


def _distances(one: Mask, other: Mask) -> SurfaceDistances:
    return surface_distances(fresh(one), fresh(other), UNIT)
