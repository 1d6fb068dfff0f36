"""Readings of one image laid upon each other: what every two readers drew of one class, compared."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from guidelint.geometry.union import united
from guidelint.statistics.agreement import PairAgreement, between_two

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.kept_region import KeptRegion
    from guidelint.geometry.mask import Mask
    from guidelint.geometry.spacing import Spacing


@dataclass(frozen=True, slots=True)
class Shown:
    """What one annotation shows of one class on one image."""

    annotation: str
    annotator: str
    regions: tuple[KeptRegion, ...]

    @property
    def objects(self) -> list[Mask]:
        """One mask for each object; regions with one object name are one. Raises NotMeasurable where one has none."""
        parts: dict[str | int, list[Mask]] = defaultdict(list)
        for place, region in enumerate(self.regions):
            parts[region.object_name or place].append(region.mask)
        return [united(masks) for masks in parts.values()]


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
