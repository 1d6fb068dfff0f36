"""The rule ``simple-outline``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.shape import Polygon
from guidelint.annotation.tool import OUTLINES
from guidelint.geometry.measures.outline import TOUCHES, invalid_reason
from guidelint.geometry.memo import memo
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.evidence import Place
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.where import where
from guidelint.validation.scopes.region import RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class SimpleOutline(RegionRule):
    """An outline neither crosses nor touches itself.

    ## Why
    Where an outline crosses itself, inside and outside change places: programs disagree about its area, and some drop
    the region.

    ## How it is measured
    Validity of the closed polygon; the place of the first fault is shown. Open lines are not judged.

    ## Source
    OGC Simple Features (ISO 19125-1), validity of polygons.
    """

    tools = OUTLINES
    says = {
        "not-simple": Says("{fault}, {where}", "Move the points there so that the outline runs once around."),
        "touches": Says(
            "{fault}, {where}",
            "Move the points there apart. A hole is not cut out in this way: outline it as a region of its own, of the "
            "class that is taken out of this one.",
            "Have the points there moved apart. A hole is a region of its own, of a class that the guideline takes "
            "out of this one with the option excluded_from.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"The outline of every {names.kind} neither crosses nor touches itself."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"the outline of any {names.kind} crosses or touches itself"

    def suspects(self, submission: Submission, regions: tuple[Region, ...]) -> Iterable[Region]:
        """Leave out outlines that are simple."""
        return (region for region in regions if region not in submission.outlines.simple)

    def check(self, region: Region) -> Iterator[Departure]:
        """Find the first fault."""
        if not isinstance(region.shape, Polygon) or region.shape.is_line:
            return
        if fault := memo.ask(invalid_reason, region.shape.points):
            place = Place(fault.x, fault.y)
            kind = {TOUCHES: "touches"}.get(fault.reason, "not-simple")
            yield self.departs(kind, place=place, fault=fault.reason, where=where(fault.x, fault.y, region))

    cases = (
        Case("once around", {}, Drawn(text="a..b\n....\nd..c", as_="polygon")),
        Case(
            "a bow tie",
            {},
            Drawn(text="a..b\n....\nd..c", as_="polygon", order="acbd"),
            finds="the outline crosses itself, 50 % from the left and 50 % from the top of the image",
        ),
        Case(
            "touching itself in one vertex",
            {},
            Drawn(text="a...b\n.....\n..c..\n.....\nd...e", as_="polygon", order="abcedc"),
            finds="the outline touches itself, 50 % from the left and 50 % from the top of the image",
        ),
        Case(
            "cut open to leave out a hole",
            {},
            Drawn(text="a....b\n..ef..\n..hg..\nd....c", as_="polygon", order="abcdaehgfe"),
            finds="the outline touches itself, 8 % from the left and 12 % from the top of the image",
        ),
        Case(
            "an outline that was left open is judged as if it were closed",
            {},
            Drawn(text="a..b\n....\nd..c", as_="polygon", order="acbd", closed=False),
            finds="the outline crosses itself",
        ),
        Case(
            "a closed curve is an outline",
            {},
            Drawn(text="a..b\n....\nd..c", as_="vector", order="acbd"),
            finds="the outline crosses itself",
        ),
        Case("an open line may cross itself", {}, Drawn(text="a..b\nd..c", as_="vector", order="acbd", closed=False)),
    )
