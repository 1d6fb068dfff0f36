"""Who marked which object, and which objects of several readers are the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from guidelint.annotation.refs import task_called
from guidelint.annotation.tool import ENCLOSING
from guidelint.checking.reliability.error import ReliabilityError
from guidelint.geometry.mask import MaskError
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.statistics.assignment import assigned
from guidelint.statistics.matching import LEAST_IOU
from guidelint.statistics.overlapping import Overlapping, overlapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.region import Region
    from guidelint.annotation.region_ref import RegionKey
    from guidelint.annotation.submission import Submission
    from guidelint.geometry.mask import Mask

MOST_OBJECTS: Final = 200_000
"""Objects whose masks are kept; of more, several deliveries are looked at one by one."""
ANY_OVERLAP: Final = 1e-12
"""Jaccard index that two masks have as soon as they share a pixel."""
Slice = tuple[str, int, tuple[int, int]]
"""Task, image of it, and its size as the region states it: what states another size lies on no image of the others."""


@dataclass(slots=True, eq=False)
class Reading:
    """One object as one reader marked it."""

    reader: str
    class_name: str
    masks: dict[Slice, Mask] = field(default_factory=dict["Slice", "Mask"])
    keys: list[RegionKey] = field(default_factory=list["RegionKey"])
    unit: int = -1
    """Which object it is, of whoever read it; -1: nobody else marked it."""

    @property
    def area_px(self) -> int:
        """Pixels on all slices."""
        return sum(mask.area_px for mask in self.masks.values())


@dataclass(frozen=True, slots=True)
class SameObject:
    """One object that two readers marked."""

    one: Reading
    other: Reading


@dataclass(slots=True)
class Readings:
    """Everything that readers marked, gathered by series, or by task where there is no series."""

    groups: dict[tuple[str, str], dict[tuple[str, str], Reading]] = field(
        default_factory=lambda: defaultdict(dict[tuple[str, str], Reading])
    )
    """Series or task, with the class → reader and name of the object → reading."""
    left_out: int = 0
    """Regions that enclose nothing, so that it cannot be told whether two are the same."""
    count: int = 0

    def add(self, submission: Submission) -> None:
        """Take in what one reader marked on one task. Raises ReliabilityError."""
        for region in submission.regions:
            if region.class_name is not None and submission.annotator is not None:
                self._add(region, submission, submission.annotator)

    def _add(self, region: Region, submission: Submission, reader: str) -> None:
        try:
            mask = region.mask if region.tool in ENCLOSING else None
        except NotMeasurable:
            mask = None
        if mask is None or not mask.area_px:
            self.left_out += 1
            return
        series = submission.image_of(region).series_uid
        at = (submission.task, region.image_index, mask.shape)
        name = region.object_name if series and region.object_name else f"{at} #{region.number}"
        group = self.groups[series or f"task {submission.task}", str(region.class_name)]
        if (reader, name) not in group:
            self.count += 1
            if self.count > MOST_OBJECTS:
                raise ReliabilityError(
                    f"more than {MOST_OBJECTS:,} objects are marked in it; ask for fewer files at once"
                )
        reading = group.setdefault((reader, name), Reading(reader, str(region.class_name)))
        reading.masks[at] = mask
        reading.keys.append(region.ref.key(submission.task, submission.annotation))

    def same_objects(self) -> list[SameObject]:
        """Find out which readings of different readers are of one object, and number those objects."""
        found = [pair for group in self.groups.values() for pair in _paired(tuple(group.values()))]
        _number(found)
        return found

    @property
    def alone(self) -> int:
        """Objects that only one reader marked, once ``same_objects`` has paired those of several."""
        return sum(one.unit < 0 for group in self.groups.values() for one in group.values())


def _number(pairs: Sequence[SameObject]) -> None:
    """Give readings that hang together by pairs the number of one object."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - heavy
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - heavy

    readings = {id(one): one for pair in pairs for one in (pair.one, pair.other)}
    places = {key: place for place, key in enumerate(readings)}
    ends = [places[id(pair.one)] for pair in pairs], [places[id(pair.other)] for pair in pairs]
    joined = coo_array((np.ones(len(pairs)), ends), shape=(len(readings), len(readings)))
    _, units = connected_components(joined, directed=False)
    for reading, unit in zip(readings.values(), units.tolist(), strict=True):
        reading.unit = unit


def _paired(readings: Sequence[Reading]) -> Iterator[SameObject]:
    """Pair the readings of every two readers, each with one of the other at most, so that they overlap the most."""
    by_reader: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_reader[reading.reader].append(reading)
    for one, other in combinations(sorted(by_reader), 2):
        yield from _matched(by_reader[one], by_reader[other])


def _matched(ours: Sequence[Reading], theirs: Sequence[Reading]) -> Iterator[SameObject]:
    """Pair readings by their Jaccard index over all slices."""
    shared = _shared_px(ours, theirs)
    if not shared:
        return
    one, other = np.array([*shared], np.int64).T
    both = np.array([*shared.values()])
    areas = [np.array([reading.area_px for reading in readings]) for readings in (ours, theirs)]
    total = areas[0][one] + areas[1][other]
    pairs = Overlapping(one, other, both / (total - both), 2 * both / total)
    chosen = assigned(pairs.at(pairs.iou >= LEAST_IOU))
    for first, second in sorted(zip(chosen.one.tolist(), chosen.other.tolist(), strict=True)):
        yield SameObject(ours[first], theirs[second])


def _shared_px(ours: Sequence[Reading], theirs: Sequence[Reading]) -> dict[tuple[int, int], float]:
    """Count over all slices the pixels that two readings share; places of those that share any."""
    here, there = _on_slices(ours), _on_slices(theirs)
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for at in sorted(here.keys() & there.keys()):
        own, other = (
            [readings[place].masks[at] for place in on[at]] for readings, on in ((ours, here), (theirs, there))
        )
        for one, two, dice in _overlaps(own, other, at):
            shared[here[at][one], there[at][two]] += dice * (own[one].area_px + other[two].area_px) / 2
    return shared


def _overlaps(own: Sequence[Mask], other: Sequence[Mask], at: Slice) -> Iterator[tuple[int, int, float]]:
    try:
        found = overlapping(own, other, ANY_OVERLAP)
    except MaskError as error:
        raise ReliabilityError(f"{task_called(at[0])}: {error}") from error
    return zip(found.one.tolist(), found.other.tolist(), found.dice.tolist(), strict=True)


def _on_slices(readings: Sequence[Reading]) -> dict[Slice, list[int]]:
    on_slice: dict[Slice, list[int]] = defaultdict(list)
    for place, reading in enumerate(readings):
        for at in reading.masks:
            on_slice[at].append(place)
    return on_slice
