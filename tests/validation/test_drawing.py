"""Texts become the shapes they draw."""

from __future__ import annotations

import numpy as np
import pytest

from guidelint.annotation.shape import Ellipse, KeyPoint, Malformed, Polygon, Rectangle
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.spacing import Spacing
from guidelint.validation.drawing.text import DrawingError, submissions_of
from guidelint.validation.rule.case import Case, Drawn


def test_every_marked_character_of_a_bare_text_is_a_pixel() -> None:
    (submission,) = submissions_of(Case("brush", {}, "x#. \n .#"))
    (region,) = submission.regions
    assert region.tool == "brush"
    assert region.mask.shape == (2, 4)
    assert region.mask.crop.tolist() == [[True, True, False], [False, False, True]]


def test_letters_are_vertices_at_pixel_centres_in_their_order() -> None:
    (submission,) = submissions_of(Case("polygon", {}, Drawn(text="a.B\n.b.\nA..", as_="polygon")))
    shape = submission.regions[0].shape
    assert isinstance(shape, Polygon)
    assert shape.points.tolist() == [[0.5, 0.5], [1.5, 1.5], [0.5, 2.5], [2.5, 0.5]]


def test_an_order_visits_a_vertex_twice() -> None:
    (submission,) = submissions_of(Case("order", {}, Drawn(text="ab", as_="vector", order="aba", closed=False)))
    shape = submission.regions[0].shape
    assert isinstance(shape, Polygon)
    assert (shape.tool, shape.closed) == ("vector", False)
    assert shape.points[:, 0].tolist() == [0.5, 1.5, 0.5]


def test_a_box_and_an_ellipse_surround_the_marked_pixels() -> None:
    draws = (Drawn(text="....\n.##.", as_="rectangle"), Drawn(text="....\n.##.", as_="ellipse", stretch=(2.0, 1.0)))
    (submission,) = submissions_of(Case("box", {}, draws))
    assert submission.regions[0].shape == Rectangle(1.0, 1.0, 2.0, 1.0)
    assert submission.regions[1].shape == Ellipse(2.0, 1.5, 2.0, 0.5)


def test_a_point_stands_in_the_middle_of_its_pixel_moved_by_its_shift() -> None:
    (submission,) = submissions_of(Case("point", {}, Drawn(text="..x", as_="keypoint", shift=(1.0, -0.5))))
    assert submission.regions[0].shape == KeyPoint(3.5, 0.0)


def test_a_mask_that_does_not_decode_and_numbers_that_make_no_shape_keep_their_reasons() -> None:
    draws = (Drawn(text="#", undecodable="cut off"), Drawn(text="#", as_="ellipse", malformed="no radius"))
    (submission,) = submissions_of(Case("broken", {}, draws))
    with pytest.raises(NotMeasurable, match="cut off"):
        _ = submission.regions[0].mask
    assert submission.regions[1].shape == Malformed("ellipse", "no radius")


def test_all_drawings_of_a_case_lie_on_one_image_as_large_as_the_largest() -> None:
    (submission,) = submissions_of(Case("frame", {}, (Drawn(text="#"), Drawn(text="#\n##.")), spacing=Spacing(2, 1)))
    assert [region.image_shape for region in submission.regions] == [(2, 3), (2, 3)]
    assert [region.number for region in submission.regions] == [1, 2]
    assert (submission.image.rows, submission.image.columns) == (2, 3)
    assert submission.regions[0].spacing == submission.image.spacing == Spacing(2, 1)


def test_over_slices_every_drawing_is_a_task_of_one_series() -> None:
    case = Case("series", {}, (Drawn(text="#", object_name="1"), Drawn(text="##")), over_slices=True)
    first, second = submissions_of(case)
    assert first.task != second.task
    assert first.image.series_uid == second.image.series_uid == "1.2.3"
    assert first.regions[0].object_name == "1"


def test_an_excluded_area_is_taken_out() -> None:
    (submission,) = submissions_of(Case("excluded", {}, Drawn(text="###", excluded=(Drawn(text=".#."),))))
    assert submission.regions[0].mask.area_px == 2
    assert submission.regions[0].drawn_mask.area_px == 3


def test_answers_are_read_for_regions_and_for_the_image() -> None:
    case = Case("answers", {}, Drawn(text="#", answers={"signs": ("halo", "rim")}), answers={"quality": 3.0})
    (submission,) = submissions_of(case)
    assert submission.regions[0].answers["signs"].values == ("halo", "rim")
    assert submission.answers["quality"].values == (3.0,)


@pytest.mark.parametrize(
    ("drawn", "reason"),
    [
        (Drawn(text="..", as_="rectangle"), "nothing is marked"),
        (Drawn(text="ab", as_="polygon", order="abc"), "no vertex 'c'"),
    ],
)
def test_a_drawing_that_shows_nothing_is_refused(drawn: Drawn, reason: str) -> None:
    with pytest.raises(DrawingError, match=reason):
        submissions_of(Case("bad", {}, drawn))


def test_a_polygon_without_letters_has_no_vertex() -> None:
    (submission,) = submissions_of(Case("empty", {}, Drawn(text="..", as_="polygon")))
    outline = submission.regions[0].outline
    assert outline is not None
    assert np.array_equal(outline, np.empty((0, 2)))
