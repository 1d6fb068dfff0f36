"""The rule ``allowed-time-point``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from guidelint.imaging.facts import ImageFacts
from guidelint.validation.rule.case import Case, Handed
from guidelint.validation.rule.image_fact import TIME_POINT
from guidelint.validation.rule.parameters.free_text import TimePoint
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import either
from guidelint.validation.scopes.image import ImageRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class AllowedTimePoint(ImageRule):
    """The image is of a time point that the guideline names.

    ## Why
    What is asked for at baseline alone is asked for nowhere where the task data call it otherwise, and nobody notices.

    ## How it is measured
    Clinical Trial Time Point ID (0012,0050) of the image, or what stands under the key that `images: keys: time_point:`
    names, is one of those listed. Small and capital letters are one.

    ## Source
    DICOM PS3.3, C.7.2.3, Clinical Trial Study Module.
    """

    time_points: Annotated[tuple[TimePoint, ...], Field(min_length=1), From("images.time_points")]
    """Time points, as the task data call them."""

    follows = "images.time_points"
    says = {
        "other": Says(
            "the image is of the time point {found}; the guideline names {allowed}",
            "Tell the person who chose the images.",
            "Call the time point in the task data as the guideline does, or leave the image out.",
            beyond_reach=True,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"The image is of the time point {either(self.time_points)}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"the image is of another time point than {either(self.time_points)}"

    def check(self, image: ImageFacts) -> Iterator[Departure]:
        """Look the time point up."""
        if not image.time_point:
            raise TIME_POINT.not_known(image)
        if image.time_point.casefold() not in {one.casefold() for one in self.time_points}:
            yield self.departs("other", found=image.time_point, allowed=either(self.time_points))

    cases = (
        Case(
            "a time point of the list, in large letters",
            {"time_points": ["baseline", "week-8"]},
            (Handed(draws="#", image=ImageFacts(time_point="WEEK-8")),),
        ),
        Case(
            "the list in large letters",
            {"time_points": ["Baseline"]},
            (Handed(draws="#", image=ImageFacts(time_point="baseline")),),
        ),
        Case(
            "another time point",
            {"time_points": ["baseline", "week-8"]},
            (Handed(draws="#", image=ImageFacts(time_point="BL")),),
            finds="the image is of the time point BL; the guideline names baseline or week-8",
        ),
        Case(
            "not stated",
            {"time_points": ["baseline"]},
            (Handed(draws="#", image=ImageFacts()),),
            cannot="the time point (0012,0050) of the image is not known; deliver it, or name the key",
        ),
    )
