"""Known answers for the form of masks: centre, hull, Feret diameters, boxes, ratios; diameters of points."""

from __future__ import annotations

from math import pi, sqrt
from typing import TYPE_CHECKING

from guidelint.geometry import raster
from guidelint.geometry.known_answers.answer import ROUNDING, Group, KnownAnswer
from guidelint.geometry.known_answers.inputs import FINE, TALL, UNIT, diamond, disc, letter_l, points, rectangle
from guidelint.geometry.measures import diameter, form, thickness
from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from guidelint.geometry.mask import Mask

HEXAGON = ((10, 0), (5, 5 * sqrt(3)), (-5, 5 * sqrt(3)), (-10, 0), (-5, -5 * sqrt(3)), (5, -5 * sqrt(3)))
DIAMOND = "diamond, reach 5 pixels"
L = "letter L: square of 10 × 10 pixels less its upper right quarter"
DISC = "disc, radius 10 pixels"
DUMBBELL = "squares of 11 × 11 pixels, joined by a bridge of 3 rows and 9 columns"


def _longest(mask: Mask, spacing: Spacing) -> diameter.Diameter:
    return diameter.longest_diameter(diameter.mask_diameter_points(mask), spacing)


def _short(mask: Mask, spacing: Spacing) -> float:
    return diameter.short_axis(diameter.mask_diameter_points(mask), spacing).length_mm


def _form(mask: Mask, spacing: Spacing = UNIT) -> form.Form:
    return form.form(mask, spacing)


def _dumbbell() -> Mask:
    return rectangle(11, 11) | rectangle(3, 9, 11, 22) | rectangle(11, 11, 7, 31)


def _ellipse() -> npt.NDArray[np.float64]:
    return raster.ellipse_points(40, 30, 20, 10, 30)


# the hull of the digital disc of radius 10 has, in each quadrant, the corners (10½, ½), (9½, 4½), (8½, 6½) and the same
# mirrored at the diagonal; its sides are 1 long along the axes (4 of them), √17 (8), √5 (8) and 2√2 (4)

# what of what, how much; how it is measured, how the answer is derived
# fmt: off
DIAMETERS = Group("Diameters", (
    KnownAnswer("longest diameter", "rectangle of 3 × 4 pixels", 5, "mm",
                lambda: _longest(rectangle(3, 4), UNIT).length_mm, "√(3² + 4²)", ROUNDING),
    KnownAnswer("longest diameter", "rectangle of 6 × 5 pixels of 2 × 1 mm", 13, "mm",
                lambda: _longest(rectangle(6, 5), TALL).length_mm, "√(12² + 5²)", ROUNDING),
    KnownAnswer("longest diameter", "rectangle of 6 × 4 pixels of 0.5 × 0.7 mm", sqrt(16.84), "mm",
                lambda: _longest(rectangle(6, 4), FINE).length_mm, "√(3² + 2.8²)", ROUNDING),
    KnownAnswer("longest diameter", "one pixel", sqrt(2), "mm",
                lambda: _longest(rectangle(1, 1), UNIT).length_mm, "the diagonal of its square", ROUNDING),
    KnownAnswer("longest diameter", DISC, 2 * sqrt(114.5), "mm",
                lambda: _longest(disc(100), UNIT).length_mm, "twice the way to the outer corner (6½, 8½)", ROUNDING),
    KnownAnswer("longest diameter", "regular hexagon, side 10", 20, "mm",
                lambda: diameter.longest_diameter(points(*HEXAGON), UNIT).length_mm, "2 · side", ROUNDING),
    KnownAnswer("longest diameter", "ellipse turned by 30°, radii 20 and 10", 40, "mm",
                lambda: diameter.longest_diameter(_ellipse(), UNIT).length_mm, "2 · 20", ROUNDING),
    KnownAnswer("longest diameter, x of its end on the right", "rectangle of 6 × 5 pixels from column 11", 16, "px",
                lambda: max(x for x, _ in _longest(rectangle(6, 5), TALL).ends),
                "11 + 5: an outer corner"),
    KnownAnswer("short axis", "rectangle of 3 × 4 pixels", 3.75, "mm",
                lambda: _short(rectangle(3, 4), UNIT), "3 · 5 / 4: square to the diagonal, from side to side",
                ROUNDING),
    KnownAnswer("short axis", "rectangle of 12 × 5 pixels of 0.25 × 0.8 mm", 3.75, "mm",
                lambda: _short(rectangle(12, 5), Spacing(0.25, 0.8)), "3 · 5 / 4: a rectangle of 3 × 4 mm", ROUNDING),
    KnownAnswer("short axis", L, 7.5 * sqrt(2), "mm",
                lambda: _short(letter_l(), UNIT), "from the corner (0, 10) to (7½, 2½) on the hull", ROUNDING),
    KnownAnswer("short axis", "regular hexagon, side 10", 10 * sqrt(3), "mm",
                lambda: diameter.short_axis(points(*HEXAGON), UNIT).length_mm, "√3 · side", ROUNDING),
    KnownAnswer("short axis", "ellipse turned by 30°, radii 20 and 10", 20, "mm",
                lambda: diameter.short_axis(_ellipse(), UNIT).length_mm, "2 · 10", ROUNDING),
    KnownAnswer("vertices of the hull", "triangle with two points within", 3, "",
                lambda: len(diameter.hull_points(points((0, 0), (9, 0), (0, 9), (2, 2), (4, 1)))), "as made"),
))
THICKNESS = Group("Thickness", (
    KnownAnswer("narrowest", "strip of 5 × 30 pixels", 5, "mm",
                lambda: thickness.thickness(rectangle(5, 30), UNIT).narrowest_mm, "its rows", ROUNDING),
    KnownAnswer("narrowest", "strip of 5 × 30 pixels of 2 × 1 mm", 10, "mm",
                lambda: thickness.thickness(rectangle(5, 30), TALL).narrowest_mm, "5 · 2", ROUNDING),
    KnownAnswer("narrowest", "strip of 30 × 5 pixels of 2 × 1 mm", 5, "mm",
                lambda: thickness.thickness(rectangle(30, 5), TALL).narrowest_mm, "5 · 1", ROUNDING),
    KnownAnswer("narrowest", "strip of 5 × 30 pixels of 0.5 × 0.7 mm", 2.5, "mm",
                lambda: thickness.thickness(rectangle(5, 30), FINE).narrowest_mm, "5 · 0.5", ROUNDING),
    KnownAnswer("narrowest", DUMBBELL, 3, "mm",
                lambda: thickness.thickness(_dumbbell(), UNIT).narrowest_mm, "the bridge", ROUNDING),
    KnownAnswer("narrowest", DUMBBELL + ", 2 × 1 mm", 6, "mm",
                lambda: thickness.thickness(_dumbbell(), TALL).narrowest_mm, "3 · 2", ROUNDING),
    KnownAnswer("place of the narrowest, x", DUMBBELL, 26.5, "px",
                lambda: thickness.thickness(_dumbbell(), UNIT).narrowest_at[0],
                "11 + 11 + 4½: of equal cuts the one that parts most evenly", ROUNDING),
    KnownAnswer("largest", DUMBBELL, 11, "mm",
                lambda: thickness.thickness(_dumbbell(), UNIT).largest_mm, "a disc in one of the squares", ROUNDING),
    KnownAnswer("largest", "strip of 30 × 5 pixels of 2 × 1 mm", 5, "mm",
                lambda: thickness.thickness(rectangle(30, 5), TALL).largest_mm, "5 · 1", ROUNDING),
))
FORM = Group("Form", (
    KnownAnswer("area", "rectangle of 6 × 5 pixels of 2 × 1 mm", 60, "mm²",
                lambda: _form(rectangle(6, 5), TALL).area_mm2, "12 · 5"),
    KnownAnswer("area", "disc, radius 10 pixels of 0.5 × 0.7 mm", 317 * 0.35, "mm²",
                lambda: _form(disc(100), FINE).area_mm2, "317 · 0.5 · 0.7", ROUNDING),
    KnownAnswer("centroid, x", L, 25 / 6, "px",
                lambda: _form(letter_l()).centroid[0], "(50 · 2½ + 25 · 7½) / 75", ROUNDING),
    KnownAnswer("centroid, y", L, 35 / 6, "px",
                lambda: form.centroid(letter_l())[1], "(25 · 2½ + 50 · 7½) / 75", ROUNDING),
    KnownAnswer("centroid, x", "disc about the centre of column 40", 40.5, "px",
                lambda: form.centroid(disc(100))[0], "the centre of a pixel is ½ from its edge", ROUNDING),
    KnownAnswer("perimeter of the form", "rectangle of 6 × 5 pixels", pi / 8 * (22 + 20 * sqrt(2)), "mm",
                lambda: _form(rectangle(6, 5)).perimeter_mm, "Crofton, as above", ROUNDING),
    KnownAnswer("area of the hull", L, 87.5, "mm²",
                lambda: _form(letter_l()).hull_area_mm2, "100 − 5 · 5 / 2", ROUNDING),
    KnownAnswer("area of the hull", DISC, 345, "mm²",
                lambda: _form(disc(100)).hull_area_mm2, "shoelace formula over its 24 corners", ROUNDING),
    KnownAnswer("perimeter of the hull", L, 30 + 5 * sqrt(2), "mm",
                lambda: _form(letter_l()).hull_perimeter_mm, "10 + 10 + 5 + 5 + 5√2", ROUNDING),
    KnownAnswer("perimeter of the hull", DISC, 4 + 8 * sqrt(17) + 8 * sqrt(5) + 8 * sqrt(2), "mm",
                lambda: _form(disc(100)).hull_perimeter_mm, "4 · 1 + 8 · √17 + 8 · √5 + 4 · 2√2", ROUNDING),
    KnownAnswer("largest Feret diameter", L, 10 * sqrt(2), "mm",
                lambda: _form(letter_l()).feret_max_mm, "the diagonal", ROUNDING),
    KnownAnswer("smallest Feret diameter", DIAMOND, 6 * sqrt(2), "mm",
                lambda: _form(diamond(5)).feret_min_mm, "between the slanted sides |x| + |y| = 6", ROUNDING),
    KnownAnswer("smallest Feret diameter", DISC, 85 / sqrt(17), "mm",
                lambda: _form(disc(100)).feret_min_mm, "between sides through (½, 10½) and (4½, 9½)", ROUNDING),
    KnownAnswer("smallest box, length", "rectangle of 6 × 5 pixels of 2 × 1 mm", 12, "mm",
                lambda: _form(rectangle(6, 5), TALL).box_length_mm, "6 · 2", ROUNDING),
    KnownAnswer("smallest box, width", "rectangle of 6 × 5 pixels of 2 × 1 mm", 5, "mm",
                lambda: _form(rectangle(6, 5), TALL).box_width_mm, "5 · 1", ROUNDING),
    KnownAnswer("smallest box, length", DIAMOND, 6 * sqrt(2), "mm",
                lambda: _form(diamond(5)).box_length_mm, "turned by 45°: less than 11 × 11", ROUNDING),
    KnownAnswer("equivalent diameter", "square of 10 × 10 pixels", 20 / sqrt(pi), "mm",
                lambda: _form(rectangle(10, 10)).equivalent_diameter_mm, "2 · √(100 / π)", ROUNDING),
    KnownAnswer("solidity", L, 6 / 7, "", lambda: _form(letter_l()).solidity, "75 / 87.5", ROUNDING),
    KnownAnswer("solidity", DISC, 317 / 345, "",
                lambda: _form(disc(100)).solidity, "area over area of the hull", ROUNDING),
    KnownAnswer("rectangularity", DIAMOND, 61 / 72, "",
                lambda: _form(diamond(5)).rectangularity, "61 / (6√2)²", ROUNDING),
    KnownAnswer("rectangularity", DISC, 317 / 425, "",
                lambda: _form(disc(100)).rectangularity, "317 / (85² / 17)", ROUNDING),
    KnownAnswer("elongation", "rectangle of 6 × 5 pixels of 2 × 1 mm", 2.4, "",
                lambda: _form(rectangle(6, 5), TALL).elongation, "12 / 5", ROUNDING),
    KnownAnswer("compactness", "rectangle of 6 × 5 pixels", 4 * pi * 30 / (pi / 8 * (22 + 20 * sqrt(2))) ** 2, "",
                lambda: _form(rectangle(6, 5)).compactness, "4π · 30 / perimeter², Crofton", ROUNDING),
    KnownAnswer("roughness", "rectangle of 6 × 5 pixels", pi / 8 * (22 + 20 * sqrt(2)) / 22, "",
                lambda: _form(rectangle(6, 5)).roughness, "perimeter, Crofton, over 2 · (6 + 5)", ROUNDING),
    KnownAnswer("border contact", L + ", filling its image", 27, "px",
                lambda: form.border_contact_px(letter_l()), "10 left + 9 more below + 4 more above + 4 more right"),
    KnownAnswer("area of a pixel", "2 × 1 mm", 2, "mm²", lambda: TALL.pixel_mm2, "2 · 1"),
    KnownAnswer("square pixels", "2 × 1 mm", 0, "", lambda: TALL.isotropic, "rows and columns differ"),
    KnownAnswer("border contact", "rectangle away from the border", 0, "px",
                lambda: form.border_contact_px(rectangle(6, 5)), "as made"),
))
# fmt: on
