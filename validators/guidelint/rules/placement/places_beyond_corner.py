"""The rule ``places-beyond-corner``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure

LIMIT = Quantity(1.0, "%")
"""What all numbers of a region below it speak of."""
WIDE = (400, 500)
"""Rows, columns of the image in the cases."""


class PlacesBeyondCorner(SubmissionRule):
    """A region does not lie in the top-left hundredth of width and height.

    ## Why
    Hardly anything is there to be marked. A program that writes fractions from 0 to 1 where Label Studio counts percent
    puts everything there, and a single small region does not tell which of the two it is.

    ## How it is measured
    All its numbers lie from 0 to 1 percent. What is told from several regions, or from one that nobody can have drawn,
    is left to `places-in-percent`.

    ## Source
    A choice of this catalogue.
    """

    always = True
    level = "warning"
    needs = frozenset({"places in percent"})
    says = {
        "in-corner": Says(
            "lying in the top-left corner of the image, within {largest} of its width and height; little is found "
            "within {limit}",
            "If you drew it there, nothing is wrong. If not, tell who imported it.",
            "If it was drawn there, nothing is wrong. If it was imported, look whether the program wrote fractions "
            "from 0 to 1: Label Studio counts percent.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return "No region lies wholly in the top-left hundredth of the width and height of the image."

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Report what is no certain slip."""
        for slip in submission.unit_slips:
            if not slip.certain:
                yield from (
                    self.departs("in-corner", one, largest=Quantity(slip.largest, "%"), limit=LIMIT)
                    for one in slip.regions
                )

    cases = (
        Case(
            "a small box in the corner",
            {},
            Drawn(text="##\n##", as_="rectangle", image_shape=WIDE),
            finds="in the top-left corner of the image, within 0.5 % of its width and height; little is found within 1 "
            "%",
        ),
        Case(
            "up to one percent",
            {},
            Drawn(text="##\n##", as_="rectangle", image_shape=WIDE, shift=(3.0, 2.0)),
            finds="within 1 % of its width and height; little is found within 1 %",
        ),
        Case("a little more", {}, Drawn(text="##\n##", as_="rectangle", image_shape=WIDE, shift=(3.01, 2.0))),
        Case("further in", {}, Drawn(text="##\n##", as_="rectangle", image_shape=WIDE, shift=(4.0, 4.0))),
        Case(
            "two points are told as fractions",
            {},
            tuple(Drawn(text="#", as_="keypoint", image_shape=WIDE, shift=shift) for shift in ((0, 0), (4, 3))),
        ),
    )
