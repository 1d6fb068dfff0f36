"""The rule ``one-version-of-image-rotation``."""

from __future__ import annotations

from math import isfinite, nan
from typing import TYPE_CHECKING

from guidelint.validation.case import Case, Drawn
from guidelint.validation.finding import Says
from guidelint.validation.rule import Departure, SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.names import Names


class OneVersionOfImageRotation(SubmissionRule):
    """All regions on one image state the same rotation of it.

    ## Why
    The viewer turns the whole image, so that every region must carry the same rotation. Two rotations in one submission
    come from merging two files, and one of them is read in the wrong direction by some programs.

    ## How it is measured
    The values of ``image_rotation`` in degrees, a full turn being none.

    ## Source
    Label Studio, format of annotations: https://labelstud.io/guide/export
    """

    always = True
    says = {
        "several": Says(
            "the regions were drawn on {count} rotations of the image: {rotations} degrees",
            "Turn the image back, delete the regions that now lie wrong, and draw them again.",
            "Find out how the image was shown; regions that state another rotation belong to another file, or are "
            "drawn again.",
        ),
    }
    cases = (
        Case("no rotation", {}, (Drawn(text="#.."), Drawn(text="..#"))),
        Case("both turned", {}, (Drawn(text="#..", image_rotation=90.0), Drawn(text="..#", image_rotation=90.0))),
        Case("a full turn is none", {}, (Drawn(text="#..", image_rotation=360.0), Drawn(text="..#"))),
        Case("a rotation that cannot be read is none", {}, (Drawn(text="#..", image_rotation=nan), Drawn(text="..#"))),
        Case(
            "two images, one turned",
            {},
            (Drawn(text="#..", image_rotation=90.0, item_index=0), Drawn(text="..#", item_index=1)),
        ),
        Case(
            "one of two turned",
            {},
            (Drawn(text="#..", image_rotation=90.0), Drawn(text="..#")),
            finds="2 rotations of the image: 0, 90 degrees",
        ),
    )

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return "All regions of an image are drawn with the image turned the same way."

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Count the rotations of each image."""
        for regions in submission.by_item(submission.regions):
            read = (region.image_rotation for region in regions if isfinite(region.image_rotation))
            rotations = sorted({f"{rotation % 360.0:g}" for rotation in read})
            if len(rotations) > 1:
                yield self.departs("several", count=len(rotations), rotations=", ".join(rotations))
