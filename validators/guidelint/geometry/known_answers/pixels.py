"""Known answers for masks as sets of pixels: area, bounding box, set operations, pieces, holes, border."""

from __future__ import annotations

from math import atan, pi, sqrt

import numpy as np

from guidelint.geometry import parity
from guidelint.geometry.codecs import coco_rle
from guidelint.geometry.known_answers.answer import ROUNDING, Group, KnownAnswer, Tolerance
from guidelint.geometry.known_answers.inputs import (
    FINE,
    IMAGE,
    TALL,
    UNIT,
    checkerboard,
    diamond,
    disc,
    drawn,
    ellipse,
    frame,
    rectangle,
)
from guidelint.geometry.mask import Box, Mask
from guidelint.geometry.measures import components, perimeter

LATTICE = "points of the square lattice in a disc (Gauss's circle problem, OEIS A000328)"
APART = "squares of 10 × 10 pixels, 3 rows and 4 columns apart"
RING = "frame of 8 × 10 pixels with a hole of 4 × 4"
GAUSS = Tolerance(pi * (100 * sqrt(2) + 0.5), "discretisation: the squares lie between discs of radius r ± √½")
CROFTON = Tolerance(
    pi * (1 + 1 / sqrt(2)), "discretisation: at most one line missed or gained at either side in each of 4 directions"
)


def _box(mask: Mask) -> Box:
    if mask.box is None:
        raise ValueError("no bounding box")
    return mask.box


def _large_disc() -> Mask:
    return disc(10_000, 105, 106, (211, 213))


def _bars() -> Mask:
    return drawn("#.#", "#.#", "...", "###", "...", "#.#")


# what of what, how much; how it is measured, how the answer is derived
# fmt: off
MASKS = Group("Masks", (
    KnownAnswer("area", "rectangle of 6 × 5 pixels", 30, "px", lambda: rectangle(6, 5).area_px, "6 · 5"),
    KnownAnswer("area", "disc, radius 10 pixels", 317, "px", lambda: disc(100).area_px, LATTICE),
    KnownAnswer("area", "disc, radius 30 pixels", 2821, "px", lambda: disc(900).area_px, LATTICE),
    KnownAnswer("area", "disc, radius 100 pixels", pi * 100**2, "px", lambda: _large_disc().area_px, "π r²", GAUSS),
    KnownAnswer("area", "ellipse, radii 20 and 10 pixels", 629, "px",
                lambda: ellipse(400, 4).area_px,
                "Σ 2⌊√(400 − 4y²)⌋ + 1 = 41 + 2 · (39 + 39 + 39 + 37 + 35 + 33 + 29 + 25 + 17 + 1)"),
    KnownAnswer("bounding box, top", "rectangle from row 7", 7, "px", lambda: _box(rectangle(6, 5)).top, "as made"),
    KnownAnswer("bounding box, left", "rectangle from column 11", 11, "px",
                lambda: _box(rectangle(6, 5)).left, "as made"),
    KnownAnswer("bounding box, rows", "ellipse, radii 20 and 10 pixels", 21, "px",
                lambda: _box(ellipse(400, 4)).shape[0], "2 · 10 + 1"),
    KnownAnswer("bounding box, columns", "ellipse, radii 20 and 10 pixels", 41, "px",
                lambda: _box(ellipse(400, 4)).shape[1], "2 · 20 + 1"),
    KnownAnswer("pixels of the crop", RING, 64, "px",
                lambda: float(frame(8, 10, 4, 4).crop.sum()), "8 · 10 − 4 · 4"),
    KnownAnswer("mask from a crop, within the mask", "diamond, reach 5 pixels", 61, "px",
                lambda: (Mask.from_crop(diamond(5).crop, 15, 25, IMAGE) & diamond(5)).area_px, "2 · 5 · 6 + 1"),
    KnownAnswer("runs", "40 pixels on, from the last of a row of 16", 4, "",
                lambda: Mask.from_runs([15], [55], (4, 16)).starts.size, "1 + 16 + 16 + 7: cut at the end of each row"),
    KnownAnswer("intersection", APART, 42, "px",
                lambda: (rectangle(10, 10) & rectangle(10, 10, 10, 15)).area_px, "(10 − 3) · (10 − 4)"),
    KnownAnswer("union", APART, 158, "px",
                lambda: (rectangle(10, 10) | rectangle(10, 10, 10, 15)).area_px, "100 + 100 − 42"),
    KnownAnswer("difference", APART, 58, "px",
                lambda: (rectangle(10, 10) - rectangle(10, 10, 10, 15)).area_px, "100 − 42"),
    KnownAnswer("in an odd number of the masks", APART, 116, "px",
                lambda: parity.in_odd_number([rectangle(10, 10), rectangle(10, 10, 10, 15)]).area_px,
                "100 + 100 − 2 · 42"),
    KnownAnswer("moved mask, less its old place", "square of 10 × 10 pixels, by 3 rows and 4 columns", 58, "px",
                lambda: (rectangle(10, 10).moved(3, 4, IMAGE) - rectangle(10, 10)).area_px, "100 − 42"),
    KnownAnswer("mirrored at the diagonal, left column", "rectangle of 6 × 5 pixels from row 7", 7, "px",
                lambda: _box(coco_rle.transposed(rectangle(6, 5))).left, "rows become columns"),
))
PIECES = Group("Pieces and holes", (
    KnownAnswer("pieces over edges", "checkerboard of 8 × 8", 32, "",
                lambda: len(components.components(checkerboard(8), 4)), "8 · 8 / 2: no two share an edge"),
    KnownAnswer("pieces over corners", "checkerboard of 8 × 8", 1, "",
                lambda: len(components.components(checkerboard(8), 8)), "all hang together over corners"),
    KnownAnswer("pieces over edges", "squares that share a corner", 2, "",
                lambda: len(components.components(rectangle(3, 3, 2, 2) | rectangle(3, 3, 5, 5), 4)), "by definition"),
    KnownAnswer("pieces over corners", "squares that share a corner", 1, "",
                lambda: len(components.components(rectangle(3, 3, 2, 2) | rectangle(3, 3, 5, 5))), "by definition"),
    KnownAnswer("pieces over edges", "comb of 12 teeth", 1, "",
                lambda: len(components.components(drawn(*["#." * 12] * 9, "#" * 24), 4)), "joined in the last row"),
    KnownAnswer("pieces over edges", "five bars", 5, "", lambda: len(components.components(_bars(), 4)), "as drawn"),
    KnownAnswer("number of pieces over edges", "checkerboard of 8 × 8", 32, "",
                lambda: components.count_components(checkerboard(8), 4), "8 · 8 / 2"),
    KnownAnswer("area of the second piece", "five bars", 2, "px",
                lambda: components.components(_bars(), 4)[1].area_px, "pieces stand in the order of their first pixel"),
    KnownAnswer("runs of the second piece", "five bars", 2, "",
                lambda: int((components.run_labels(_bars(), 4) == 1).sum()), "one in each of two rows"),
    KnownAnswer("things joined to the first", "six things, pairs 0–3, 5–3 and 1–2", 3, "",
                lambda: int((components.joined(6, np.array([0, 5, 1]), np.array([3, 3, 2])) == 0).sum()), "0, 3 and 5"),
    KnownAnswer("holes", RING, 1, "", lambda: len(components.holes(frame(8, 10, 4, 4))), "as made"),
    KnownAnswer("area of the hole", RING, 16, "px",
                lambda: sum(hole.area_px for hole in components.holes(frame(8, 10, 4, 4))), "4 · 4"),
    KnownAnswer("holes, pieces over corners", "checkerboard of 8 × 8", 18, "",
                lambda: len(components.holes(checkerboard(8), 8)), "gaps not on the border: 6 · 6 / 2"),
    KnownAnswer("holes, pieces over edges", "checkerboard of 8 × 8", 0, "",
                lambda: len(components.holes(checkerboard(8), 4)), "all gaps reach the border over corners"),
    KnownAnswer("Euler number, pieces over corners", "checkerboard of 8 × 8", -17, "",
                lambda: components.euler_number(checkerboard(8), 8), "1 piece − 18 holes"),
    KnownAnswer("Euler number, pieces over edges", "checkerboard of 8 × 8", 32, "",
                lambda: components.euler_number(checkerboard(8), 4), "32 pieces − 0 holes"),
    KnownAnswer("Euler number", "pixel within a ring", 1, "",
                lambda: components.euler_number(drawn("#####", "#...#", "#.#.#", "#...#", "#####")),
                "2 pieces − 1 hole"),
))
BORDER = Group("Perimeter", (
    KnownAnswer("perimeter, edges", "rectangle of 6 × 5 pixels", 22, "mm",
                lambda: perimeter.perimeter_mm(rectangle(6, 5), UNIT, "edges"), "2 · (6 + 5)"),
    KnownAnswer("perimeter, edges", "rectangle of 6 × 5 pixels of 2 × 1 mm", 34, "mm",
                lambda: perimeter.perimeter_mm(rectangle(6, 5), TALL, "edges"), "2 · (6 · 2 + 5 · 1)"),
    KnownAnswer("perimeter, edges", "rectangle of 6 × 5 pixels of 0.5 × 0.7 mm", 13, "mm",
                lambda: perimeter.perimeter_mm(rectangle(6, 5), FINE, "edges"), "2 · (6 · 0.5 + 5 · 0.7)", ROUNDING),
    KnownAnswer("perimeter, edges", RING, 52, "mm",
                lambda: perimeter.perimeter_mm(frame(8, 10, 4, 4), UNIT, "edges"), "2 · (8 + 10) + 2 · (4 + 4)"),
    KnownAnswer("perimeter, edges", "disc, radius 10 pixels", 84, "mm",
                lambda: perimeter.perimeter_mm(disc(100), UNIT, "edges"), "that of its bounding box, 4 · 21"),
    KnownAnswer("perimeter, Crofton", "rectangle of 6 × 5 pixels", pi / 8 * (2 * 6 + 2 * 5 + sqrt(2) * 20), "mm",
                lambda: perimeter.perimeter_mm(rectangle(6, 5), UNIT),
                "π/8 · (2 · 6 rows + 2 · 5 columns + √2 · (10 + 10) diagonals)", ROUNDING),
    KnownAnswer("perimeter, Crofton", "rectangle of 6 × 5 pixels of 2 × 1 mm",
                12 * atan(2) + 5 * atan(1 / 2) + 10 * pi / sqrt(5), "mm",
                lambda: perimeter.perimeter_mm(rectangle(6, 5), TALL),
                "6 rows 2 mm apart, 5 columns 1 mm, 10 + 10 diagonals 2/√5 mm; angles atan 2, atan ½, π/4, π/4",
                ROUNDING),
    KnownAnswer("perimeter, Crofton", "disc, radius 10 pixels", pi / 8 * (84 + 58 * sqrt(2)), "mm",
                lambda: perimeter.perimeter_mm(disc(100), UNIT),
                "π/8 · (2 · 21 rows + 2 · 21 columns + √2 · (29 + 29) diagonals, those k with ⌈k²/2⌉ ≤ 100)", ROUNDING),
    KnownAnswer("perimeter, Crofton", "disc, radius 100 pixels", 2 * pi * 100, "mm",
                lambda: perimeter.perimeter_mm(_large_disc(), UNIT), "2 π r", CROFTON),
))
# fmt: on
