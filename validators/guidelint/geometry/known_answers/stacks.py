"""Known answers for masks on slices: slabs, volumes, pieces, diameters, distances, with uneven positions."""

from __future__ import annotations

from math import pi, sqrt
from typing import TYPE_CHECKING

from guidelint.geometry.known_answers.answer import ROUNDING, Group, KnownAnswer, Tolerance
from guidelint.geometry.known_answers.inputs import FINE, IMAGE, TALL, UNIT, disc, rectangle
from guidelint.geometry.mask import Mask
from guidelint.geometry.measures import volume

if TYPE_CHECKING:
    from guidelint.geometry.measures.surface import SurfaceDistances

UNEVEN_MM = (0.0, 1.0, 3.0, 7.0)
HALVES = tuple(k + 0.5 for k in range(-10, 10))
MIDPOINT = Tolerance(
    pi * 20 * 15 / 60 + 1e-9, "discretisation: midpoint rule, h² / 24 · length · largest second derivative"
)


def _cubes(row: int, column: int) -> list[Mask]:
    """Two cubes of 3 × 3 × 3, one under the other, the second beginning at ``row``, ``column``."""
    return [rectangle(3, 3, 2, 2)] * 3 + [rectangle(3, 3, row, column)] * 3


def _voxel_distance_mm(*, fine: bool) -> float:
    none = Mask.empty(IMAGE)
    first, last = [rectangle(1, 1), none, none], [none, none, rectangle(1, 1, 10, 15)]
    return volume.surface_distances_3d(first, last, (0, 5, 12), FINE if fine else UNIT).hausdorff_mm


def _cube_moved_along() -> SurfaceDistances:
    cube, none = [rectangle(5, 5)] * 5, [Mask.empty(IMAGE)] * 2
    return volume.surface_distances_3d([*cube, *none], [*none, *cube], range(0, 21, 3), UNIT)


# Slabs of slices at 0, 1, 3 and 7 mm: 1, (1 + 2) / 2, (2 + 4) / 2 and 4 mm, together 9.5 mm.

# what of what, how much; how it is measured, how the answer is derived
# fmt: off
VOLUMES = Group("Volumes", (
    KnownAnswer("slab of the third slice", "slices at 0, 1, 3, 7 mm", 3, "mm",
                lambda: float(volume.slab_mm(UNEVEN_MM, 1)[2]), "(2 + 4) / 2"),
    KnownAnswer("slab of the last slice", "slices at 0, 1, 3, 7 mm", 4, "mm",
                lambda: float(volume.slab_mm(UNEVEN_MM, 1)[3]), "the way to the only neighbour"),
    KnownAnswer("volume", "disc of 317 pixels on slices at 0, 1, 3, 7 mm", 3011.5, "mm³",
                lambda: volume.volume_mm3([disc(100).area_px] * 4, UNEVEN_MM, 1), "317 · 9.5", ROUNDING),
    KnownAnswer("volume", "areas 1, 2, 3, 4 mm² at 7, 0, 3, 1 mm", 21, "mm³",
                lambda: volume.volume_mm3((1, 2, 3, 4), (7, 0, 3, 1), 1), "4 + 2 + 9 + 6: in any order", ROUNDING),
    KnownAnswer("volume", "10 mm² on one slice 2.5 mm thick", 25, "mm³",
                lambda: volume.volume_mm3([10], [42], 2.5), "10 · 2.5", ROUNDING),
    KnownAnswer("volume", "3 and 4 mm² on one slice, 5 mm² on the next, 2 mm apart", 24, "mm³",
                lambda: volume.volume_mm3((3, 4, 5), (0, 0, 2), 1), "(3 + 4 + 5) · 2", ROUNDING),
    KnownAnswer("volume", "100 mm² less a hole of 36 mm², slices 1.5 mm apart", 192, "mm³",
                lambda: volume.volume_mm3((100, -36, 100, -36), (0, 0, 1.5, 1.5), 1), "2 · 64 · 1.5", ROUNDING),
    KnownAnswer("volume", "ball of voxels, radius 10", 4169, "mm³",
                lambda: volume.volume_mm3([disc(100 - z * z).area_px for z in range(-10, 11)], range(-10, 11), 1),
                "points of the cubic lattice in a ball (OEIS A000605)", ROUNDING),
    KnownAnswer("volume", "ellipsoid, radii 20, 15 and 10 mm, outlines on 20 slices", 4 / 3 * pi * 20 * 15 * 10, "mm³",
                lambda: volume.volume_mm3([pi * 20 * 15 * (1 - z * z / 100) for z in HALVES], HALVES, 1), "4/3 π a b c",
                MIDPOINT),
    KnownAnswer("volume", "the same, as the sum it is", 13.35 * pi * 20 * 15, "mm³",
                lambda: volume.volume_mm3([pi * 20 * 15 * (1 - z * z / 100) for z in HALVES], HALVES, 1),
                "π a b (20 − 20 · 399 / 12 / 100)", Tolerance(1e-9, ROUNDING.reason)),
    KnownAnswer("pieces over corners", "cubes that share a corner", 1, "",
                lambda: len(volume.pieces_3d(_cubes(5, 5))), "26 neighbours"),
    KnownAnswer("pieces over faces", "cubes that share a corner", 2, "",
                lambda: len(volume.pieces_3d(_cubes(5, 5), 6)), "6 neighbours"),
    KnownAnswer("pieces over faces", "cubes that share one face of a voxel", 1, "",
                lambda: len(volume.pieces_3d(_cubes(4, 4), 6)), "6 neighbours"),
    KnownAnswer("pieces over corners", "cubes one voxel apart", 2, "",
                lambda: len(volume.pieces_3d(_cubes(6, 5))), "no neighbours"),
    KnownAnswer("voxels of the second piece", "cubes one voxel apart", 27, "",
                lambda: sum(mask.area_px for mask in volume.pieces_3d(_cubes(6, 5))[1]), "3 · 3 · 3"),
    KnownAnswer("pieces over corners", "cube, empty slice, cube", 2, "",
                lambda: len(volume.pieces_3d([rectangle(3, 3), Mask.empty(IMAGE), rectangle(3, 3)])), "a gap parts"),
    KnownAnswer("pieces over faces", "two pillars on one base", 1, "",
                lambda: len(volume.pieces_3d([rectangle(3, 3) | rectangle(3, 3, 7, 20)] * 4 + [rectangle(3, 12)], 6)),
                "joined in the last slice"),
    KnownAnswer("longest diameter in space", "3 × 4 pixels on slices at 0, 5, 12 mm", 13, "mm",
                lambda: volume.longest_diameter_3d_mm([rectangle(3, 4)] * 3, (0, 5, 12), UNIT), "√(3² + 4² + 12²)",
                ROUNDING),
    KnownAnswer("longest diameter in space", "6 × 5 pixels of 2 × 1 mm on slices at 0, 10, 84 mm", 85, "mm",
                lambda: volume.longest_diameter_3d_mm([rectangle(6, 5)] * 3, (0, 10, 84), TALL), "√(12² + 5² + 84²)",
                ROUNDING),
    KnownAnswer("Hausdorff in space", "voxels 3 rows, 4 columns, 12 mm apart", 13, "mm",
                lambda: _voxel_distance_mm(fine=False), "√(3² + 4² + 12²)", ROUNDING),
    KnownAnswer("Hausdorff in space", "voxels 3 rows, 4 columns, 12 mm apart, 0.5 × 0.7 mm", sqrt(154.09), "mm",
                lambda: _voxel_distance_mm(fine=True), "√(1.5² + 2.8² + 12²)", ROUNDING),
    KnownAnswer("Hausdorff in space", "cubes of 5 × 5 × 5, two slices of 3 mm apart", 6, "mm",
                lambda: _cube_moved_along().hausdorff_mm, "2 · 3",
                ROUNDING),
    KnownAnswer("border voxels", "cube of 5 × 5 × 5", 98, "",
                lambda: _cube_moved_along().there_mm.size,
                "125 − 27"),
))
# fmt: on
