"""Masks of the slices of one volume: how thick, how large, in how many pieces.

A stack is a sequence of masks of one image shape with their positions along the slice normal, in any order.
"""

from __future__ import annotations

from itertools import combinations_with_replacement, pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from guidelint.geometry.mask import Mask
from guidelint.geometry.measures.components import joined
from guidelint.geometry.measures.diameter import hull_points, mask_diameter_points
from guidelint.geometry.measures.surface import SurfaceDistances, border_pixels, distances_between, pixel_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.geometry.spacing import Spacing

Connectivity3D = Literal[6, 26]
Lengths = npt.NDArray[np.float64]


def slab_mm(positions_mm: Sequence[float], single_mm: float) -> Lengths:
    """Thickness (n,) each slice stands for: half the way to both neighbours; at the ends, the way to the only one.

    Slices at the same position stand for the same slab. ``single_mm`` is taken when there is one position only.
    """
    places, index = np.unique(np.asarray(positions_mm, np.float64), return_inverse=True)
    if places.size < 2:  # noqa: PLR2004 - no neighbour
        return np.full(len(positions_mm), single_mm)
    gap = np.diff(places)
    slab: Lengths = (np.append(gap[:1], gap) + np.append(gap, gap[-1:])) / 2
    return slab[index]


def volume_mm3(areas_mm2: Sequence[float], positions_mm: Sequence[float], single_mm: float) -> float:
    """Sum of area × slab over the slices: volume of what was outlined or painted on them.

    Areas to leave out are given as negative areas. This is the rule of pylidc (Annotation.volume).
    """
    return float(np.dot(np.asarray(areas_mm2, np.float64), slab_mm(positions_mm, single_mm)))


def pieces_3d(slices: Sequence[Mask], connectivity: Connectivity3D = 26) -> tuple[tuple[Mask, ...], ...]:
    """Pieces that hang together over faces (6) or over corners as well (26), each as its mask on every slice.

    ``slices``: masks of one image shape, ordered along the normal; each touches only the next.
    """
    if not slices:
        return ()
    rows, columns = slices[0].shape
    # one above the other as a single tall image, an empty row between them
    tall_shape = ((rows + 1) * len(slices), columns)
    moved = [mask.moved((rows + 1) * place, 0, tall_shape) for place, mask in enumerate(slices)]
    tall = Mask(
        np.concatenate([mask.starts for mask in moved]), np.concatenate([mask.stops for mask in moved]), tall_shape
    )
    reach = 1 if connectivity == 26 else 0  # noqa: PLR2004 - corners count
    steps = (1, rows, rows + 1, rows + 2) if reach else (1, rows + 1)
    pairs = [tall.runs_below(down, reach) for down in steps]
    label = joined(tall.starts.size, np.concatenate([a for a, _ in pairs]), np.concatenate([b for _, b in pairs]))
    return tuple(_unstacked(tall, label == piece, slices) for piece in np.unique(label))


def longest_diameter_3d_mm(slices: Sequence[Mask], positions_mm: Sequence[float], spacing: Spacing) -> float:
    """Largest distance between corners of pixel squares, each in the plane of its slice; 0 when all are empty."""
    from scipy.spatial.distance import cdist  # noqa: PLC0415 - heavy

    # the farthest corners of all are corners of the hulls of their slices
    corners = [
        _in_space(hull_points(mask_diameter_points(mask))[:, ::-1], position, spacing)
        for mask, position in zip(slices, positions_mm, strict=True)
        if mask.area_px
    ]
    farthest = (cdist(one, other).max() for one, other in combinations_with_replacement(corners, 2))
    return float(max(farthest, default=0.0))


def surface_distances_3d(
    a: Sequence[Mask], b: Sequence[Mask], positions_mm: Sequence[float], spacing: Spacing
) -> SurfaceDistances:
    """Distances both ways between the borders of two stacks on the same slices, between voxel centres.

    A border voxel has one of its six face neighbours outside; beyond the first and last slice is outside.
    """
    return distances_between(*(_border_in_space(stack, positions_mm, spacing) for stack in (a, b)))


def _in_space(places: npt.NDArray[np.float64], position_mm: float, spacing: Spacing) -> Lengths:
    """Places (n, 2) as row, column to (n, 3) millimetres: along the normal, down, right."""
    scaled = places * (spacing.row_mm, spacing.column_mm)
    return np.concatenate([np.full((len(places), 1), position_mm), scaled], axis=1)


def _border_in_space(slices: Sequence[Mask], positions_mm: Sequence[float], spacing: Spacing) -> Lengths:
    """Centres (n, 3) of the voxels with a face neighbour outside the stack."""
    borders: list[Lengths] = [np.empty((0, 3))]
    for place, (mask, position) in enumerate(zip(slices, positions_mm, strict=True)):
        beside = slices[place - 1] & slices[place + 1] if 0 < place < len(slices) - 1 else Mask.empty(mask.shape)
        uncovered = pixel_places(mask - beside)
        places = np.unique(np.concatenate([border_pixels(mask), uncovered]), axis=0)
        borders.append(_in_space(places.astype(np.float64), position, spacing))
    return np.concatenate(borders)


def _unstacked(tall: Mask, chosen: npt.NDArray[np.bool_], slices: Sequence[Mask]) -> tuple[Mask, ...]:
    """Cut the chosen runs of a tall image back into slices with an empty row between them."""
    shape = slices[0].shape
    pixels = (shape[0] + 1) * shape[1]
    starts, stops = tall.starts[chosen], tall.stops[chosen]
    cuts = np.searchsorted(starts, np.arange(len(slices) + 1) * pixels)
    return tuple(
        Mask(starts[first:last] - place * pixels, stops[first:last] - place * pixels, shape)
        for place, (first, last) in enumerate(pairwise(cuts.tolist()))
    )
