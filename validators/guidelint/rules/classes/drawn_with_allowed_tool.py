"""The rule ``drawn-with-allowed-tool``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.tool import Tool, any_of
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.naming import ClassName
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.region import RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class DrawnWithAllowedTool(RegionRule):
    """A region is drawn with a tool that the guideline allows for its class.

    ## Why
    A box where an outline is asked for has no shape, and a point has no size: whatever is measured later is missing.

    ## How it is measured
    The tool of the region is compared with the tools of its class.

    ## Source
    A choice of this catalogue.
    """

    allowed: Annotated[dict[ClassName, tuple[Tool, ...]], From("classes.*.draw", given="`draw:` of each class")] = {}
    """Class → tools it is drawn with."""

    always = True
    follows = "classes.*.draw"
    says = {
        "other-tool": Says(
            "marked as {tool}; the guideline asks for {allowed}",
            "Delete it and draw it again as {allowed}.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"Every {names.kind} is drawn with a tool of its class."

    def check(self, region: Region) -> Iterator[Departure]:
        """Compare the tool with those of the class."""
        allowed = self.allowed.get(region.class_name or "")
        if allowed is not None and region.tool not in allowed:
            yield self.departs("other-tool", tool=region.called, allowed=any_of(allowed))

    cases = (
        Case("with the tool asked for", {"allowed": {"lesion": ["brush"]}}, "##"),
        Case("with one of two tools", {"allowed": {"lesion": ["polygon", "brush"]}}, "##"),
        Case(
            "a box instead of an outline",
            {"allowed": {"lesion": ["polygon", "brush"]}},
            Drawn(text="##\n##", as_="rectangle"),
            finds="marked as a box; the guideline asks for an outline or a brush mask",
        ),
        Case("a class without a choice of tools", {"allowed": {"organ": ["polygon"]}}, "##"),
    )
