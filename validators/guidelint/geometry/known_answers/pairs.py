"""Known answers for two masks: overlap, containment, distances between their borders."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from guidelint.geometry import union
from guidelint.geometry.known_answers.answer import ROUNDING, Group, KnownAnswer, Tolerance
from guidelint.geometry.known_answers.inputs import FINE, IMAGE, TALL, UNIT, disc, rectangle
from guidelint.geometry.mask import Mask
from guidelint.geometry.measures import border_distance, overlap, surface

if TYPE_CHECKING:
    from guidelint.geometry.spacing import Spacing

APART = "squares of 10 × 10 pixels, 3 rows and 4 columns apart"
BESIDE = "squares of 10 × 10 pixels, 4 columns apart"
POINT_AND_ROW = "a pixel, and a row of 21 that begins with it"
GROWN = "square of 12 × 12 about one of 10 × 10"
DIAGONAL = "squares whose corners are 3 rows and 4 columns apart"
RIMS = Tolerance(
    1 + sqrt(2),
    "discretisation: centres of border pixels lie within 1 of their circle, and one within √2 of its points",
)


def _squares(down: int = 3, right: int = 4) -> tuple[Mask, Mask]:
    return rectangle(10, 10), rectangle(10, 10, 7 + down, 11 + right)


def _distances(spacing: Spacing = UNIT, down: int = 3, right: int = 4) -> surface.SurfaceDistances:
    return surface.surface_distances(*_squares(down, right), spacing)


def _point_and_row(spacing: Spacing = UNIT) -> surface.SurfaceDistances:
    return surface.surface_distances(rectangle(1, 1), rectangle(1, 21), spacing)


def _grown(spacing: Spacing = UNIT, mask: Mask | None = None) -> border_distance.BorderDistances:
    return border_distance.border_distances(mask or rectangle(12, 12, 6, 10), rectangle(10, 10), spacing)


def _gap_mm(spacing: Spacing, down: int = 12, right: int = 13) -> float:
    return border_distance.minimal_distance_mm(*_squares(down, right), spacing)


def _growing() -> list[Mask]:
    return [rectangle(1, columns, shape=(9, 120)) for columns in range(1, 101)]


# Two squares of 10 × 10, 4 columns apart: of the 36 border pixels of the one, the left side is 4 away from the other's
# border (10 pixels), above and below (3, 2, 1) twice, nothing 12 times, the right side (1, 2, 3, 4, 4, 3, 2, 1).
# what of what, how much; how it is measured, how the answer is derived
# fmt: off
OVERLAP = Group("Overlap", (
    KnownAnswer("pixels in any of three", APART + ", and one twice", 158, "px",
                lambda: union.united([*_squares(), rectangle(10, 10)]).area_px, "100 + 100 − 42"),
    KnownAnswer("common pixels", APART, 42, "px",
                lambda: overlap.intersection_px(*_squares()), "(10 − 3) · (10 − 4)"),
    KnownAnswer("common pixels", "squares that share an edge", 0, "px",
                lambda: overlap.intersection_px(*_squares(0, 10)), "edges have no pixels"),
    KnownAnswer("common pixels", "disc of radius 20 in a disc of radius 30", 1257, "px",
                lambda: overlap.intersection_px(disc(400), disc(900)), "the smaller: OEIS A000328"),
    KnownAnswer("IoU", APART, 42 / 158, "", lambda: overlap.iou(*_squares()), "42 / (100 + 100 − 42)", ROUNDING),
    KnownAnswer("IoU", "disc of radius 20 in a disc of radius 30", 1257 / 2821, "",
                lambda: overlap.iou(disc(400), disc(900)), "OEIS A000328", ROUNDING),
    KnownAnswer("IoU", "two empty masks", 1, "",
                lambda: overlap.iou(Mask.empty(IMAGE), Mask.empty(IMAGE)), "by definition"),
    KnownAnswer("Dice", APART, 0.42, "", lambda: overlap.dice(*_squares()), "2 · 42 / 200", ROUNDING),
    KnownAnswer("Dice", "disc of radius 20 in a disc of radius 30", 2514 / 4078, "",
                lambda: overlap.dice(disc(400), disc(900)), "2 · 1257 / (1257 + 2821)", ROUNDING),
    KnownAnswer("contained share", APART, 0.42, "",
                lambda: overlap.contained_fraction(*_squares()), "42 / 100", ROUNDING),
    KnownAnswer("contained share", "disc of radius 20 in a disc of radius 30", 1, "",
                lambda: overlap.contained_fraction(disc(400), disc(900)), "a smaller disc about the same centre"),
    KnownAnswer("common pixels, many masks", APART + ", and a third away", 42, "px",
                lambda: float(overlap.pairwise_intersections_px([*_squares(), rectangle(2, 2, 50, 50)])[1, 0]),
                "as for two"),
    KnownAnswer("common pixels, many masks: sum of the table", "100 rows, each one column longer", 338_350, "px",
                lambda: float(overlap.pairwise_intersections_px(_growing()).sum()),
                "Σ min(i, j) = Σ k² = 100 · 101 · 201 / 6"),
    KnownAnswer("IoU, many masks", APART, 42 / 158, "",
                lambda: float(overlap.pairwise_iou(_squares())[0, 1]), "as for two", ROUNDING),
    KnownAnswer("Dice, many masks", APART, 0.42, "",
                lambda: float(overlap.pairwise_dice(_squares())[0, 1]), "as for two", ROUNDING),
    KnownAnswer("sticking out", APART, 5, "mm",
                lambda: overlap.outside_distance_mm(*_squares(), UNIT), "√(3² + 4²), from corner to corner", ROUNDING),
    KnownAnswer("sticking out", APART + ", 2 × 1 mm", sqrt(52), "mm",
                lambda: overlap.outside_distance_mm(*_squares(), TALL), "√(6² + 4²)", ROUNDING),
    KnownAnswer("sticking out", APART + ", 0.5 × 0.7 mm", sqrt(10.09), "mm",
                lambda: overlap.outside_distance_mm(*_squares(), FINE), "√(1.5² + 2.8²)", ROUNDING),
    KnownAnswer("sticking out", "disc of radius 20 in a disc of radius 30", 0, "mm",
                lambda: overlap.outside_distance_mm(disc(400), disc(900), UNIT), "contained"),
    KnownAnswer("sticking out", "disc of radius 30 out of a disc of radius 20", 10, "mm",
                lambda: overlap.outside_distance_mm(disc(900), disc(400), UNIT), "30 − 20", RIMS),
))
SURFACE = Group("Distances between borders", (
    KnownAnswer("border pixels", "square of 10 × 10 pixels", 36, "px",
                lambda: len(surface.border_pixels(rectangle(10, 10))), "4 · (10 − 1)"),
    KnownAnswer("border pixels, sum of the columns", "square of 10 × 10 pixels from column 11", 558, "",
                lambda: float(surface.border_pixels(rectangle(10, 10))[:, 1].sum()), "36 · (11 + 20) / 2"),
    KnownAnswer("places of pixels, sum of the columns", "row of 21 pixels from column 11", 441, "",
                lambda: float(surface.pixel_places(rectangle(1, 21))[:, 1].sum()), "21 · (11 + 31) / 2"),
    KnownAnswer("pixels of one mask in the other", APART, 42, "px",
                lambda: int(surface.has_pixels(rectangle(10, 10), surface.pixel_places(_squares()[1])).sum()),
                "(10 − 3) · (10 − 4)"),
    KnownAnswer("Hausdorff", APART, 5, "mm", lambda: _distances().hausdorff_mm, "√(3² + 4²)", ROUNDING),
    KnownAnswer("Hausdorff", APART + ", 2 × 1 mm", sqrt(52), "mm",
                lambda: _distances(TALL).hausdorff_mm, "√(6² + 4²)", ROUNDING),
    KnownAnswer("Hausdorff", APART + ", 0.5 × 0.7 mm", sqrt(10.09), "mm",
                lambda: _distances(FINE).hausdorff_mm, "√(1.5² + 2.8²)", ROUNDING),
    KnownAnswer("Hausdorff", "discs of radius 20 and 30 about one centre", 10, "mm",
                lambda: surface.surface_distances(disc(400), disc(900), UNIT).hausdorff_mm, "30 − 20", RIMS),
    KnownAnswer("Hausdorff", "a mask and itself", 0, "mm",
                lambda: surface.surface_distances(disc(100), disc(100), FINE).hausdorff_mm, "by definition"),
    KnownAnswer("HD95, larger direction", POINT_AND_ROW, 19, "mm",
                lambda: _point_and_row().percentile_mm(95), "95 % of the way through 0, 1, …, 20", ROUNDING),
    KnownAnswer("HD95, larger direction", POINT_AND_ROW + ", 0.5 × 0.7 mm", 13.3, "mm",
                lambda: _point_and_row(FINE).percentile_mm(95), "19 · 0.7", ROUNDING),
    KnownAnswer("HD95, directions pooled", POINT_AND_ROW, 18.95, "mm",
                lambda: _point_and_row().percentile_mm(95, "pooled"), "95 % through 0, 0, 1, …, 20", ROUNDING),
    KnownAnswer("HD95, mean of directions", POINT_AND_ROW, 9.5, "mm",
                lambda: _point_and_row().percentile_mm(95, "mean"), "(0 + 19) / 2", ROUNDING),
    KnownAnswer("median distance", BESIDE, 2, "mm",
                lambda: _distances(down=0).percentile_mm(50), "16 of 36 are nearer, 16 farther", ROUNDING),
    KnownAnswer("ASSD, directions pooled", BESIDE, 2, "mm",
                lambda: _distances(down=0).mean_mm(), "(40 + 12 + 20) / 36", ROUNDING),
    KnownAnswer("ASSD, directions pooled", POINT_AND_ROW, 210 / 22, "mm",
                lambda: _point_and_row().mean_mm(), "(0 + 0 + 1 + … + 20) / 22", ROUNDING),
    KnownAnswer("ASSD, mean of directions", POINT_AND_ROW, 5, "mm",
                lambda: _point_and_row().mean_mm("mean"), "(0 + 10) / 2", ROUNDING),
    KnownAnswer("ASSD, larger direction", POINT_AND_ROW, 10, "mm",
                lambda: _point_and_row().mean_mm("larger"), "the mean of 0, 1, …, 20", ROUNDING),
    KnownAnswer("surface Dice at 2 mm", BESIDE, 5 / 9, "",
                lambda: _distances(down=0).surface_dice(2), "(12 + 2 · 2 + 4) / 36", ROUNDING),
    KnownAnswer("surface Dice at 5 mm", POINT_AND_ROW, 7 / 22, "",
                lambda: _point_and_row().surface_dice(5), "the pixel, and 0 to 5 of the row", ROUNDING),
    KnownAnswer("surface Dice at 3.5 mm", POINT_AND_ROW + ", 0.5 × 0.7 mm", 7 / 22, "",
                lambda: _point_and_row(FINE).surface_dice(3.5), "0 to 3.5 mm are 0 to 5 pixels", ROUNDING),
    KnownAnswer("Hausdorff of places", "(0, 0, 0) and (3, 4, 12)", 13, "mm",
                lambda: surface.distances_between(np.zeros((1, 3)), np.array([[3.0, 4.0, 12.0]])).hausdorff_mm,
                "√(3² + 4² + 12²)", ROUNDING),
))
GAPS = Group("Signed distances and gaps", (
    KnownAnswer("outermost", GROWN, sqrt(2), "mm", lambda: _grown().outermost_mm, "the corners", ROUNDING),
    KnownAnswer("outermost", GROWN + ", 2 × 1 mm", sqrt(5), "mm",
                lambda: _grown(TALL).outermost_mm, "the corners: √(2² + 1²)", ROUNDING),
    KnownAnswer("outermost", "square of 10 × 10 and a row above and below, 2 × 1 mm", 2, "mm",
                lambda: _grown(TALL, rectangle(12, 10, 6, 11)).outermost_mm,
                "one row", ROUNDING),
    KnownAnswer("innermost", GROWN + ", 2 × 1 mm", 1, "mm", lambda: _grown(TALL).innermost_mm, "the sides", ROUNDING),
    KnownAnswer("innermost", "square of 8 × 8 in the middle of one of 10 × 10", -1, "mm",
                lambda: _grown(UNIT, rectangle(8, 8, 8, 12)).innermost_mm,
                "all of it lies one pixel inside", ROUNDING),
    KnownAnswer("mean", GROWN, (40 + 4 * sqrt(2)) / 44, "mm",
                lambda: _grown().mean_mm, "40 pixels 1 outside, 4 corners √2", ROUNDING),
    KnownAnswer("median", GROWN, 1, "mm", lambda: _grown().median_mm, "40 of 44", ROUNDING),
    KnownAnswer("share within 0 and 1.2 mm", GROWN, 10 / 11, "",
                lambda: _grown().share_within(0, 1.2), "40 of 44", ROUNDING),
    KnownAnswer("smallest distance", DIAGONAL, 5, "mm", lambda: _gap_mm(UNIT), "√(3² + 4²)", ROUNDING),
    KnownAnswer("smallest distance", DIAGONAL + ", 2 × 1 mm", sqrt(52), "mm",
                lambda: _gap_mm(TALL), "√(6² + 4²)", ROUNDING),
    KnownAnswer("smallest distance", DIAGONAL + ", 0.5 × 0.7 mm", sqrt(10.09), "mm",
                lambda: _gap_mm(FINE), "√(1.5² + 2.8²)", ROUNDING),
    KnownAnswer("smallest distance", "squares that share an edge, 2 × 1 mm", 2, "mm",
                lambda: _gap_mm(TALL, 10, 0), "from centre to centre", ROUNDING),
    KnownAnswer("smallest distance", APART, 0, "mm", lambda: _gap_mm(FINE, 3, 4), "they overlap"),
))
# fmt: on
