"""The rule ``decodable-mask``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.tool import PAINTED
from guidelint.geometry.mask import MaskError
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.region import RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.reply import Departure


class DecodableMask(RegionRule):
    """A painted mask can be decoded and has exactly the pixels of its image.

    ## Why
    A mask that does not decode is lost. Most programs find that out years later, when a model is trained.

    ## How it is measured
    The run-length code is read to its end and must give four values for each of rows × columns pixels; a picture must
    be a PNG of that size.

    ## Source
    The format is that of ``@thi.ng/rle-pack``, which the Label Studio editor uses.
    """

    always = True
    fixed_because = "a mask that nobody can see would be accepted"
    tools = PAINTED
    says = {
        "undecodable": Says(
            "what was painted cannot be read: {reason}",
            "Delete the region and paint it again. If you did not paint it, tell who imported it.",
            "Have the region painted again. If it was imported, correct the program that wrote it.",
            leaves_nothing=True,
        ),
    }

    def check(self, region: Region) -> Iterator[Departure]:
        """Decode the mask."""
        try:
            _ = region.drawn_mask
        except MaskError as error:
            yield self.departs("undecodable", reason=str(error))

    cases = (
        Case("a mask that decodes", {}, "##"),
        Case(
            "cut off in transit",
            {},
            Drawn(text="##", undecodable="the code ends after 12 of 1024 values"),
            finds="ends after 12 of 1024 values",
        ),
    )
