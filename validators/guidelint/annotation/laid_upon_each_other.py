"""Readings of one image laid upon each other: what every two readers drew of one class, compared."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from guidelint.geometry.stacked import on_slice
from guidelint.geometry.union import united
from guidelint.statistics.agreement import PairAgreement, between_two
from guidelint.statistics.matching import matched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.kept_region import KeptRegion
    from guidelint.geometry.mask import Mask
    from guidelint.geometry.spacing import Spacing


@dataclass(frozen=True, slots=True)
class Shown:
    """What one reader shows of one class on one image, or over the slices of a series."""

    annotation: str
    """Empty: over a series it is several."""
    annotator: str
    regions: tuple[KeptRegion, ...]
    slices: tuple[tuple[str, int], ...] = ()
    """Tasks and images of a series over which it goes; none: it is of one image."""

    @property
    def reading(self) -> str:
        """What tells it from others: the annotation, or over a series who read it."""
        return self.annotation or self.annotator

    @property
    def parts(self) -> list[tuple[KeptRegion, ...]]:
        """The regions of each object; those with one object name are one."""
        parts: dict[str | int, list[KeptRegion]] = defaultdict(list)
        for place, region in enumerate(self.regions):
            parts[region.object_name or place].append(region)
        return list(map(tuple, parts.values()))

    @property
    def objects(self) -> list[Mask]:
        """One mask for each object. Raises NotMeasurable where one has none."""
        return [united([self._laid(region) for region in regions]) for regions in self.parts]

    def _laid(self, region: KeptRegion) -> Mask:
        if not self.slices:
            return region.mask
        return on_slice(region.mask, self.slices.index((region.task, region.image)), len(self.slices))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two annotations by different readers, compared."""

    one: Shown
    other: Shown
    found: PairAgreement

    @property
    def regions(self) -> tuple[KeptRegion, ...]:
        """Regions of both."""
        return self.one.regions + self.other.regions

    @property
    def matched(self) -> float | None:
        """Share that matched objects have among the objects of both; None where there are none."""
        objects = self.found.objects
        matched, alone = 2 * len(objects.pairs), len(objects.only_one) + len(objects.only_other)
        return matched / (matched + alone) if matched + alone else None


def pairs_of(drawn: Sequence[Shown], spacing: Spacing | None, least_iou: float) -> Iterator[Pair]:
    """Compare every two annotations by different readers.

    Raises NotMeasurable for a region without pixels, MaskError for regions of images of different sizes, and when too
    many objects lie upon each other.
    """
    objects = [one.objects for one in drawn]
    for first, second in combinations(range(len(drawn)), 2):
        one, other = drawn[first], drawn[second]
        if one.annotator != other.annotator:
            yield Pair(one, other, between_two(objects[first], objects[second], spacing, least_iou))


@dataclass(frozen=True, slots=True)
class DrawnBy:
    """One object as one annotation shows it."""

    annotation: str
    annotator: str
    regions: tuple[KeptRegion, ...]


def drawings_of(drawn: Sequence[Shown]) -> Iterator[DrawnBy]:
    """Give each object as each annotation shows it."""
    for one in drawn:
        yield from (DrawnBy(one.annotation, one.annotator, regions) for regions in one.parts)


def objects_of_several(drawn: Sequence[Shown], least_iou: float) -> Iterator[list[tuple[DrawnBy, DrawnBy]]]:
    """For each object that different readers drew, every two of its drawings that are matched.

    Raises NotMeasurable for a region without pixels, MaskError for regions of images of different sizes, and when too
    many objects lie upon each other.
    """
    links = list(_matched(drawn, least_iou))
    groups: dict[DrawnBy, list[tuple[DrawnBy, DrawnBy]]] = {}
    for one, other in links:
        joined = groups.setdefault(one, [])
        added = groups.get(other, joined)
        joined.append((one, other))
        if added is not joined:
            joined.extend(added)
        groups.update(dict.fromkeys((drawing for link in (*added, (one, other)) for drawing in link), joined))
    yield from {id(group): group for group in groups.values()}.values()


def _matched(drawn: Sequence[Shown], least_iou: float) -> Iterator[tuple[DrawnBy, DrawnBy]]:
    """Match the objects of every two different readers."""
    objects = [one.objects for one in drawn]
    drawings = [[DrawnBy(one.annotation, one.annotator, regions) for regions in one.parts] for one in drawn]
    for first, second in combinations(range(len(drawn)), 2):
        if drawn[first].annotator != drawn[second].annotator:
            for pair in matched(objects[first], objects[second], least_iou).pairs:
                yield drawings[first][pair.one], drawings[second][pair.other]
