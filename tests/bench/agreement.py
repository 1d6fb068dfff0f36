"""Measure agreement between readers beside whole images compared by NumPy and SciPy: python -m tests.bench.agreement.

Each row first checks that both say the same; then it prints minima and the ratio, as ``tests.bench.kernels`` does.
"""

from __future__ import annotations

import sys
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import ndimage, stats
from scipy.optimize import linear_sum_assignment
from tests.bench.inputs import array_of, fresh
from tests.bench.kernels import head, measured, shown
from tests.bench.row import Row, close, peer

from guidelint.geometry.codecs import cropped_rle
from guidelint.geometry.kernels.choice import installed
from guidelint.geometry.mask import Mask
from guidelint.geometry.spacing import Spacing
from guidelint.statistics.agreement import between_all, between_two
from guidelint.statistics.intervals import bootstrap_mean
from guidelint.statistics.matching import matched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Pixels = npt.NDArray[np.bool_]
SPACING = Spacing(0.7, 0.7)
SIDE = 1024


def lesions(count: int, by: int) -> list[Mask]:
    """Discs of radius 4 to 9 in rows, all moved by so many pixels."""
    rng = np.random.default_rng(0)
    places = [(row, column) for row in range(20, SIDE - 20, 24) for column in range(20, SIDE - 20, 24)]
    chosen = rng.choice(len(places), count, replace=False).tolist()
    return [_disc(int(rng.integers(4, 10)), places[place][0] + by, places[place][1] + by) for place in chosen]


def _disc(radius: int, row: int, column: int) -> Mask:
    offset = np.arange(2 * radius + 1) - radius
    crop = np.add.outer(offset**2, offset**2) <= radius**2
    return Mask.from_crop(crop, row - radius, column - radius, (SIDE, SIDE))


def whole_dice(a: Pixels, b: Pixels) -> float:
    """Dice of whole images."""
    return float(2 * np.count_nonzero(a & b) / (np.count_nonzero(a) + np.count_nonzero(b)))


def whole_hd95_mm(a: Pixels, b: Pixels) -> float:
    """HD95 by distance transforms of whole images."""
    borders = [array & ~ndimage.binary_erosion(array) for array in (a, b)]
    steps = (SPACING.row_mm, SPACING.column_mm)
    away = [np.asarray(ndimage.distance_transform_edt(~border, steps)) for border in borders]
    return float(max(np.percentile(away[1][borders[0]], 95), np.percentile(away[0][borders[1]], 95)))


def whole_matching(one: Sequence[Pixels], other: Sequence[Pixels]) -> float:
    """Total IoU of the best assignment over a full table of whole images."""
    table = np.array([[np.count_nonzero(a & b) / np.count_nonzero(a | b) for b in other] for a in one])
    table[table < 0.1] = 0
    return float(table[linear_sum_assignment(table, maximize=True)].sum())


def rows() -> Iterator[Row]:
    """All rows."""
    for count in (1, 4, 16):
        one, other = lesions(count, 0), lesions(count, 2)
        arrays = [[array_of(mask) for mask in masks] for masks in (one, other)]
        row = partial(Row, given=f"{count} lesions", side=SIDE, runs=sum(mask.starts.size for mask in one))
        yield row(
            kernel="objects matched by overlap",
            peer="NumPy, whole images",
            ours=partial(_total, one, other),
            theirs=partial(whole_matching, *arrays),
            same=close,
        )
        whole = [np.any(drawn, axis=0) for drawn in arrays]
        yield row(
            kernel="two readers: match, Dice, HD95",
            peer="NumPy, SciPy, whole images",
            ours=partial(_figures, one, other),
            theirs=partial(_whole_figures, arrays, whole),
            same=close,
        )  # fmt: skip
        if binary := peer("medpy.metric.binary"):
            yield row(
                kernel="two readers: Dice",
                peer="MedPy",
                ours=partial(_dice, one, other),
                theirs=partial(binary.dc, *whole),
                same=close,
            )
    yield from _of_many()


def _of_many() -> Iterator[Row]:
    one, other = lesions(1_000, 0), lesions(1_000, 2)
    yield Row(
        kernel="objects matched by overlap",
        given="1,000 cells",
        side=SIDE,
        peer="NumPy, label images",
        ours=lambda: _total(one, other),
        theirs=lambda: _every_two(one, other),
        same=close,
    )
    four = {str(reader): lesions(4, reader) for reader in range(4)}
    whole = {name: np.any([array_of(mask) for mask in masks], axis=0) for name, masks in four.items()}
    pairs = [(a, b) for a in sorted(whole) for b in sorted(whole) if a < b]
    yield Row(
        kernel="four readers: mean HD95",
        given="4 lesions",
        side=SIDE,
        peer="SciPy, whole images",
        ours=lambda: _mean_hd95_mm(four),
        theirs=lambda: float(np.mean([whole_hd95_mm(whole[a], whole[b]) for a, b in pairs])),
        same=close,
    )
    yield from _of_numbers()


def _of_numbers() -> Iterator[Row]:
    mask = lesions(1, 0)[0]
    array = array_of(mask)
    yield Row(
        kernel="a mask stored and read",
        given="1 lesion",
        side=SIDE,
        peer="numpy.packbits of the image",
        ours=lambda: cropped_rle.decode(cropped_rle.encode(fresh(mask))).area_px,
        theirs=lambda: int(np.count_nonzero(np.unpackbits(np.packbits(array)))),
        same=close,
    )
    for count in (100, 10_000, 100_000):
        values = np.random.default_rng(1).beta(8, 2, count)
        yield Row(
            kernel="bootstrap interval of a mean",
            given=f"{count:,} tasks",
            side=0,
            peer="scipy.stats.bootstrap",
            ours=partial(_interval, values.tolist()),
            theirs=partial(_scipy_interval, values),
            same=lambda ours, theirs: bool(np.allclose(ours, theirs, atol=0.3 * (theirs[1] - theirs[0]))),
        )  # fmt: skip


def _whole_figures(arrays: Sequence[Sequence[Pixels]], whole: Sequence[Pixels]) -> tuple[float, float, float]:
    return whole_matching(*arrays), whole_dice(*whole), whole_hd95_mm(*whole)


def _dice(one: Sequence[Mask], other: Sequence[Mask]) -> float:
    return _figures(one, other)[1]


def _scipy_interval(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    theirs = stats.bootstrap((values,), np.mean, method="percentile", n_resamples=1_000, batch=50, rng=1)
    found = theirs.confidence_interval
    return float(found.low), float(found.high)


def _total(one: Sequence[Mask], other: Sequence[Mask]) -> float:
    return sum(pair.iou for pair in matched([fresh(mask) for mask in one], [fresh(mask) for mask in other]).pairs)


def _every_two(one: Sequence[Mask], other: Sequence[Mask]) -> float:
    """Total of the best assignment over the full table, counted in two images of labels."""
    labels = np.stack([_labels_of(tuple(masks)) for masks in (one, other)])
    flat = np.ravel(labels[0] * (len(other) + 1) + labels[1])
    counted = np.bincount(flat, minlength=(len(one) + 1) * (len(other) + 1))
    shared = np.asarray(counted.reshape(len(one) + 1, -1)[1:, 1:], np.float64)
    area, other_area = (np.array([mask.area_px for mask in masks]) for masks in (one, other))
    table = np.asarray(shared / (area[:, None] + other_area - shared), np.float64)
    table[table < 0.1] = 0
    return float(table[linear_sum_assignment(table, maximize=True)].sum())


@cache
def _labels_of(masks: tuple[Mask, ...]) -> npt.NDArray[np.int64]:
    image = np.zeros((SIDE, SIDE), np.int64)
    for number, mask in enumerate(masks, 1):
        image[array_of(mask)] = number
    return image


def _figures(one: Sequence[Mask], other: Sequence[Mask]) -> tuple[float, float, float]:
    found = between_two([fresh(mask) for mask in one], [fresh(mask) for mask in other], SPACING)
    assert found.dice is not None
    assert isinstance(found.hd95_mm, float)
    return sum(pair.iou for pair in found.objects.pairs), found.dice, found.hd95_mm


def _mean_hd95_mm(readers: dict[str, list[Mask]]) -> float:
    found = between_all({name: [fresh(mask) for mask in masks] for name, masks in readers.items()}, SPACING).hd95_mm
    return found.mean if found else float("nan")


def _interval(values: Sequence[float]) -> tuple[float, float]:
    found = bootstrap_mean(values)
    return (found.low, found.high) if found else (float("nan"), float("nan"))


def main() -> None:
    """Print the table; fails when a figure differs from its peer's."""
    sys.stdout.write(head())
    differing = 0
    for row in rows():
        figure = measured(row, installed())
        differing += not figure["same"]
        sys.stdout.write(shown(figure))
    if differing:
        raise SystemExit("some figures differ from their peers'")


if __name__ == "__main__":
    main()
