"""How many quadrants hold enough regions where not all can be placed: exactly what trying every place gives."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from guidelint.validation.drawing.text import submissions_of
from guidelint.validation.landmarks.quadrants import Quadrants
from guidelint.validation.rule.case import Case, Drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.landmarks.quadrants import QuadrantName

FOVEA = Drawn(text="...\n.#.\n...", class_name="fovea", as_="keypoint")
CORNERS: dict[QuadrantName, str] = {
    "upper-left": "#..\n...\n...",
    "upper-right": "..#\n...\n...",
    "lower-left": "...\n...\n#..",
    "lower-right": "...\n...\n..#",
}
NOWHERE = Drawn(text="#..\n...\n...", class_name="spot", undecodable="cut off")
UPPER: tuple[QuadrantName, ...] = ("upper-left", "upper-right")


def full(counts: tuple[int, ...], least: int, among: tuple[QuadrantName, ...]) -> int:
    """Count the quadrants that hold enough."""
    named = dict(zip(CORNERS, counts, strict=True))
    return sum(named[name] >= least for name in among or CORNERS)


def tried(
    counts: tuple[int, ...], unplaced: int, doubtful: int, least: int, among: tuple[QuadrantName, ...]
) -> Iterator[int]:
    """Put each of the unplaced into every quadrant, and the doubtful into every one or none."""
    for places in product(*[range(4)] * unplaced, *[range(5)] * doubtful):
        yield full(tuple(count + places.count(at) for at, count in enumerate(counts)), least, among)


@pytest.mark.parametrize("among", [(), UPPER], ids=["all four", "two of them"])
@pytest.mark.parametrize(("unplaced", "doubtful"), [(0, 0), (1, 0), (3, 0), (0, 2), (2, 1), (1, 2)])
@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (2, 0, 0, 0), (1, 1, 0, 3), (2, 2, 1, 0)])
def test_the_fewest_and_the_most_are_those_of_all_ways_to_place_them(
    counts: tuple[int, ...], unplaced: int, doubtful: int, among: tuple[QuadrantName, ...]
) -> None:
    placed = [
        Drawn(text=text, class_name="spot")
        for text, count in zip(CORNERS.values(), counts, strict=True)
        for _ in range(count)
    ]
    draws = (FOVEA, *placed, *[NOWHERE] * unplaced)
    (submission,) = submissions_of(Case("eye", {}, draws))
    for least in (1, 2, 3):
        found = Quadrants(submission, "fovea", {}, among).spread(submission.of_class("spot"), doubtful, least)
        ways = {*tried(counts, unplaced, doubtful, least, among)}
        assert (found.fewest, found.most) == (min(ways), max(ways))
        assert found.unknown == "cut off" * bool(unplaced)
