"""The rule ``on-the-body``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.region_pixels import share_on_body
from guidelint.annotation.tool import ENCLOSING
from guidelint.validation.rule.case import Case, Painted
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.parameters.amount import Fraction
from guidelint.validation.rule.parameters.bound import Lower
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import percent
from guidelint.validation.scopes.region import RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure

CHEST = Painted(
    text="........\n..ssss..\n..s..s..\n..ssss..\n........\n.ttttt..",
    values={".": -1000, "s": 40, "t": 0},
)
HEAD = Painted(
    text="........\n..bbbb..\n..b..b..\n..dddd..\n........\n........",
    values={".": 0, "b": 900, "d": 200},
    unit="grey",
    modality="MR",
)
FILLED = Painted(text="bbbb\nbddb\nbbbb", values={"b": 900, "d": 0}, unit="grey", modality="DX")


class OnTheBody(RegionRule):
    """A region lies on the body, and not on the air around it.

    ## Why
    A mask that was shifted, turned or mirrored on its way from another tool, or that belongs to another image, often
    lies beside the body. Its shape and its size show nothing of that.

    ## How it is measured
    Share of the region's pixels that show the body. On CT that is the largest thing denser than -400 HU with all that
    it encloses, such as the lungs; on other images the convex hull of the largest thing brighter than the background
    (by Otsu's threshold, taken twice). Where no dark background makes up half the border, as on most radiographs, and
    on images that no air surrounds, such as ultrasound, it cannot be evaluated. Padding is background. Of large images
    every second or third pixel is looked at.

    ## Source
    Otsu 1979, doi 10.1109/TSMC.1979.4310076; scikit-image.
    """

    min_fraction: Annotated[Fraction, Lower("share on the body")] = 0.9
    """Smallest share of the region's pixels on the body, from 0 to 1."""

    tools = ENCLOSING
    says = {
        "beside": Says(
            "{share} of it lies on the body; the guideline asks for {least}",
            "Look whether it was drawn on the right image, and draw it again where it belongs.",
            "Look whether its mask fits the image: it may be shifted, turned, or of another image.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"Every {names.kind} lies on the body with {percent(self.min_fraction)} of its pixels."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"any {names.kind} lies on the body with less than {percent(self.min_fraction)} of its pixels"

    def check(self, region: Region) -> Iterator[Departure]:
        """Compare the share of its pixels on the body with the least."""
        share = share_on_body(region)
        if share < self.min_fraction:
            yield self.departs("beside", share=Quantity(100 * share, "%"), least=Quantity(100 * self.min_fraction, "%"))

    cases = (
        Case("on the chest, the lung that it encloses too", {}, "........\n..####..\n..####..", pixels=CHEST),
        Case(
            "moved by half the image",
            {},
            "........\n......##\n......##",
            finds="0 % of it lies on the body; the guideline asks for 90 %",
            pixels=CHEST,
        ),
        Case("on the table", {}, "........\n" * 5 + "..##", finds="0 % of it lies on the body", pixels=CHEST),
        Case("as large a part on the body as asked for", {"min_fraction": 0.75}, "........\n.####...", pixels=CHEST),
        Case(
            "less of it than asked for",
            {"min_fraction": 0.75},
            "........\n.###....",
            finds="66.7 % of it lies on the body; the guideline asks for 75 %",
            pixels=CHEST,
        ),
        Case("on an MR image, dim tissue too", {}, "........\n........\n..####..\n..####..", pixels=HEAD),
        Case("beside it", {}, "........\n##......\n##......", finds="0 % of it lies on the body", pixels=HEAD),
        Case("no background", {}, "##", cannot="no dark background surrounds what is seen in the image", pixels=FILLED),
        Case("pixels not at hand", {}, "##", cannot="the pixels of the image are not at hand"),
    )
