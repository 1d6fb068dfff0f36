"""The angle between the normal of slices and the way from one to the next."""

from __future__ import annotations

from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.imaging.places import axial

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.slice_place import Orientation, SlicePlace
from guidelint.imaging.stack import stacked
from guidelint.imaging.tilt import is_tilted, tilt_degrees


def gantry(degrees: float, *z_mm: float) -> dict[str, SlicePlace]:
    """Slices of a gantry tilted about the patient's x, of a table that moves along z."""
    orientation = Orientation((1.0, 0.0, 0.0), (0.0, cos(radians(degrees)), -sin(radians(degrees))))
    return {str(number): SlicePlace((0.0, 0.0, z), orientation) for number, z in enumerate(z_mm)}


@given(st.floats(-30, 30))
def test_a_tilted_gantry_has_its_angle(degrees: float) -> None:
    assert tilt_degrees(gantry(degrees, 0, 5, 10)) == pytest.approx(abs(degrees), abs=1e-6)


def test_steps_of_a_tilted_gantry_are_shorter_than_those_of_the_table() -> None:
    assert stacked(gantry(20, 0, 5, 10)).usual_step_mm() == pytest.approx(5 * cos(radians(20)))


@pytest.mark.parametrize(("degrees", "tilted"), [(0, False), (0.4, False), (0.6, True), (-18.5, True)])
def test_rounding_is_no_tilt(degrees: float, tilted: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_tilted(gantry(degrees, 0, 5, 10)) is tilted


@pytest.mark.parametrize(
    ("places", "reason"),
    [
        (axial(0), "all slices lie at one place"),
        (axial(3, 3), "all slices lie at one place"),
        ({"a": SlicePlace((0.0, 0.0, 0.0)), "b": SlicePlace((0.0, 0.0, 1.0))}, "orientation of slice a is not known"),
        ({"a": SlicePlace(z_mm=0.0, orientation=axial(0)["a"].orientation)}, "only the z of the positions is known"),
        ({**axial(0, 1), "c": SlicePlace((40.0, 20.0, 2.0), axial(0)["a"].orientation)}, "do not lie on one line"),
        ({**axial(0, 1), **gantry(10, 2)}, "the orientations of slices 0 and a differ by 10.0°"),
    ],
    ids=["one slice", "one place", "no orientation", "z alone", "another stack", "orientations differ"],
)
def test_what_has_no_angle_says_why(places: dict[str, SlicePlace], reason: str) -> None:
    with pytest.raises(NotMeasurable, match=reason):
        tilt_degrees(places)
