"""Places along the normal, where it is known and where it is not."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from tests.imaging.places import AXIAL, axial

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.position import along_normal_mm, positions
from guidelint.imaging.slice_place import Orientation, Point, SlicePlace

SAGITTAL = Orientation((0.0, 1.0, 0.0), (0.0, 0.0, -1.0))
CORONAL = Orientation((1.0, 0.0, 0.0), (0.0, 0.0, -1.0))


@pytest.mark.parametrize(
    ("orientation", "along_mm"),
    [(AXIAL, 30), (SAGITTAL, -10), (CORONAL, 20)],
    ids=["axial: z", "sagittal: -x", "coronal: y"],
)
def test_the_normal_is_row_times_column(orientation: Orientation, along_mm: float) -> None:
    assert along_normal_mm(SlicePlace((10.0, 20.0, 30.0), orientation)) == along_mm


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (SlicePlace(orientation=AXIAL), "the position of the slice is not known: none is given"),
        (SlicePlace(position_problem="no header"), "the position of the slice is not known: no header"),
        (SlicePlace((0.0, 0.0, 0.0)), "the orientation of the slice is not known: none is given"),
    ],
    ids=["no position", "no position, with the reason", "no orientation"],
)
def test_without_a_place_there_is_no_position(place: SlicePlace, reason: str) -> None:
    with pytest.raises(NotMeasurable, match=reason):
        along_normal_mm(place)


def test_along_the_normal_of_all() -> None:
    placed = positions(axial(5, 0, 2.5))
    assert placed.along_mm == {"a": 5, "b": 0, "c": 2.5}
    assert placed.normal_problem == ""


def test_without_an_orientation_it_is_the_way_along_the_line_and_says_so() -> None:
    diagonal = {name: SlicePlace((0.0, 3.0 * step, 4.0 * step)) for name, step in (("a", 2), ("b", 0), ("c", 1))}
    placed = positions(diagonal)
    assert placed.along_mm == pytest.approx({"a": 10, "b": 0, "c": 5})
    assert placed.normal_problem == "the orientation of slice a is not known: none is given"


def test_one_slice_without_an_orientation_lies_somewhere() -> None:
    assert positions({"a": SlicePlace((1.0, 2.0, 3.0))}).along_mm == {"a": 0}


def test_z_alone_is_that_of_axial_slices() -> None:
    placed = positions({"a": SlicePlace(z_mm=4.0), "b": SlicePlace((1.0, 2.0, 3.0), AXIAL)})
    assert (placed.along_mm, placed.normal_problem) == ({"a": 4.0, "b": 3.0}, "")


def test_an_orientation_that_headers_rounded_is_the_same() -> None:
    rounded = replace(axial(1)["a"], orientation=Orientation((1.0, 0.0, 0.001), (0.0, 1.0, 0.0)))
    assert positions({**axial(0), "b": rounded}).along_mm == pytest.approx({"a": 0, "b": 1}, abs=0.01)


def turned(orientation: Orientation) -> dict[str, SlicePlace]:
    return {**axial(0), "b": SlicePlace((0.0, 0.0, 1.0), orientation)}


@pytest.mark.parametrize(
    ("places", "reason"),
    [
        ({}, "there are no slices"),
        (turned(CORONAL), "the orientations of slices a and b differ by 90.0°"),
        (
            turned(Orientation((-1.0, 0.0, 0.0), (0.0, -1.0, 0.0))),
            "the orientations of slices a and b differ by 180.0°",
        ),
        ({"b": SlicePlace(z_mm=1.0), "a": SlicePlace()}, "where slice a lies is not known: no position is given"),
        ({"a": SlicePlace(z_mm=1.0, orientation=SAGITTAL)}, "only the z .* of slice a is known, and .* is not axial"),
        (
            {name: SlicePlace(point) for name, point in zip("abc", [(0, 0, 0), (0, 0, 1), (5, 0, 2)], strict=True)},
            "the slices do not lie on one line: one is 0.9 mm beside it",
        ),
    ],
    ids=["nothing", "another plane", "turned over", "one without", "z of a sagittal slice", "no line"],
)
def test_what_has_no_order_says_why(places: dict[str, SlicePlace], reason: str) -> None:
    with pytest.raises(NotMeasurable, match=reason):
        positions(places)


@pytest.mark.parametrize(
    ("along_row", "down_column", "reason"),
    [
        ((1.0, 0.0, 0.0), (0.0, 0.5, 0.0), "length 1"),
        ((1.0, 0.0, 0.0), (0.6, 0.8, 0.0), "right angles"),
    ],
    ids=["short", "oblique"],
)
def test_two_directions_must_be_an_orientation(along_row: Point, down_column: Point, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Orientation(along_row, down_column)


def test_a_place_survives_the_way_to_a_file() -> None:
    place = axial(5, thickness_mm=[2.5], spacing_mm=3.0)["a"]
    assert msgspec.json.decode(msgspec.json.encode(place), type=SlicePlace) == place
