"""The rule ``single-piece``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.tool import PAINTED
from guidelint.geometry.measures.components import components
from guidelint.geometry.spacing import Spacing
from guidelint.validation.rule.case import Case
from guidelint.validation.rule.evidence import Place
from guidelint.validation.rule.parameters.amount import OneOrAFew, SpeckMm2
from guidelint.validation.rule.parameters.bound import Upper
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.size import area_shown
from guidelint.validation.rule.wording import counted, measure, miscounted
from guidelint.validation.scopes.region import RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.geometry.mask import Mask
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure

PIECES = ("piece", "pieces")


def _place(piece: Mask) -> Place:
    row, column = divmod(int(piece.starts[0]), piece.shape[1])
    return Place(column + 0.5, row + 0.5)


class SinglePiece(RegionRule):
    """A painted region is one piece.

    ## Why
    A second piece is a stray stroke, or another lesion that was painted into the same region and will be counted as
    one.

    ## How it is measured
    Pixels that touch by an edge or a corner hang together. Pieces smaller than ``ignore_below_mm2`` do not count.

    ## Source
    Pieces per structure are among the checks of CloudSegmentatorResults (Imaging Data Commons).
    """

    max_pieces: Annotated[OneOrAFew, Upper("pieces")] = 1
    """Most pieces."""
    ignore_below_mm2: SpeckMm2 = 0.0
    """Area in mm² below which a piece does not count."""

    tools = PAINTED
    needs = frozenset({"separate objects"})
    says = {
        "several": Says(
            "{count} separate pieces, the smallest of {smallest}; no more than {limit} may be",
            "Erase stray strokes; paint each further structure as a region of its own.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        match self.max_pieces:
            case 1:
                return f"Every painted {names.kind} is in one piece{self._spared}."
            case most:
                return f"Every painted {names.kind} has {counted(1, most, PIECES)}{self._spared}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"any painted {names.kind} has {miscounted(None, self.max_pieces, PIECES)}{self._spared}"

    @property
    def _spared(self) -> str:
        """Say which pieces do not count."""
        below = self.ignore_below_mm2
        return f", not counting those under {measure(below, 'mm²')}" if below else ""

    def check(self, region: Region) -> Iterator[Departure]:
        """Count the pieces that count."""
        pieces = components(region.drawn_mask)
        if len(pieces) <= self.max_pieces:
            return
        if self.ignore_below_mm2:
            pixel = region.known_spacing.pixel_mm2
            pieces = tuple(piece for piece in pieces if piece.area_px * pixel >= self.ignore_below_mm2)
        if len(pieces) > self.max_pieces:
            smallest = min(pieces, key=lambda piece: piece.area_px)
            yield self.departs(
                "several",
                place=_place(smallest),
                count=len(pieces),
                limit=self.max_pieces,
                smallest=area_shown(smallest.area_px, region.spacing),
            )

    cases = (
        Case("one piece", {}, "##.\n.##"),
        Case("pieces that touch at a corner are one", {}, "#.\n.#"),
        Case(
            "a stray stroke", {}, "##..\n##.#", finds="2 separate pieces, the smallest of 1 mm²; no more than 1 may be"
        ),
        Case("as many as allowed", {"max_pieces": 2}, "##..\n##.#"),
        Case("a stray stroke too small to count", {"ignore_below_mm2": 2.0}, "##..\n##.#"),
        Case("a piece just large enough to count", {"ignore_below_mm2": 1.0}, "##..\n##.#", finds="2 separate pieces"),
        Case(
            "rows twice as far apart",
            {"ignore_below_mm2": 2.0},
            "##..\n##.#",
            finds="the smallest of 2 mm²",
            spacing=Spacing(row_mm=2.0, column_mm=1.0),
        ),
        Case("spacing not known", {"ignore_below_mm2": 2.0}, "##..\n##.#", cannot="pixel spacing", spacing=None),
        Case("one piece needs no spacing", {"ignore_below_mm2": 2.0}, "##", spacing=None),
        Case("spacing not needed", {}, "##..\n##.#", finds="the smallest of 1 px", spacing=None),
        Case("the smallest piece is pointed at", {}, "##..#\n##..#", finds="the smallest of 2 mm²", at=(4.5, 0.5)),
    )
