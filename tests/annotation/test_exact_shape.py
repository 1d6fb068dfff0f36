"""Exact shapes: the same for copies, and for nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidelint.annotation.exact_shape import exact_shape
from guidelint.annotation.region import Region
from guidelint.annotation.shape import Ellipse, KeyPoint, Malformed, Polygon, Raster, Rectangle, Shape
from guidelint.annotation.whole_image import is_whole_image
from guidelint.geometry.mask import Mask
from guidelint.geometry.not_measurable import NotMeasurable

IMAGE = (20, 30)
PLACES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 20)), min_size=3, max_size=8, unique=True)


def region(shape: Shape) -> Region:
    return Region("a", "lesion", shape, IMAGE)


def painted(crop: list[list[bool]], left: int = 0) -> Raster:
    return Raster(lambda: Mask.from_crop(np.array(crop), 2, left, IMAGE))


@given(PLACES)
def test_an_outline_is_the_same_wherever_it_begins_and_whichever_way_it_runs(
    places: list[tuple[int, int]],
) -> None:
    points = np.array(places, np.float64)
    exact = exact_shape(region(Polygon(points)))
    assert exact_shape(region(Polygon(np.roll(points, 1, axis=0)))) == exact
    assert exact_shape(region(Polygon(points[::-1]))) == exact


@given(PLACES)
def test_an_outline_moved_by_a_hundredth_of_a_pixel_is_another(places: list[tuple[int, int]]) -> None:
    points = np.array(places, np.float64)
    assert exact_shape(region(Polygon(points + 0.01))) != exact_shape(region(Polygon(points)))


def test_the_dust_of_percent_makes_no_other_shape() -> None:
    points = np.array([[1.0, 2.0], [5.0, 2.0], [5.0, 9.0]])
    assert exact_shape(region(Polygon(points * (1 + 1e-12)))) == exact_shape(region(Polygon(points)))
    assert exact_shape(region(KeyPoint(-1e-9, 1.0))) == exact_shape(region(KeyPoint(0.0, 1.0)))


def test_shapes_of_every_kind_and_place_differ() -> None:
    shapes: list[Shape] = [
        Rectangle(1, 2, 3, 4),
        Rectangle(1, 2, 3, 4, 10),
        Rectangle(1, 2, 4, 3),
        Ellipse(1, 2, 3, 4),
        Ellipse(1, 2, 3, 4, 10),
        KeyPoint(1, 2),
        KeyPoint(2, 1),
        Polygon(np.array([[1.0, 2.0], [4.0, 2.0], [4.0, 6.0], [1.0, 6.0]])),
        painted([[True, False], [True, True]]),
        painted([[True, False], [True, True]], left=1),
        painted([[True, True], [True, True]]),
    ]
    assert len({exact_shape(region(shape)) for shape in shapes}) == len(shapes)


def test_a_mask_is_the_same_however_it_was_delivered() -> None:
    padded = painted([[False, True, False], [False, True, True]])
    assert exact_shape(region(padded)) == exact_shape(region(painted([[True, False], [True, True]], left=1)))


@pytest.mark.parametrize("shape", [Malformed("polygon", "no points"), KeyPoint(float("nan"), 1.0)])
def test_without_a_shape_it_cannot_be_told(shape: Shape) -> None:
    with pytest.raises(NotMeasurable):
        exact_shape(region(shape))


@pytest.mark.parametrize(
    ("shape", "whole"),
    [
        (Rectangle(0, 0, 30, 20), True),
        (Rectangle(-5, -5, 50, 50), True),
        (Rectangle(0.4, 0.4, 29.2, 19.2), True),
        (Rectangle(0, 0, 29, 20), False),
        (Rectangle(0, 0, 30, 19), False),
        (Rectangle(1, 0, 29, 20), False),
        (Rectangle(0, 1, 30, 19), False),
        (Ellipse(15, 10, 15, 10), False),
        (Polygon(np.array([[0.0, 0.0], [30.0, 0.0], [30.0, 20.0]])), False),
        (Polygon(np.empty((0, 2))), False),
        (KeyPoint(0, 0), False),
        (Raster(lambda: Mask.from_crop(np.ones(IMAGE, np.bool_), 0, 0, IMAGE)), True),
        (painted([[True]]), False),
    ],
)
def test_the_whole_image_is_known(shape: Shape, whole: bool) -> None:  # noqa: FBT001 - a case, not a switch
    assert is_whole_image(region(shape)) is whole
