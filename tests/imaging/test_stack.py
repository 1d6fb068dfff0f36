"""Slices one above the other: order, usual step, gaps, uneven steps, repeated places."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation
from tests.imaging.places import AXIAL, axial

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.slice_place import Orientation, Point, SlicePlace
from guidelint.imaging.stack import Stack, stacked

if TYPE_CHECKING:
    from random import Random

Told = list[tuple[str, str, int]]


def gaps(stack: Stack) -> Told:
    return [(gap.before.slices[-1], gap.after.slices[0], gap.missing) for gap in stack.gaps()]


def uneven(stack: Stack) -> list[float]:
    return [round(step.mm, 6) for step in stack.uneven()]


@pytest.mark.parametrize(
    ("z_mm", "usual_mm", "missing", "odd_mm"),
    [
        ([0, 2, 4, 6], 2, [], []),
        ([6, 0, 4, 2], 2, [], []),
        ([0, 2, 4, 8, 10], 2, [("c", "d", 1)], []),
        ([0, 2, 4, 14, 16], 2, [("c", "d", 4)], []),
        ([0, 1, 2, 3.49, 4.49], 1, [], [1.49]),
        ([0, 1, 2, 3.5, 4.5], 1, [("c", "d", 1)], [1.5]),
        ([0, 1, 2, 4.5, 5.5], 1, [("c", "d", 2)], [2.5]),
        ([0, 1, 2, 3.1, 4.1], 1, [], []),
        ([0, 1, 2, 3.11, 4.11], 1, [], [1.11]),
        ([0, 1.2, 2.5, 3.7, 5.0], 1.2, [], []),
        ([0, 2, 2.5, 4.5, 6.5], 2, [], [0.5]),
        ([0, 5, 6, 16, 18], 1, [("a", "b", 4), ("c", "d", 9), ("d", "e", 1)], []),
    ],
    ids=[
        "even",
        "any order",
        "one missing",
        "four missing",
        "not yet a gap",
        "a gap from one and a half on",
        "two and a half are three",
        "rounding",
        "no longer rounding",
        "headers of one decimal",
        "too near",
        "only some slices, of the shortest step",
    ],
)
def test_known_series(z_mm: list[float], usual_mm: float, missing: Told, odd_mm: list[float]) -> None:
    stack = stacked(axial(*z_mm))
    assert stack.usual_step_mm() == pytest.approx(usual_mm)
    assert gaps(stack) == missing
    assert uneven(stack) == odd_mm


def test_only_some_slices_go_by_the_stated_step() -> None:
    stack = stacked(axial(0, 4, 10, spacing_mm=2))
    assert (stack.usual_step_mm(), gaps(stack)) == (2, [("a", "b", 1), ("b", "c", 2)])


def test_a_stated_step_that_the_slices_do_not_keep_counts_for_nothing() -> None:
    stack = stacked(axial(0, 6, 12, 18, spacing_mm=1))
    assert (stack.usual_step_mm(), gaps(stack), stack.stated_step_mm) == (6, [], 1)


def test_thicker_slices_step_farther() -> None:
    thick = [4, 4, 4, 7, 7, 7]
    stack = stacked(axial(0, 4, 8, 13.5, 20.5, 27.5, thickness_mm=thick))
    assert (stack.usual_step_mm(), gaps(stack), uneven(stack)) == (4, [], [5.5, 7, 7])
    missing = stacked(axial(0, 4, 8, 13.5, 20.5, 34.5, thickness_mm=thick))
    assert gaps(missing) == [("e", "f", 1)]


def test_one_step_is_compared_with_the_stated_one_only() -> None:
    assert gaps(stacked(axial(0, 6, spacing_mm=2))) == [("a", "b", 2)]
    with pytest.raises(NotMeasurable, match="one step only, and no spacing is stated"):
        stacked(axial(0, 6)).gaps()
    with pytest.raises(NotMeasurable, match="one step only"):
        stacked(axial(0, 6)).uneven()
    assert stacked(axial(0, 6)).usual_step_mm() == 6


def test_steps_that_have_nothing_in_common_tell_no_gap() -> None:
    with pytest.raises(NotMeasurable, match=r"no step is usual: they differ from 1.00 to 2.60 mm"):
        stacked(axial(0, 1, 2.7, 5.3)).gaps()


def test_slices_at_one_place_are_named() -> None:
    stack = stacked(axial(2, 0, 2.0004, 4))
    assert stack.order == ("b", "a", "c", "d")
    assert [level.slices for level in stack.repeated] == [("a", "c")]
    assert gaps(stack) == []


def test_one_place_has_no_gap_and_no_step() -> None:
    stack = stacked(axial(3, 3))
    assert (stack.gaps(), stack.uneven(), stack.order) == ((), (), ("a", "b"))
    with pytest.raises(NotMeasurable, match="all slices lie at one place, and their spacing is not stated"):
        stack.usual_step_mm()


@pytest.mark.parametrize(
    ("places", "slab_mm"),
    [
        (axial(3, thickness_mm=[5]), 5),
        (axial(3, thickness_mm=[5], spacing_mm=4), 4),
        (axial(0, 3, thickness_mm=[5, 5]), 3),
    ],
    ids=["its thickness", "the stated step", "the step there is"],
)
def test_a_slice_without_neighbours_stands_for_a_slab(places: dict[str, SlicePlace], slab_mm: float) -> None:
    assert stacked(places).single_slab_mm() == slab_mm


def test_a_slice_of_which_nothing_is_known_stands_for_no_slab() -> None:
    with pytest.raises(NotMeasurable, match="neither spacing nor thickness is known"):
        stacked(axial(3)).single_slab_mm()


def test_without_an_orientation_gaps_are_told_and_lengths_are_not_along_the_normal() -> None:
    stack = stacked({name: replace(place, orientation=None) for name, place in axial(0, 1, 2, 4).items()})
    assert gaps(stack) == [("c", "d", 1)]
    assert stack.normal_problem == "the orientation of slice a is not known: none is given"


heights = st.lists(st.integers(-400, 400), min_size=3, max_size=12).map(lambda some: [0.5 * step for step in some])
anywhere = st.tuples(*[st.floats(-500, 500)] * 3)


def told(stack: Stack) -> object:
    """All that does not depend on where the patient lay."""
    try:
        found = gaps(stack), uneven(stack), round(stack.usual_step_mm(), 6)
    except NotMeasurable as reason:
        return stack.order, str(reason)
    return stack.order, found, [level.slices for level in stack.repeated]


@given(heights, st.randoms())
def test_the_order_in_which_slices_come_changes_nothing(z_mm: list[float], random: Random) -> None:
    places = axial(*z_mm)
    names = list(places)
    random.shuffle(names)
    assert stacked({name: places[name] for name in names}) == stacked(places)


@given(heights, anywhere, st.integers(0, 2**32 - 1))
def test_turning_and_moving_the_patient_changes_nothing(z_mm: list[float], by: Point, seed: int) -> None:
    turn = Rotation.random(rng=np.random.default_rng(seed))

    def turned(point: Point) -> Point:
        x, y, z = turn.apply(point).tolist()
        return x, y, z

    def moved(place: SlicePlace) -> SlicePlace:
        assert place.position_mm is not None
        x, y, z = turned(place.position_mm)
        orientation = Orientation(turned(AXIAL.along_row), turned(AXIAL.down_column))
        return SlicePlace((x + by[0], y + by[1], z + by[2]), orientation)

    places = axial(*z_mm)
    assert told(stacked({name: moved(place) for name, place in places.items()})) == told(stacked(places))


@given(heights, st.sampled_from([0.25, 0.5, 2.0, 8.0]))
def test_lengths_scale_and_gaps_stay(z_mm: list[float], factor: float) -> None:
    def lengths(stack: Stack) -> tuple[float, Told, list[float]]:
        return stack.usual_step_mm(), gaps(stack), uneven(stack)

    one, scaled = stacked(axial(*z_mm)), stacked(axial(*(z * factor for z in z_mm)))
    assert scaled.order == one.order
    try:
        usual_mm, missing, odd_mm = lengths(one)
    except NotMeasurable:
        with pytest.raises(NotMeasurable):
            lengths(scaled)
        return
    scaled_usual_mm, still_missing, scaled_odd_mm = lengths(scaled)
    assert (scaled_usual_mm, still_missing) == (usual_mm * factor, missing)
    assert scaled_odd_mm == pytest.approx([step * factor for step in odd_mm])


@given(st.integers(4, 30), st.sets(st.integers(0, 29), max_size=5), st.sampled_from([0.625, 1.0, 2.5]))
def test_every_slice_left_out_between_others_is_counted(count: int, left_out: set[int], step_mm: float) -> None:
    kept = [number for number in range(count) if number not in left_out]
    steps = [other - one for one, other in pairwise(kept)]
    # longer steps that are most of all are the usual ones
    assume(1 in steps and all(2 * steps.count(longer) <= len(steps) for longer in {*steps} - {1}))
    stack = stacked({f"{number:02}": SlicePlace(z_mm=number * step_mm, spacing_mm=step_mm) for number in kept})
    assert sum(gap.missing for gap in stack.gaps()) == kept[-1] - kept[0] + 1 - len(kept)
