"""Known answers for outlines: which pixels they hold, their areas, gaps and faults as drawn."""

from __future__ import annotations

from math import atan2, degrees, pi, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np

from guidelint.geometry import raster
from guidelint.geometry.known_answers.answer import ROUNDING, Group, KnownAnswer, Tolerance
from guidelint.geometry.known_answers.inputs import FINE, IMAGE, TALL, UNIT, disc, points, rectangle
from guidelint.geometry.measures import crossing, many_outlines, outline

if TYPE_CHECKING:
    import numpy.typing as npt

    from guidelint.geometry.mask import Mask

TILT = degrees(atan2(3, 4))
"""The angle of the 3-4-5 triangle: a rectangle of 10 × 5 turned by it has whole-numbered corners."""
TURNED = "box of 10 × 5 turned by atan ¾ about its top-left corner, corners on centres"
CENTRES = "triangle 3-4-5, corners on pixel centres"
BOW_TIE = ((0, 0), (4, 4), (4, 0), (0, 4))
SQUARE = ((11, 7), (16, 7), (16, 12), (11, 12))
KEYHOLE = ((2, 2), (12, 2), (12, 12), (2, 12), (2, 2), (5, 5), (5, 9), (9, 9), (9, 5), (5, 5))
TOUCHING = ((0, 0), (4, 0), (2, 2), (4, 4), (0, 4), (2, 2))
CONVEX = Tolerance(
    2 * pi * sqrt(360) * sqrt(0.5) + pi / 2, "discretisation: the squares lie within √½ of the outline, P · √½ + π/2"
)


def _pixels(boundary: raster.Boundary, *pairs: tuple[float, float]) -> int:
    return raster.polygon_mask(points(*pairs), IMAGE, boundary).area_px


def _triangle(boundary: raster.Boundary, corner: float) -> int:
    return _pixels(boundary, (corner, corner), (corner + 4, corner), (corner, corner + 3))


def _turned(boundary: raster.Boundary) -> int:
    return raster.polygon_mask(raster.rectangle_points(20.5, 10.5, 10, 5, TILT), IMAGE, boundary).area_px


def _ellipse(radius_x: float, radius_y: float, rotation_deg: float, boundary: raster.Boundary = "inside") -> int:
    return raster.ellipse_mask(40.5, 31.5, radius_x, radius_y, rotation_deg, IMAGE, boundary).area_px


def _slanted() -> Mask:
    return raster.ellipse_mask(40.5, 31.5, sqrt(200), sqrt(50), 45, IMAGE, "inside")


def _common(one: Mask, other: Mask) -> int:
    return (one & other).area_px


def _corner(index: int, axis: int, rotation_deg: float) -> float:
    return float(raster.rectangle_points(20, 10, 10, 5, rotation_deg)[index, axis])


def _regular(count: int) -> npt.NDArray[np.float64]:
    angle = np.arange(count) * (2 * pi / count)
    return np.stack([50 + 40 * np.cos(angle), 50 + 40 * np.sin(angle)], axis=1)


def _fault_x(*pairs: tuple[float, float]) -> float:
    fault = outline.invalid_reason(points(*pairs))
    return np.nan if fault is None else fault.x


def _outlines(*outlines: tuple[tuple[float, float], ...]) -> list[outline.Points]:
    return [points(*pairs) for pairs in outlines]


def _many(*outlines: tuple[tuple[float, float], ...]) -> many_outlines.ManyOutlines:
    return many_outlines.ManyOutlines(_outlines(*outlines))


def _crossing_x(*pairs: tuple[float, float]) -> float:
    found = crossing.self_crossing(points(*pairs))
    return np.nan if found is None else found.x


# A polygon with its corners on pixel centres holds A + B/2 + 1 centres with those on the outline, A − B/2 + 1 without,
# A its area and B the centres on the outline: the sums of the greatest common divisors of its sides (Pick's theorem).

# what of what, how much; how it is measured, how the answer is derived
# fmt: off
RASTERS = Group("Outlines to pixels", (
    KnownAnswer("pixels", "square from corner to corner of pixels, 5 × 5", 25, "px",
                lambda: _pixels("inside", (3, 4), (8, 4), (8, 9), (3, 9)), "25 centres, none on the outline"),
    KnownAnswer("pixels", "square moved by 0.4 pixel", 25, "px",
                lambda: _pixels("outside", (3.4, 4.4), (8.4, 4.4), (8.4, 9.4), (3.4, 9.4)), "the same 25 centres"),
    KnownAnswer("pixels, outline counts", "square of 5 × 5, corners on pixel centres", 36, "px",
                lambda: _pixels("inside", (3.5, 4.5), (8.5, 4.5), (8.5, 9.5), (3.5, 9.5)), "6 · 6"),
    KnownAnswer("pixels, outline does not count", "square of 5 × 5, corners on pixel centres", 16, "px",
                lambda: _pixels("outside", (3.5, 4.5), (8.5, 4.5), (8.5, 9.5), (3.5, 9.5)), "4 · 4"),
    KnownAnswer("pixels", "triangle 3-4-5, corners on pixel corners", 6, "px",
                lambda: _triangle("inside", 5), "centres with 3i + 4j < 8½: 3 + 2 + 1"),
    KnownAnswer("pixels, outline counts", CENTRES, 11, "px", lambda: _triangle("inside", 5.5), "Pick: 6 + 8/2 + 1"),
    KnownAnswer("pixels, outline does not count", CENTRES, 3, "px",
                lambda: _triangle("outside", 5.5), "Pick: 6 − 8/2 + 1"),
    KnownAnswer("pixels, outline counts", TURNED, 54, "px", lambda: _turned("inside"), "Pick: 50 + 6/2 + 1"),
    KnownAnswer("pixels, outline does not count", TURNED, 48, "px",
                lambda: _turned("outside"), "Pick: 50 − 6/2 + 1"),
    KnownAnswer("pixels", "square about a square, joined by a cut", 84, "px",
                lambda: _pixels("inside", *KEYHOLE),
                "even-odd rule: 100 − 16"),
    KnownAnswer("pixels", "square drawn twice over", 0, "px",
                lambda: _pixels("inside", *[(3, 4), (8, 4), (8, 9), (3, 9)] * 2), "even-odd rule: twice is not at all"),
    KnownAnswer("pixels", "square half outside the image", 10, "px",
                lambda: _pixels("inside", (-3, -5), (2, -5), (2, 5), (-3, 5)), "2 · 5 within"),
    KnownAnswer("pixels of two, common", "the same square, drawn and made", 25, "px",
                lambda: _common(raster.polygon_mask(points(*SQUARE), IMAGE), rectangle(5, 5)),
                "row 7 is the eighth from the top"),
    KnownAnswer("pixels, outline counts", "disc, radius 10", 317, "px", lambda: _ellipse(10, 10, 0), "OEIS A000328"),
    KnownAnswer("pixels, outline does not count", "disc, radius 10", 305, "px",
                lambda: _ellipse(10, 10, 0, "outside"),
                "317 less the 12 on it: (±10, 0), (0, ±10), (±6, ±8), (±8, ±6)"),
    KnownAnswer("pixels of two, common", "disc, radius 30, drawn and made", 2821, "px",
                lambda: _common(raster.ellipse_mask(40.5, 31.5, 30, 30, 77, IMAGE, "inside"), disc(900)),
                "OEIS A000328"),
    KnownAnswer("pixels, outline counts", "ellipse, radii 20 and 10", 629, "px",
                lambda: _ellipse(20, 10, 0), "Σ 2⌊√(400 − 4y²)⌋ + 1"),
    KnownAnswer("pixels, outline does not count", "ellipse, radii 20 and 10", 617, "px",
                lambda: _ellipse(20, 10, 0, "outside"), "629 less (±20, 0), (0, ±10), (±12, ±8), (±16, ±6)"),
    KnownAnswer("rows", "ellipse, radii 20 and 10, turned by 90°", 41, "px",
                lambda: len(set(raster.ellipse_mask(40.5, 31.5, 20, 10, 90, IMAGE, "inside").starts // 96)),
                "2 · 20 + 1"),
    KnownAnswer("pixels, outline counts", "ellipse, radii √200 and √50, turned by 45°", 319, "px",
                lambda: _slanted().area_px,
                "u² + 4v² ≤ 400, u − v even: 21 + 2 · (20 + 19 + 20 + 19 + 18 + 17 + 14 + 13 + 8 + 1)"),
    KnownAnswer("pixel 9 to the right and 9 down", "the same: clockwise on the screen", 1, "px",
                lambda: _common(_slanted(), rectangle(1, 1, 40, 49)),
                "(9, 9) is within √200 along the long axis"),
    KnownAnswer("pixels", "ellipse, radii 24 and 12, turned by 30°", 288 * pi, "px",
                lambda: _ellipse(24, 12, 30), "π · 24 · 12", CONVEX),
))
OUTLINES = Group("Outlines as drawn", (
    KnownAnswer("turned corner, x", "box of 10 × 5 at x 20, y 10, by 90°: top right", 20, "px",
                lambda: _corner(1, 0, 90), "20 + 10 · cos 90°"),
    KnownAnswer("turned corner, y", "box of 10 × 5 at x 20, y 10, by 90°: top right", 20, "px",
                lambda: _corner(1, 1, 90), "10 + 10 · sin 90°: clockwise, y runs down"),
    KnownAnswer("turned corner, x", "box of 10 × 5 at x 20, y 10, by atan ¾: bottom right", 25, "px",
                lambda: _corner(2, 0, TILT), "20 + 10 · 0.8 − 5 · 0.6", ROUNDING),
    KnownAnswer("turned corner, y", "box of 10 × 5 at x 20, y 10, by atan ¾: bottom right", 20, "px",
                lambda: _corner(2, 1, TILT), "10 + 10 · 0.6 + 5 · 0.8", ROUNDING),
    KnownAnswer("point of an ellipse, x", "radii 20 and 10 about x 40, turned by 90°: the first", 40, "px",
                lambda: float(raster.ellipse_points(40, 30, 20, 10, 90)[0, 0]), "40 + 20 · cos 90°"),
    KnownAnswer("area", "triangle 3-4-5", 6, "mm²",
                lambda: outline.area_mm2(points((5, 5), (9, 5), (5, 8)), UNIT), "3 · 4 / 2"),
    KnownAnswer("area", "triangle 3-4-5, 2 × 1 mm", 12, "mm²",
                lambda: outline.area_mm2(points((5, 5), (9, 5), (5, 8)), TALL), "6 · 4 / 2"),
    KnownAnswer("area", "triangle 3-4-5, 0.5 × 0.7 mm", 2.1, "mm²",
                lambda: outline.area_mm2(points((5, 5), (9, 5), (5, 8)), FINE), "1.5 · 2.8 / 2", ROUNDING),
    KnownAnswer("area", "regular polygon, 360 corners, radius 40", 180 * 1600 * sin(pi / 180), "mm²",
                lambda: outline.area_mm2(_regular(360), UNIT), "n/2 · r² · sin(2π/n)",
                Tolerance(1e-9, ROUNDING.reason)),
    KnownAnswer("area", "ellipse of 128 corners, radii 20 and 10, turned by 30°", 12_800 * sin(pi / 64), "mm²",
                lambda: outline.area_mm2(raster.ellipse_points(40, 30, 20, 10, 30), UNIT), "n/2 · a b · sin(2π/n)",
                Tolerance(1e-9, ROUNDING.reason)),
    KnownAnswer("closing gap", "from (7, 2) to (3, 5)", 5, "mm",
                lambda: outline.closing_gap_mm(points((3, 5), (9, 9), (7, 2)), UNIT), "√(4² + 3²)"),
    KnownAnswer("closing gap", "from (7, 2) to (3, 5), 2 × 1 mm", sqrt(52), "mm",
                lambda: outline.closing_gap_mm(points((3, 5), (9, 9), (7, 2)), TALL), "√(4² + 6²)", ROUNDING),
    KnownAnswer("closing gap", "from (7, 2) to (3, 5), 0.5 × 0.7 mm", sqrt(10.09), "mm",
                lambda: outline.closing_gap_mm(points((3, 5), (9, 9), (7, 2)), FINE), "√(2.8² + 1.5²)", ROUNDING),
    KnownAnswer("repeated vertices", "square that comes by its first corner twice", 2, "",
                lambda: len(outline.repeated_vertices(points((0, 0), (4, 0), (0, 0), (4, 4), (0, 4), (0, 0)))),
                "as made"),
    KnownAnswer("vertices repeated at once", "square with a corner marked twice", 1, "",
                lambda: len(outline.consecutive_repeats(points((0, 0), (4, 0), (4, 0), (4, 4), (0, 4)))), "as made"),
    KnownAnswer("distinct vertices, sum of x", "square with its first corner, (1, 1), repeated at the end", 10, "px",
                lambda: float(outline.distinct_points(points((1, 1), (4, 1), (4, 4), (1, 4), (1, 1)))[:, 0].sum()),
                "1 + 4 + 4 + 1"),
    KnownAnswer("faults", "square", 0, "",
                lambda: outline.invalid_reason(points((0, 0), (4, 0), (4, 4), (0, 4))) is not None,
                "simple and closed"),
    KnownAnswer("place of the fault, x", "bow tie", 2, "px",
                lambda: _fault_x(*BOW_TIE), "its diagonals cross at (2, 2)"),
    KnownAnswer("place of the fault, x", "outline that touches itself", 2, "px",
                lambda: _fault_x(*TOUCHING), "it comes by (2, 2) twice"),
    KnownAnswer("place of the crossing, x", "bow tie", 2, "px",
                lambda: _crossing_x(*BOW_TIE), "its diagonals cross at (2, 2)"),
    KnownAnswer("crossings", "square", 0, "",
                lambda: crossing.self_crossing(points((0, 0), (4, 0), (4, 4), (0, 4))) is not None,
                "it runs once around"),
    KnownAnswer("outlines that are simple", "square, bow tie and square", 2, "",
                lambda: int(_many(SQUARE, BOW_TIE, SQUARE).simple().sum()),
                "the bow tie crosses itself"),
    KnownAnswer("outlines with vertices apart", "square, outline that touches itself", 1, "",
                lambda: int(_many(SQUARE, TOUCHING).apart().sum()), "the other comes by (2, 2) twice"),
    KnownAnswer("outlines that enclose an area", "square and bow tie", 1, "",
                lambda: int(_many(SQUARE, BOW_TIE).enclosing().sum()), "the halves of the bow tie turn either way"),
))
# fmt: on
