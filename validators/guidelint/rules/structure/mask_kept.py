"""The rule ``mask-kept``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.tool import PAINTED
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.digits import as_written
from guidelint.validation.rule.parameters.amount import OverlapFraction
from guidelint.validation.rule.parameters.bound import Lower
from guidelint.validation.rule.reply import CannotTell, Departure, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import percent
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names


class MaskKept(SubmissionRule):
    """A painted region did not shrink to almost nothing since the last version.

    ## Why
    Editors lose strokes: a mask that was reopened and saved may come back empty or in pieces, and nobody painted over
    it on purpose.

    ## How it is measured
    Pixels of a painted region now, over the pixels of the region with the same id in the last stored version. Regions
    that were deleted, and annotations without an earlier version, are not judged.

    ## Source
    Label Studio issues 337 and 8441: brush strokes lost on saving.
    """

    min_kept: Annotated[OverlapFraction, Lower("kept area", unmet_at=1)] = 0.2
    """Smallest share of its pixels that a region keeps."""

    always = True
    level = "warning"
    says = {
        "collapsed": Says(
            "{now} px left of the {before} px of the last version, less than {kept} of them",
            "If you did not erase it, undo, or paint the region again.",
            "Ask who drew it whether it was erased on purpose; the last version still holds it.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"Every painted region keeps at least {percent(self.min_kept)} of its pixels when it is corrected."

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Compare every painted region with its last version."""
        if submission.previous is None:
            return
        painted = (region for region in submission.previous.regions if region.tool in PAINTED)
        before = {(region.id, region.image_index): region for region in painted if region.id}
        for region in submission.drawn:
            if (region.id, region.image_index) in before and region.tool in PAINTED:
                yield from self._compare(region, before[region.id, region.image_index])

    def _compare(self, region: Region, before: Region) -> Iterator[Reply]:
        try:
            yield from self._judge(region, before)
        except NotMeasurable as error:
            yield CannotTell(str(error), (region,))

    def _judge(self, region: Region, before: Region) -> Iterator[Departure]:
        now_px, before_px = region.drawn_mask.area_px, before.drawn_mask.area_px
        if now_px < self.min_kept * before_px:
            yield self.departs(
                "collapsed", region, now=now_px, before=before_px, kept=f"{as_written(100 * self.min_kept)} %"
            )

    cases = (
        Case("as before", {}, Drawn(text="#####", id="a"), previous=(Drawn(text="#####", id="a"),)),
        Case("a fifth is left", {}, Drawn(text="#....", id="a"), previous=(Drawn(text="#####", id="a"),)),
        Case(
            "a sixth is left",
            {},
            Drawn(text="#.....", id="a"),
            finds="1 px left of the 6 px of the last version, less than 20 % of them",
            previous=(Drawn(text="######", id="a"),),
        ),
        Case("another region", {}, Drawn(text="#.....", id="b"), previous=(Drawn(text="######", id="a"),)),
        Case("without an id", {}, Drawn(text="#.....", id=None), previous=(Drawn(text="######", id=None),)),
        Case("no earlier version", {}, Drawn(text="#.....", id="a")),
        Case(
            "the earlier version cannot be decoded",
            {},
            Drawn(text="#.....", id="a"),
            cannot="cut off",
            previous=(Drawn(text="######", id="a", undecodable="cut off"),),
        ),
    )
