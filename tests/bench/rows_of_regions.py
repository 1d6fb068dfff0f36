"""Rows of measures of one region against scikit-image and scipy, which look at the whole image."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import ndimage
from tests.bench.inputs import Kind, Pixels, array_of, fresh, mask_of, pixels
from tests.bench.row import UNIT, Goal, Least, Row, close, equal, peer

from guidelint.geometry.measures.components import components, euler_number, holes
from guidelint.geometry.measures.diameter import longest_diameter, mask_diameter_points
from guidelint.geometry.measures.perimeter import perimeter_mm
from guidelint.geometry.morphology import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guidelint.geometry.mask import Mask

MEASURES: dict[Kind, Goal] = {"blob": Goal(70, 70), "rough": Goal(14, 14), "ragged": Goal(14, 14)}
RADIUS_MM = 5.0


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a mask, ours and a peer's."""

    name: str
    peer: str
    ours: Callable[[Mask], Any]
    theirs: Callable[[Pixels], Any]
    same: Callable[[Any, Any], bool]


def of_regions(kind: Kind, side: int) -> Iterator[Row]:
    """Five measures, one by one and together."""
    array = pixels(kind, side)
    mask = mask_of(array)
    row = partial(Row, given=kind, side=side, runs=mask.starts.size)
    every = tuple(measures())
    for one in every:
        yield row(
            kernel=one.name,
            peer=one.peer,
            ours=partial(_ours, (one,), mask),
            theirs=partial(_theirs, (one,), array),
            same=partial(_same, (one,)),
            goal=None if one.name == "area" else MEASURES[kind],
            least=_neighbours(mask),
        )
    yield row(
        kernel="all five measures",
        peer="scikit-image, scipy",
        ours=partial(_ours, every, mask),
        theirs=partial(_theirs, every, array),
        same=partial(_same, every),
        goal=MEASURES[kind],
        least=_neighbours(mask),
    )


def _neighbours(mask: Mask) -> Least:
    """What every measure of pieces begins with: which runs lie side by side."""
    starts, stops, columns = mask.starts, mask.stops, mask.shape[1]

    def swept() -> object:
        from guidelint.geometry.kernels.runs import shared_below  # noqa: PLC0415 - loads numba

        return shared_below(starts, stops, columns)

    return Least(
        lambda: np.searchsorted(stops, starts + columns),
        "one `numpy.searchsorted`: of each run the first below it",
        swept,
        "one pass over the runs and those of the row above, which only counts",
    )


def measures() -> Iterator[Measure]:
    """The measures whose peer is installed."""
    yield Measure("area", "numpy.count_nonzero", _area, np.count_nonzero, equal)
    yield Measure("holes", "scipy binary_fill_holes, label", _holes, _filled, equal)
    if measure := peer("skimage.measure"):
        yield Measure("components", "skimage.measure.label", _pieces, partial(_labels, measure), equal)
        euler = partial(measure.euler_number, connectivity=2)
        yield Measure("Euler number", "skimage.measure.euler_number", euler_number, euler, equal)
        crofton = partial(measure.perimeter_crofton, directions=4)
        yield Measure("perimeter", "skimage.measure.perimeter_crofton", _perimeter, crofton, close)


def _area(mask: Mask) -> int:
    return mask.area_px


def _pieces(mask: Mask) -> int:
    return len(components(mask))


def _labels(measure: Any, array: Pixels) -> int:
    return int(measure.label(array, connectivity=2, return_num=True)[1])


def _holes(mask: Mask) -> int:
    return len(holes(mask))


def _filled(array: Pixels) -> int:
    return int(ndimage.label(ndimage.binary_fill_holes(array) & ~array)[1])


def _perimeter(mask: Mask) -> float:
    return perimeter_mm(mask, UNIT)


def _ours(chosen: tuple[Measure, ...], mask: Mask) -> list[Any]:
    again = fresh(mask)
    return [one.ours(again) for one in chosen]


def _theirs(chosen: tuple[Measure, ...], array: Pixels) -> list[Any]:
    return [one.theirs(array) for one in chosen]


def _same(chosen: tuple[Measure, ...], ours: list[Any], theirs: list[Any]) -> bool:
    return all(one.same(a, b) for one, a, b in zip(chosen, ours, theirs, strict=True))


def of_shapes(kind: Kind, side: int) -> Iterator[Row]:
    """Diameter and opening."""
    array = pixels(kind, side)
    mask = mask_of(array)
    row = partial(Row, given=kind, side=side, runs=mask.starts.size)
    if measure := peer("skimage.measure"):
        yield row(
            kernel="longest diameter",
            peer="skimage regionprops feret_diameter_max",
            ours=lambda: longest_diameter(mask_diameter_points(fresh(mask)), UNIT).length_mm,
            theirs=lambda: measure.regionprops(array.astype(np.uint8))[0].feret_diameter_max,
            # scikit-image measures on a contour through the middles of pixel edges, we between corners of pixels
            same=lambda ours, theirs: abs(ours - theirs) < 1.5,
        )
    offset = np.arange(-int(RADIUS_MM), int(RADIUS_MM) + 1)
    disc = np.add.outer(offset**2, offset**2) <= RADIUS_MM**2
    yield row(
        kernel="opening by 5 pixels",
        peer="scipy binary_opening",
        ours=lambda: opened(fresh(mask), RADIUS_MM, UNIT),
        theirs=lambda: np.asarray(ndimage.binary_opening(array, disc)),
        same=lambda ours, theirs: np.array_equal(array_of(ours), theirs),
    )
