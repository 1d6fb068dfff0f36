"""The rule ``one-version-of-image-rotation``."""

from __future__ import annotations

from collections import defaultdict
from math import isfinite, nan
from typing import TYPE_CHECKING

from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


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
    needs = frozenset({"image rotation"})
    says = {
        "several": Says(
            "drawn with the image turned by {rotation} degrees, other regions with {usual}",
            "Delete what lies wrong, and draw it again.",
            "Find out how the image was shown; regions that state another rotation belong to another file, or are "
            "drawn again.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return "All regions of an image are drawn with the image turned the same way."

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Count the rotations of each image."""
        for regions in submission.by_item(submission.drawn):
            turned: dict[str, list[Region]] = defaultdict(list)
            for region in regions:
                if isfinite(region.image_rotation):
                    turned[f"{region.image_rotation % 360.0:g}"].append(region)
            usual = max(turned, key=lambda rotation: (len(turned[rotation]), rotation == "0"), default="")
            for rotation in sorted(turned.keys() - {usual}):
                yield self.departs("several", *turned[rotation], rotation=rotation, usual=usual)

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
            finds="drawn with the image turned by 90 degrees, other regions with 0",
        ),
    )
