"""Measure every kernel beside its peer on the same input, in one run: python tests/bench/kernels.py [--quick].

Prints the minimum and median of several repetitions in milliseconds and the ratio of minima. Peers that are not
installed are left out and named. Each row first checks that both give the same result.
"""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import sys
import warnings
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from guidelint.geometry.codecs import coco_rle, rle_pack
from guidelint.geometry.components import components, euler_number, holes
from guidelint.geometry.mask import Mask
from guidelint.geometry.overlap import outside_distance_mm, pairwise_intersections_px, pairwise_iou
from guidelint.geometry.perimeter import perimeter_mm
from guidelint.geometry.raster import polygon_mask
from guidelint.geometry.spacing import Spacing
from guidelint.geometry.surface import surface_distances

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Pixels = npt.NDArray[np.bool_]
UNIT = Spacing(1, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One kernel beside one peer."""

    kernel: str
    peer: str
    ours: Callable[[], Any]
    theirs: Callable[[], Any]
    same: Callable[[Any, Any], bool]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out images above 1024 × 1024")
    warnings.simplefilter("ignore")
    write = sys.stdout.write
    write(f"{'kernel':44}{'min ms':>10}{'median':>10}  {'peer':28}{'min ms':>11}{'median':>11}{'ratio':>9}\n")
    for row in rows(quick=parser.parse_args().quick):
        if not row.same(row.ours(), row.theirs()):
            write(f"{row.kernel:44} differs from {row.peer}\n")
            continue
        ours, theirs = timed(row.ours), timed(row.theirs)
        write(f"{row.kernel:44}{ours[0]:10.3f}{ours[1]:10.3f}  {row.peer:28}{theirs[0]:11.3f}{theirs[1]:11.3f}")
        write(f"{theirs[0] / ours[0]:9.1f}\n")
        sys.stdout.flush()


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Minimum and median in milliseconds of as many repetitions as fit half a second, at least 3, at most 50."""
    spent: list[float] = []
    while len(spent) < 3 or (sum(spent) < 500 and len(spent) < 50):
        begin = perf_counter()
        work()
        spent.append((perf_counter() - begin) * 1e3)
    return min(spent), statistics.median(spent)


def rows(*, quick: bool) -> Iterator[Row]:
    """All rows whose peer is installed."""
    sides = (512,) if quick else (512, 2048)
    for side in sides:
        for name, array in (("blob", blob(side)), ("ragged", ragged(side))):
            yield from of_strokes(f"{name} {side}²", array)
            yield from of_regions(f"{name} {side}²", array)
    for side in (512, 1024) if quick else (512, 2048, 4096):
        yield from of_outlines(side)
    yield from of_pairs()


def of_strokes(name: str, array: Pixels) -> Iterator[Row]:
    """Brush strokes against the codec of the Label Studio SDK."""
    brush = peer("label_studio_sdk.converter.brush")
    if brush is None:
        return
    mask = mask_of(array)
    data = rle_pack.encode(mask)
    numbers, words = list(data), np.repeat(array.reshape(-1).astype(np.uint8) * 255, 4)
    text = json.dumps(numbers, separators=(",", ":")).encode()
    yield Row(
        f"brush decode, {name}",
        "label_studio_sdk",
        lambda: rle_pack.decode(data, mask.shape),
        lambda: brush.decode_rle(numbers),
        lambda ours, theirs: ours.area_px == np.count_nonzero(theirs[3::4] >= 128),
    )
    yield Row(
        f"brush encode, {name}",
        "label_studio_sdk",
        lambda: rle_pack.encode(mask),
        lambda: brush.encode_rle(words),
        lambda ours, theirs: (
            rle_pack.decode(ours, mask.shape).area_px == rle_pack.decode(bytes(theirs), mask.shape).area_px
        ),
    )
    yield Row(
        f"JSON text to bytes, {name}",
        "json",
        lambda: rle_pack.parse_bytes(text),
        lambda: bytes(json.loads(text)),
        lambda ours, theirs: ours == theirs,
    )


def of_regions(name: str, array: Pixels) -> Iterator[Row]:
    """Measures of a region against scikit-image on the full frame."""
    measure = peer("skimage.measure")
    if measure is None:
        return
    mask = mask_of(array)

    def ours() -> tuple[int, int, int, float]:
        fresh = Mask(mask.starts, mask.stops, mask.shape)  # nothing remembered from the last repetition
        return fresh.area_px, len(components(fresh)), euler_number(fresh), round(perimeter_mm(fresh, UNIT), 3)

    def theirs() -> tuple[int, int, int, float]:
        count = int(measure.label(array, connectivity=2).max())
        euler = int(measure.euler_number(array, connectivity=2))
        return int(array.sum()), count, euler, round(float(measure.perimeter_crofton(array, 4)), 3)

    # scikit-image counts no border along the edge of the image, so perimeters agree only where nothing touches it
    yield Row(f"area, pieces, Euler, perimeter, {name}", "scikit-image", ours, theirs, lambda a, b: a[:3] == b[:3])
    yield Row(
        f"holes, {name}",
        "scipy binary_fill_holes + label",
        lambda: len(holes(mask)),
        lambda: ndimage.label(ndimage.binary_fill_holes(array) & ~array)[1],
        lambda a, b: a == b,
    )


def of_outlines(side: int) -> Iterator[Row]:
    """Polygons of twelve vertices against scikit-image."""
    draw = peer("skimage.draw")
    if draw is None:
        return
    angle = np.arange(12) * (np.pi / 6)
    reach = np.where(np.arange(12) % 2, 0.25, 0.42) * side
    points = np.stack([side / 2 + reach * np.cos(angle), side / 2 + reach * np.sin(angle)], axis=1) + 0.1234
    without_outline = polygon_mask(points, (side, side), "outside")
    yield Row(
        f"polygon of 12 vertices, {side}²",
        "skimage.draw.polygon",
        lambda: polygon_mask(points, (side, side)),
        lambda: draw.polygon(points[:, 1] - 0.5, points[:, 0] - 0.5, (side, side)),
        # centres within 0.001 pixel of the outline are on it for us and on either side for scikit-image
        lambda ours, theirs: without_outline.area_px <= len(theirs[0]) <= ours.area_px,
    )


def of_pairs() -> Iterator[Row]:
    """Several masks against pycocotools, MedPy, surface-distance and distances on the full frame."""
    masks = [mask_of(np.roll(blob(512), (5 * step, 3 * step), (0, 1))) for step in range(15)]
    coco = peer("pycocotools.mask")
    if coco is not None:
        packed = [{"size": [512, 512], "counts": coco_rle.encode(mask).encode()} for mask in masks]
        yield Row(
            "overlaps of 15 masks, blob 512²",
            "pycocotools",
            lambda: pairwise_iou(masks),
            lambda: coco.iou(packed, packed, [0] * 15),
            lambda a, b: bool(np.allclose(a, b)),
        )
    arrays = np.stack([array_of(mask) for mask in masks]).reshape(15, -1)
    yield Row(
        "shared pixels of 15 masks, blob 512²",
        "numpy, pair by pair",
        lambda: pairwise_intersections_px(masks),
        lambda: np.array([[np.count_nonzero(a & b) for b in arrays] for a in arrays]),
        np.array_equal,
    )
    yield from of_surfaces(blob(512), np.roll(blob(512), (5, 9), (0, 1)))


def of_surfaces(a: Pixels, b: Pixels) -> Iterator[Row]:
    """Border distances."""
    one, other = mask_of(a), mask_of(b)
    binary = peer("medpy.metric.binary")
    if binary is not None:
        yield Row(
            "HD95, pooled, blob 512²",
            "MedPy",
            lambda: surface_distances(one, other, UNIT).percentile_mm(95, "pooled"),
            lambda: binary.hd95(a, b),
            lambda a, b: bool(np.isclose(a, b)),
        )
        yield Row(
            "ASSD, mean of both ways, blob 512²",
            "MedPy",
            lambda: surface_distances(one, other, UNIT).mean_mm("mean"),
            lambda: binary.assd(a, b),
            lambda a, b: bool(np.isclose(a, b)),
        )
    yield Row(
        "how far one sticks out of the other, blob 512²",
        "scipy on the full frame",
        lambda: outside_distance_mm(one, other, UNIT),
        lambda: float(np.asarray(ndimage.distance_transform_edt(~b))[a].max()),
        lambda a, b: bool(np.isclose(a, b)),
    )


def peer(module: str) -> Any | None:
    """Load the peer, or say that it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError:
        sys.stdout.write(f"({module} is not installed)\n")
        return None


def blob(side: int) -> Pixels:
    """Disc of half the width of the image."""
    offset = np.arange(side) + 0.5 - side / 2
    return np.asarray(np.add.outer(offset**2, offset**2) < (side / 4) ** 2, np.bool_)


def ragged(side: int) -> Pixels:
    """Smoothed noise: thousands of pieces with rough borders."""
    noise = np.random.default_rng(0).random((side, side))
    return np.asarray(np.asarray(ndimage.gaussian_filter(noise, 0.7)) > 0.5, np.bool_)


def mask_of(array: Pixels) -> Mask:
    """Mask of the whole image."""
    return Mask.from_crop(array, 0, 0, (array.shape[0], array.shape[1]))


def array_of(mask: Mask) -> Pixels:
    """Whole image of a mask."""
    array = np.zeros(mask.shape, np.bool_)
    if mask.box is not None:
        array[mask.box.top : mask.box.bottom, mask.box.left : mask.box.right] = mask.crop
    return array


if __name__ == "__main__":
    main()
