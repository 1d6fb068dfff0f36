"""How readers agree on what they drew of one class on one image: Dice, HD95, and which objects only one of them drew.

Dice and HD95 are those of everything a reader drew of the class, as one mask. HD95 is the larger of the two 95th
percentiles (linearly interpolated) of the distances from each border pixel of the one to the nearest border pixel of
the other, between pixel centres: MONAI's, and `surface.SurfaceDistances.percentile_mm(95, "larger")`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from guidelint.geometry.mask import Mask, MaskError
from guidelint.geometry.measures.overlap import dice
from guidelint.geometry.measures.surface import surface_distances
from guidelint.geometry.memo import memo
from guidelint.geometry.union import united
from guidelint.statistics.matching import LEAST_IOU, Matching, matched
from guidelint.statistics.spread import Spread, spread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidelint.geometry.spacing import Spacing


class NoDistance(StrEnum):
    """Why the distance between two readers' borders cannot be evaluated."""

    ONLY_ONE = "only one of the two drew any, so there is no border to measure to"
    NO_SPACING = "the size of a pixel is not stated"
    TOO_LONG = "the borders are too long to be measured"


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two readers on one class of one image."""

    readers: tuple[str, str]
    dice: float | None
    """0 to 1; None where neither drew a pixel: agreement on it does not apply."""
    hd95_mm: float | NoDistance | None
    """None where neither drew a pixel; else a length, or why there is none. An object that one of them missed counts
    with its distance from all that the other drew."""
    matched_hd95_mm: float | NoDistance | None
    """The same of the matched objects alone: how far apart the borders are where both saw something; None where none
    are matched."""
    objects: Matching
    """How their objects go together, the first reader's as ``one``."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """All readers on one class of one image, two by two."""

    pairs: tuple[PairAgreement, ...]
    """In the order of the readers' names."""

    @property
    def dice(self) -> Spread | None:
        """Mean and range over the pairs to whom it applies; None where there are none."""
        return spread([pair.dice for pair in self.pairs if pair.dice is not None])

    @property
    def hd95_mm(self) -> Spread | None:
        """Mean and range over the pairs that can be evaluated; see ``no_hd95`` for the others."""
        return spread([pair.hd95_mm for pair in self.pairs if isinstance(pair.hd95_mm, float)])

    @property
    def matched_hd95_mm(self) -> Spread | None:
        """Mean and range of the HD95 of matched objects, over the pairs of readers who have any, and a spacing."""
        return spread([pair.matched_hd95_mm for pair in self.pairs if isinstance(pair.matched_hd95_mm, float)])

    @property
    def no_hd95(self) -> Mapping[tuple[str, str], NoDistance]:
        """Why it cannot be evaluated, by the two readers for whom it cannot."""
        return {pair.readers: pair.hd95_mm for pair in self.pairs if isinstance(pair.hd95_mm, NoDistance)}

    @property
    def object_dice(self) -> Spread | None:
        """Mean and range over all objects that two readers matched; None where there are none."""
        return spread([match.dice for pair in self.pairs for match in pair.objects.pairs])


def between_two(
    one: Sequence[Mask],
    other: Sequence[Mask],
    spacing: Spacing | None,
    least_iou: float = LEAST_IOU,
    readers: tuple[str, str] = ("first", "second"),
) -> PairAgreement:
    """Compare what two readers drew of one class on one image, object by object and as a whole.

    Raises MaskError for masks of different images, and when too many objects lie upon each other.
    """
    return _compared(_Drawn.of(readers[0], one), _Drawn.of(readers[1], other), spacing, least_iou)


def between_all(
    readers: Mapping[str, Sequence[Mask]], spacing: Spacing | None, least_iou: float = LEAST_IOU
) -> Agreement:
    """Compare every two readers on one class of one image; a reader who drew none of it stands there with no mask.

    Raises MaskError like ``between_two``.
    """
    drawn = [_Drawn.of(name, readers[name]) for name in sorted(readers)]
    return Agreement(tuple(_compared(one, other, spacing, least_iou) for one, other in combinations(drawn, 2)))


def by_class(
    readers: Mapping[str, Mapping[str, Sequence[Mask]]], spacing: Spacing | None, least_iou: float = LEAST_IOU
) -> Mapping[str, Agreement]:
    """Compare every two readers on every class that any of them drew on one image: reader → class → masks.

    Raises MaskError like ``between_two``.
    """
    classes = sorted({name for drawn in readers.values() for name in drawn})
    return {
        name: between_all({reader: drawn.get(name, ()) for reader, drawn in readers.items()}, spacing, least_iou)
        for name in classes
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """What one reader drew of the class."""

    reader: str
    objects: Sequence[Mask]
    whole: Mask | None
    """All of it as one mask; None where that has no pixel."""

    @classmethod
    def of(cls, reader: str, objects: Sequence[Mask]) -> _Drawn:
        whole = united(objects) if objects else None
        return cls(reader, objects, whole if whole is not None and whole.area_px else None)


def _compared(one: _Drawn, other: _Drawn, spacing: Spacing | None, least_iou: float) -> PairAgreement:
    readers, objects = (one.reader, other.reader), matched(one.objects, other.objects, least_iou)
    if one.whole is None and other.whole is None:
        return PairAgreement(readers, None, None, None, objects)
    if one.whole is None or other.whole is None:
        return PairAgreement(readers, 0.0, NoDistance.ONLY_ONE, None, objects)
    apart = _hd95_mm(one.whole, other.whole, spacing)
    if objects.only_one or objects.only_other:
        return PairAgreement(
            readers, dice(one.whole, other.whole), apart, _matched_hd95_mm(one, other, objects, spacing), objects
        )
    return PairAgreement(readers, dice(one.whole, other.whole), apart, apart, objects)


def _matched_hd95_mm(
    one: _Drawn, other: _Drawn, objects: Matching, spacing: Spacing | None
) -> float | NoDistance | None:
    if not objects.pairs:
        return None
    first = united([one.objects[match.one] for match in objects.pairs])
    return _hd95_mm(first, united([other.objects[match.other] for match in objects.pairs]), spacing)


def _hd95_mm(one: Mask, other: Mask, spacing: Spacing | None) -> float | NoDistance:
    if spacing is None:
        return NoDistance.NO_SPACING
    try:
        return memo.ask(surface_distances, one, other, by=(spacing,)).percentile_mm(95, "larger")
    except MaskError:
        return NoDistance.TOO_LONG
