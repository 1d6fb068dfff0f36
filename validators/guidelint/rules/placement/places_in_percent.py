"""The rule ``places-in-percent``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.reply import Departure

TELL = "Tell the person who imported the regions: moving them does not help."
WIDE = (400, 500)
"""Rows, columns of the image in the cases."""


class PlacesInPercent(SubmissionRule):
    """Places are counted in percent of the image.

    ## Why
    Label Studio counts from 0 to 100 in both directions. Programs that write pixels, fractions from 0 to 1 or other
    multiples place every region somewhere else, and what is small enough to lie in the image goes unseen.

    ## How it is measured
    Over all regions of an image that are made of numbers. *Pixels, thousandths, hundredfold percent:* regions lie
    wholly beyond the right or lower edge, or are larger than the image by a tenth, and the same numbers fit into the
    image when counted in that unit. *Fractions:* regions lie in the top-left hundredth of width and height, all of
    them (if there are at least two) or at least three, or one that nobody can have drawn: thinner than a pixel, or with
    more vertices than pixels along its box. A single larger region there is left to `places-beyond-corner`. Pixels of
    an image of hardly more than 100 pixels cannot be told from percent.

    ## Source
    Label Studio, units of image annotations: https://labelstud.io/guide/predictions
    """

    always = True
    fixed_because = "regions would be judged in places where nobody drew them"
    needs = frozenset({"places in percent"})
    says = {
        "pixels": Says(
            "the places look like pixels, not like percent of the image: they go up to {largest}, and 100 is its edge",
            TELL,
            "Correct the program that wrote them: x / width × 100, y / height × 100. Moving regions does not help.",
            leaves_nothing=True,
            beyond_reach=True,
        ),
        "thousandths": Says(
            "the places look like thousandths, not like percent of the image: they go up to {largest}, and 100 is its "
            "edge",
            TELL,
            "Correct the program that wrote them: divide by 10. Moving regions does not help.",
            leaves_nothing=True,
            beyond_reach=True,
        ),
        "hundredfold": Says(
            "the places look like percent times a hundred: they go up to {largest}, and 100 is the edge of the image",
            TELL,
            "Correct the program that wrote them: divide by 100. Moving regions does not help.",
            leaves_nothing=True,
            beyond_reach=True,
        ),
        "fractions": Says(
            "the places look like fractions from 0 to 1, not like percent of the image: none is above {largest}, so "
            "that all lies in the top-left corner",
            TELL,
            "Correct the program that wrote them: multiply by 100. Moving regions does not help.",
            leaves_nothing=True,
            beyond_reach=True,
        ),
    }

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Look at all regions of an image together, and say it once."""
        for slip in submission.unit_slips:
            if slip.certain:
                yield self.departs(slip.unit, *slip.regions, largest=Quantity(slip.largest))

    cases = (
        Case("in the image", {}, Drawn(text="##", as_="rectangle", image_shape=WIDE)),
        Case(
            "a box in pixels",
            {},
            Drawn(text="##", as_="rectangle", image_shape=WIDE, shift=(2000.0, 1200.0), stretch=(100.0, 100.0)),
            finds="look like pixels, not like percent of the image: they go up to 440",
            why="x 400, y 300, width 40 and height 25 of 500 × 400 pixels, read as percent.",
        ),
        Case(
            "points in thousandths",
            {},
            Drawn(text="#", as_="keypoint", image_shape=WIDE, shift=(4000.0, 3000.0)),
            finds="look like thousandths",
        ),
        Case(
            "an outline in percent times a hundred",
            {},
            Drawn(text="a.b\n..c", as_="polygon", image_shape=WIDE, shift=(30_000.0, 15_000.0)),
            finds="look like percent times a hundred: they go up to 6000.5",
        ),
        Case(
            "two points in fractions",
            {},
            tuple(Drawn(text="#", as_="keypoint", image_shape=WIDE, shift=shift) for shift in ((0, 0), (4, 3))),
            finds="look like fractions from 0 to 1, not like percent of the image: none is above 0.9",
        ),
        Case(
            "one small box in the corner may be there",
            {},
            Drawn(text="##\n##", as_="rectangle", image_shape=WIDE),
        ),
        Case(
            "a box that sticks out of the image is another rule's matter",
            {},
            Drawn(text="##", as_="rectangle", image_shape=WIDE, shift=(499.0, 200.0)),
        ),
        Case("beside the image on the left nothing can be told", {}, Drawn(text="##", as_="rectangle", shift=(-9, 0))),
    )
