"""The rule ``drawn-as``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from guidelint.annotation.tool import Tool, any_of
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.naming import DrawnWith
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.region import RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class DrawnAs(RegionRule):
    """A region is drawn with one of these tools, of all that its class may be drawn with.

    ## Why
    A protocol points at what somebody calls small or indistinct and outlines the rest; or asks for an outline of
    whatever is suspicious. A class alone does not say which of its tools is meant.

    ## How it is measured
    The tool of the region is compared with those that are asked for. Give a condition under ``when``: an answer, the
    image, the source of the region; and use the rule several times, each under a name of its own, where other answers
    ask for other tools. A size is asked for by ``geometry-by-size``, which goes by the largest slice of an object.

    ## Source
    A choice of this catalogue.
    """

    draw: Annotated[tuple[Tool, ...], Field(min_length=1), DrawnWith()]
    """Tools that are asked for."""

    says = {
        "other-tool": Says(
            "marked as {tool}; the guideline asks for {allowed} there",
            "Delete it and draw it again as {allowed}, or correct the answer that asks for it.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"Every {names.kind} is drawn as {any_of(self.draw)}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"any {names.kind} is drawn otherwise than as {any_of(self.draw)}"

    def check(self, region: Region) -> Iterator[Departure]:
        """Compare the tool with those that are asked for."""
        if region.tool not in self.draw:
            yield self.departs("other-tool", tool=region.called, allowed=any_of(self.draw))

    cases = (
        Case("with the tool asked for", {"draw": ["keypoint"]}, Drawn(text="#", as_="keypoint")),
        Case("with one of two tools", {"draw": ["polygon", "brush"]}, "##"),
        Case(
            "an outline instead of a point",
            {"draw": ["keypoint"]},
            Drawn(text="a.b\n...\nd.c", as_="polygon"),
            finds="marked as an outline; the guideline asks for a point there",
        ),
    )
