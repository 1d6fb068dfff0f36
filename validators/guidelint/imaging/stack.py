"""The slices of a series one above the other: their order, the usual step, gaps, uneven steps, repeated places.

What cannot be told raises NotMeasurable with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import floor
from statistics import fmean, median_low
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.position import SAME_PLACE_MM, positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from guidelint.imaging.slice_place import SlicePlace

GAP_FROM = 1.5
"""From this many expected steps on a step is a gap: the nearest whole number of steps is then two or more."""
UNEVEN_FROM = 0.1
"""A step that is off by more than this part of the usual one is uneven: headers round 1.25 mm to 1.2 and 1.3."""
DECIMALS = 6
"""Proportions of steps are compared to this many decimals: positions are sums of products, and headers round."""


@dataclass(frozen=True, slots=True)
class Level:
    """One place along the normal, and what lies there."""

    along_mm: float
    slices: tuple[str, ...]
    """By name; more than one: the place is repeated."""


@dataclass(frozen=True, slots=True)
class Step:
    """From one place to the next."""

    before: Level
    after: Level
    usual_mm: float
    """The usual step of the series."""
    expected_mm: float
    """The usual step of slices as thick as these."""

    @property
    def mm(self) -> float:
        """How long it is."""
        return self.after.along_mm - self.before.along_mm

    @property
    def missing(self) -> int:
        """How many slices are missing in between; 0: it is no gap."""
        steps = round(self.mm / self.expected_mm, DECIMALS)
        return floor(steps + 0.5) - 1 if steps >= GAP_FROM else 0

    @property
    def is_uneven(self) -> bool:
        """Whether it is not the usual step, nor, as a gap, as many of them as slices are missing and one."""
        return not is_whole(self.mm / self.usual_mm, self.missing + 1)


@dataclass(frozen=True, slots=True)
class Stack:
    """Slices of one series in their order along the normal."""

    levels: tuple[Level, ...]
    """In order; at least one."""
    thickness_mm: Mapping[str, float]
    """Slice → Slice Thickness (0018,0050), where known."""
    stated_step_mm: float | None = None
    """What most slices state as Spacing Between Slices (0018,0088); some devices write there the room between slabs."""
    normal_problem: str = ""
    """Why lengths may be longer than along the normal; order and gaps are right all the same."""

    @property
    def order(self) -> tuple[str, ...]:
        """Names of the slices along the normal; those at one place by name."""
        return tuple(name for level in self.levels for name in level.slices)

    @property
    def along_mm(self) -> dict[str, float]:
        """Slice → position along the normal."""
        return {name: level.along_mm for level in self.levels for name in level.slices}

    @property
    def repeated(self) -> tuple[Level, ...]:
        """Places at which more than one slice lies."""
        return tuple(level for level in self.levels if len(level.slices) > 1)

    def usual_step_mm(self) -> float:
        """Tell the step that slices of the most common thickness have.

        It is the lower median of all steps (missing slices make steps longer, never shorter), when more than half of
        them are alike. Where only some slices were delivered they are not: it is then the stated or else the shortest
        step, when all steps are whole numbers of it.
        """
        steps = [step / weight for step, weight in self._weighed()]
        if len(steps) <= 1:
            return self._only_step_mm(steps)
        median_mm = median_low(steps)
        if 2 * sum(is_whole(step / median_mm, 1) for step in steps) > len(steps):
            return median_mm
        for candidate_mm in filter(None, (self.stated_step_mm, min(steps))):
            if all(is_whole(step / candidate_mm) for step in steps):
                return candidate_mm
        raise NotMeasurable(f"no step is usual: they differ from {min(steps):.2f} to {max(steps):.2f} mm")

    def _only_step_mm(self, steps: Sequence[float]) -> float:
        """Take the stated step, or else the only one there is: that may hide a gap."""
        if self.stated_step_mm is None and not steps:
            raise NotMeasurable("all slices lie at one place, and their spacing is not stated")
        return self.stated_step_mm or steps[0]

    def steps(self) -> tuple[Step, ...]:
        """Every step from one place to the next."""
        usual_mm = self.usual_step_mm() if len(self.levels) > 1 else 0.0
        return tuple(
            Step(before, after, usual_mm, usual_mm * weight)
            for (before, after), (_, weight) in zip(pairwise(self.levels), self._weighed(), strict=True)
        )

    def gaps(self) -> tuple[Step, ...]:
        """List steps in which slices are missing; before the first and after the last, none is seen to be."""
        return tuple(step for step in self._comparable() if step.missing)

    def uneven(self) -> tuple[Step, ...]:
        """List steps that differ from the usual one by other than whole slices."""
        return tuple(step for step in self._comparable() if step.is_uneven)

    def single_slab_mm(self) -> float:
        """Tell how thick a slab one slice stands for that has no neighbour."""
        if len(self.levels) > 1 or self.stated_step_mm is not None:
            return self.usual_step_mm()
        if not self.thickness_mm:
            raise NotMeasurable("there is one slice only, of which neither spacing nor thickness is known")
        return median_low(self.thickness_mm.values())

    def _comparable(self) -> tuple[Step, ...]:
        if len(self.levels) == 2 and self.stated_step_mm is None:  # noqa: PLR2004 - one step
            raise NotMeasurable("there is one step only, and no spacing is stated to compare it with")
        return self.steps()

    def _weighed(self) -> list[tuple[float, float]]:
        """Length of every step, and how much longer than usual it is expected to be since slices are thicker there."""
        weights = self._weights()
        lengths = (after.along_mm - before.along_mm for before, after in pairwise(self.levels))
        return list(zip(lengths, weights, strict=True))

    def _weights(self) -> list[float]:
        if len(self.thickness_mm) < len(self.order):
            return [1.0] * (len(self.levels) - 1)
        common_mm = median_low(self.thickness_mm.values())
        at_level = [fmean(self.thickness_mm[name] for name in level.slices) for level in self.levels]
        return [(one + other) / 2 / common_mm for one, other in pairwise(at_level)]


def stacked(places: Mapping[str, SlicePlace]) -> Stack:
    """Put slices in order. ``places``: by a name of each slice, in any order. Raises NotMeasurable."""
    placed = positions(places)
    in_order = sorted(placed.along_mm.items(), key=lambda item: (item[1], item[0]))
    stated = [place.spacing_mm for place in places.values() if place.spacing_mm is not None]
    return Stack(
        levels=tuple(_levels(in_order)),
        thickness_mm={name: place.thickness_mm for name, place in places.items() if place.thickness_mm is not None},
        stated_step_mm=median_low(stated) if stated else None,
        normal_problem=placed.normal_problem,
    )


def _levels(in_order: Sequence[tuple[str, float]]) -> Iterable[Level]:
    names, first_mm = [in_order[0][0]], in_order[0][1]
    for name, along_mm in in_order[1:]:
        if along_mm - first_mm < SAME_PLACE_MM:
            names.append(name)
        else:
            yield Level(first_mm, tuple(sorted(names)))
            names, first_mm = [name], along_mm
    yield Level(first_mm, tuple(sorted(names)))


def is_whole(steps: float, number: int | None = None) -> bool:
    """Whether a length in steps is a whole number of them, at least one, or this number, but for rounding."""
    wanted = max(round(steps), 1) if number is None else number
    return round(abs(steps - wanted), DECIMALS) <= UNEVEN_FROM
