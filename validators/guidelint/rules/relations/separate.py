"""The rule ``separate``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from guidelint.annotation.neighbours import neighbours
from guidelint.annotation.tool import ENCLOSING
from guidelint.geometry.measures.overlap import dice, shared_px
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.spacing import Spacing
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.parameters.amount import Share, SpeckMm2
from guidelint.validation.rule.parameters.bound import Upper
from guidelint.validation.rule.parameters.naming import ClassPair
from guidelint.validation.rule.reply import CannotTell, Departure, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.size import area_shown
from guidelint.validation.rule.wording import measure, number, sentence
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names


def _areas(submission: Submission, class_name: str) -> tuple[Region, ...]:
    return tuple(region for region in submission.of_class(class_name) if region.tool in ENCLOSING)


class Separate(SubmissionRule):
    """Regions of classes that exclude each other share no pixel.

    ## Why
    A pixel cannot be liver and kidney. Where two such regions overlap, every program picks one of them in its own way.

    ## How it is measured
    Pixels of one image that both masks contain, excluded areas taken out, as an area in mm² or as a Dice coefficient;
    of any images of the task where all show the same pixels (`images: one_grid: true`). With a pair of one class with
    itself, its regions must not overlap one another.

    ## Source
    A choice of this catalogue.
    """

    pairs: Annotated[tuple[ClassPair, ...], Field(min_length=1)]
    """Pairs of classes that exclude each other."""
    max_overlap_mm2: Annotated[SpeckMm2, Upper("overlap")] = 0.0
    """Largest area in mm² that two regions may share."""
    max_dice: Annotated[Share, Upper("Dice coefficient")] | None = None
    """Largest Dice coefficient of two regions, in place of the area."""

    says = {
        "overlap": Says(
            "sharing {shared} with {other}; at most {limit} is allowed",
            "Draw the border between the two where it belongs.",
            of_first=True,
        ),
        "overlap-at-all": Says(
            "sharing {shared} with {other}; the two must not overlap",
            "Draw the border between the two where it belongs.",
            of_first=True,
        ),
        "too-alike": Says(
            "overlapping {other} by a Dice coefficient of {dice} (1: the same area); at most {limit} is allowed",
            "Draw the border between the two where it belongs.",
            of_first=True,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        asked = f"may overlap by {self._limit('at most')}" if self._limit("at most") else "do not overlap"
        return " ".join(sentence(f"{names.pair(*pair)} {asked}") for pair in self.pairs)

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        over = f" by {self._limit('over')}" if self._limit("over") else ""
        return f"{', or '.join(names.pair(*pair) for pair in self.pairs)} overlap{over}"

    def _limit(self, bound: str) -> str:
        """Say how much overlap is allowed; empty for none."""
        if self.max_dice is not None:
            return f"a Dice coefficient of {bound} {number(self.max_dice)}"
        return f"{bound} {measure(self.max_overlap_mm2, 'mm²')}" if self.max_overlap_mm2 else ""

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Compare the regions of each pair of classes."""
        for first, second in self.pairs:
            for one, other in self._met(submission, first, second):
                try:
                    yield from self._judge(one, other)
                except NotMeasurable as error:
                    yield CannotTell(str(error), (one, other))

    def _met(self, submission: Submission, first: str, second: str) -> Iterator[tuple[Region, Region]]:
        of_first, of_second = _areas(submission, first), _areas(submission, second)
        return neighbours(of_first, of_second, one_grid=submission.one_grid)

    def _judge(self, one: Region, other: Region) -> Iterator[Departure]:
        if self.max_dice is not None:
            alike = dice(one.mask, other.mask)
            if alike > self.max_dice:
                limit = Quantity(self.max_dice)
                yield self.departs("too-alike", one, other, other=other.title, dice=Quantity(alike), limit=limit)
            return
        common_px = shared_px(one.mask, other.mask)
        if not common_px:
            return
        if not self.max_overlap_mm2:
            shown = area_shown(common_px, one.spacing)
            yield self.departs("overlap-at-all", one, other, other=other.title, shared=shown)
            return
        shared = common_px * one.known_spacing.pixel_mm2
        if shared > self.max_overlap_mm2:
            area, limit = Quantity(shared, "mm²"), Quantity(self.max_overlap_mm2, "mm²")
            yield self.departs("overlap", one, other, other=other.title, shared=area, limit=limit)

    cases = (
        Case(
            "side by side",
            {"pairs": [["liver", "kidney"]]},
            (Drawn(text="##..", class_name="liver"), Drawn(text="..##", class_name="kidney")),
        ),
        Case(
            "one pixel shared by regions on two images of one grid",
            {"pairs": [["liver", "kidney"]]},
            (
                Drawn(text="##.", class_name="liver", item_index=0),
                Drawn(text=".##", class_name="kidney", item_index=1),
            ),
            finds="sharing 1 mm² with Region 2 kidney on FLAIR; the two must not overlap",
            of_task={"t1c": "T1c", "flair": "FLAIR"},
            one_grid=True,
        ),
        Case(
            "one pixel shared",
            {"pairs": [["liver", "kidney"]]},
            (Drawn(text="###.", class_name="liver"), Drawn(text="..##", class_name="kidney")),
            finds="sharing 1 mm² with Region 2 kidney; the two must not overlap",
        ),
        Case(
            "as much shared as is allowed",
            {"pairs": [["liver", "kidney"]], "max_overlap_mm2": 1.0},
            (Drawn(text="###.", class_name="liver"), Drawn(text="..##", class_name="kidney")),
        ),
        Case(
            "rows twice as far apart",
            {"pairs": [["liver", "kidney"]], "max_overlap_mm2": 1.0},
            (Drawn(text="###.", class_name="liver"), Drawn(text="..##", class_name="kidney")),
            finds="sharing 2 mm² with Region 2 kidney; at most 1 mm² is allowed",
            spacing=Spacing(row_mm=2.0, column_mm=1.0),
        ),
        Case(
            "spacing not known",
            {"pairs": [["liver", "kidney"]], "max_overlap_mm2": 1.0},
            (Drawn(text="###.", class_name="liver"), Drawn(text="..##", class_name="kidney")),
            cannot="pixel spacing",
            spacing=None,
        ),
        Case(
            "spacing not needed",
            {"pairs": [["liver", "kidney"]]},
            (Drawn(text="###.", class_name="liver"), Drawn(text="..##", class_name="kidney")),
            finds="sharing 1 px with Region 2 kidney",
            spacing=None,
        ),
        Case(
            "a pair that may overlap",
            {"pairs": [["liver", "kidney"]]},
            (Drawn(text="###.", class_name="liver"), Drawn(text="..##", class_name="lesion")),
        ),
        Case(
            "on two images",
            {"pairs": [["liver", "kidney"]]},
            (
                Drawn(text="##", class_name="liver", item_index=0),
                Drawn(text="##", class_name="kidney", item_index=1),
            ),
        ),
        Case(
            "two of one class",
            {"pairs": [["cell", "cell"]]},
            (Drawn(text="###.", class_name="cell"), Drawn(text="..##", class_name="cell")),
            finds="sharing 1 mm² with Region 2 cell",
        ),
        Case(
            "as alike as is allowed",
            {"pairs": [["liver", "kidney"]], "max_dice": 0.5},
            (Drawn(text="##.", class_name="liver"), Drawn(text=".##", class_name="kidney")),
        ),
        Case(
            "more alike than is allowed",
            {"pairs": [["liver", "kidney"]], "max_dice": 0.4},
            (Drawn(text="##.", class_name="liver"), Drawn(text=".##", class_name="kidney")),
            finds="overlapping Region 2 kidney by a Dice coefficient of 0.5 (1: the same area); at most 0.4 is allowed",
        ),
        Case(
            "a mask that does not decode",
            {"pairs": [["liver", "kidney"]]},
            (Drawn(text="##", class_name="liver", undecodable="cut off"), Drawn(text="##", class_name="kidney")),
            cannot="cut off",
        ),
    )
