"""Deriving an answer from what all submissions of a series, a study or a patient contribute."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.deriving.follows import NONE_ASKED, Derived
from guidelint.validation.deriving.pieces import AREA, Piece, Pieces
from guidelint.validation.deriving.total import Summand, total_of
from guidelint.validation.deriving.worst_of import highest
from guidelint.validation.measured_in import volume_in
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.of_object import holds_of_object
from guidelint.validation.rule.wording import both, number
from guidelint.validation.volume import MarkedSlice, volume_ml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guidelint.validation.derivation import Derivation
    from guidelint.validation.rule.condition import Condition
    from guidelint.validation.rule.of_object import Look

MOST_TOLD: Final = 10
"""So many summands are written out; of more the first, and how many there are besides."""


@dataclass(frozen=True)
class OverSeveral:
    """Derives an answer from the pieces of several submissions."""

    by: Derivation
    contributed: Sequence[Pieces]

    def derived(self) -> Derived:
        """Derive it. Raises LeftOpen where nothing follows, NotMeasurable where that cannot be told."""
        if reason := next((one.untold for one in self.contributed if one.untold), ""):
            raise NotMeasurable(reason)
        if reason := next((one.left_open for one in self.contributed if one.left_open), ""):
            raise LeftOpen(reason)
        return self._worst(self.pieces) if self.by.how == "worst-of" else self._summed(self.pieces)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """What counts, of each object once."""
        pieces = [piece for one in self.contributed for piece in one.pieces]
        return largest_of_each(
            self._measured(pieces if self.by.which is None else self._counting(self.by.which, pieces))
        )

    def _counting(self, which: Condition, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """Give pieces of those objects alone of which a condition holds."""
        objects: dict[str | int, list[Piece]] = {}
        for position, piece in enumerate(pieces):
            objects.setdefault(piece.of or position, []).append(piece)
        for those in objects.values():
            looks = [piece.look for piece in those if piece.look is not None]
            holds = bool(looks) and self._holds(which, looks, those[0].words)
            counted = [piece for piece in those if piece.look is None or holds]
            if untold := next((piece for piece in counted if piece.untold), None):
                raise NotMeasurable(f"{untold.words}: {untold.untold}")
            yield from counted

    @staticmethod
    def _holds(which: Condition, looks: Sequence[Look], words: str) -> bool:
        try:
            return holds_of_object(which, looks)
        except LeftOpen as error:
            raise LeftOpen(f"of {words}: {error}") from error
        except NotMeasurable as error:
            raise NotMeasurable(f"of {words}: {error}") from error

    def _measured(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """Give pieces as they are, but for areas on slices: in their place the volume of each object of a series."""
        series = {one.name: one for each in self.contributed for one in each.slices}
        objects: dict[tuple[int, str, str, str, str], dict[str, float]] = {}
        for piece in pieces:
            if not piece.slice:
                yield piece
            else:
                key = (piece.part, piece.of, piece.words, series[piece.slice].series, piece.class_name)
                areas_mm2 = objects.setdefault(key, {})
                areas_mm2[piece.slice] = areas_mm2.get(piece.slice, 0.0) + piece.value
        for (part, of, words, uid, class_name), areas_mm2 in objects.items():
            slices = [one for one in series.values() if one.series == uid]
            marked = [MarkedSlice(one.name, one.name, one.place, areas_mm2.get(one.name)) for one in slices]
            yield Piece(part, volume_in(volume_ml(marked), self.by.unit), words, of, class_name=class_name)

    def _worst(self, pieces: Sequence[Piece]) -> Derived:
        if not pieces:
            raise LeftOpen(NONE_ASKED)
        worst = max(pieces, key=lambda piece: piece.value)
        return Derived(self.by.steps[int(worst.value)], highest(worst.words, len(pieces)))

    def _summed(self, pieces: Sequence[Piece]) -> Derived:
        counted = [piece for piece in pieces if piece.part != AREA]
        if not counted and not self.by.parts and any(one.asks_nobody for one in self.contributed):
            raise LeftOpen(NONE_ASKED)
        areas_mm2 = (piece.value for piece in pieces if piece.part == AREA)
        summands = [Summand(piece.value, piece.words) for piece in counted]
        return total_of(self.by, summands, areas_mm2, self._nameless(), _listed([*self._summands(counted)]))

    def _summands(self, pieces: Sequence[Piece]) -> Iterator[str]:
        """Write what is added up, counts of one kind together."""
        measured = {place: part.measured for place, part in enumerate(self.by.parts, len(self.by.terms))}
        for part in (place for place, what in measured.items() if what == "count"):
            if counted := [piece for piece in pieces if piece.part == part]:
                yield f"{len(counted)} × {both(tuple(dict.fromkeys(piece.words for piece in counted)))}"
        for piece in pieces:
            if (what := measured.get(piece.part)) != "count":
                yield f"{piece.words} {number(round(piece.value, 3 if what == 'volume' else 2))}"

    def _nameless(self) -> str:
        """Say how many regions count each since nothing joins them."""
        count = sum(one.nameless for one in self.contributed)
        return f" ({count} of the regions without an object name)" if count else ""


def _listed(summands: Sequence[str]) -> str:
    more = len(summands) - MOST_TOLD
    listed = (*summands[:MOST_TOLD], *([f"{more} more"] if more > 0 else ()))
    return " + ".join(listed)


def largest_of_each(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Keep of several pieces of one object the largest, in the place of the first; areas are all kept."""
    found: dict[tuple[int, str, int], Piece] = {}
    for position, piece in enumerate(pieces):
        key = (piece.part, piece.of, 0 if piece.of else position)
        if key not in found or found[key].value < piece.value:
            found[key] = piece
    return tuple(found.values())
