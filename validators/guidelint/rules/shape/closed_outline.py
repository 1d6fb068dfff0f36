"""The rule ``closed-outline``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.shape import Points, Polygon
from guidelint.annotation.tool import OUTLINES
from guidelint.geometry.measures.outline import closing_gap_mm
from guidelint.geometry.spacing import Spacing
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.evidence import Place, Quantity
from guidelint.validation.rule.parameters.amount import SlackMm
from guidelint.validation.rule.parameters.bound import Upper
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import measure
from guidelint.validation.scopes.region import RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


JOIN = "Select the region, click its last point, then its first."
JOIN_OFFLINE = "Have the last point joined to the first."


def _gap(points: Points, spacing: Spacing | None) -> Quantity:
    """Distance of the two ends: in mm where the spacing is known, else in pixels."""
    if spacing is None:
        return Quantity(closing_gap_mm(points, Spacing(1.0, 1.0)), "px")
    return Quantity(closing_gap_mm(points, spacing), "mm")


class ClosedOutline(RegionRule):
    """An outline is closed.

    ## Why
    An open outline has no inside. Programs that need one join its ends by a straight line, and nobody sees where.

    ## How it is measured
    An outline that was delivered as closed is closed: its last edge, from the last vertex back to the first, is part
    of what the annotator saw. An outline that was delivered as open departs when its two ends are farther apart than
    the limit, in mm.

    ## Source
    A choice of this catalogue; with the limit 0, as it is unless the guideline says otherwise, open ends must meet.
    """

    max_gap_mm: Annotated[SlackMm, Upper("gap")] = 0.0
    """Largest distance of the two ends of an open outline, in mm."""

    tools = OUTLINES
    says = {
        "open": Says(
            "the outline is open by {gap}; at most {limit} is allowed",
            JOIN,
            JOIN_OFFLINE,
        ),
        "not-closed": Says("the outline is open by {gap}; it must be closed", JOIN, JOIN_OFFLINE),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        gap = f", or open by at most {measure(self.max_gap_mm, 'mm')}" if self.max_gap_mm else ""
        return f"The outline of every {names.kind} is closed{gap}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        gap = f" by over {measure(self.max_gap_mm, 'mm')}" if self.max_gap_mm else ""
        return f"the outline of any {names.kind} is open{gap}"

    def check(self, region: Region) -> Iterator[Departure]:
        """Measure the gap of an open outline."""
        shape = region.shape
        if not isinstance(shape, Polygon) or shape.closed or not len(shape.points):
            return
        place = Place(float(shape.points[-1, 0]), float(shape.points[-1, 1]))
        if not self.max_gap_mm:
            gap = _gap(shape.points, region.spacing)
            if gap.value > 0:
                yield self.departs("not-closed", place=place, gap=gap)
            return
        gap_mm = closing_gap_mm(shape.points, region.known_spacing)
        if gap_mm > self.max_gap_mm:
            yield self.departs("open", place=place, gap=Quantity(gap_mm, "mm"), limit=Quantity(self.max_gap_mm, "mm"))

    cases = (
        Case("closed in the editor", {"max_gap_mm": 1.0}, Drawn(text="a..b\n....\nd..c", as_="polygon")),
        Case(
            "open by as much as is allowed",
            {"max_gap_mm": 2.0},
            Drawn(text="a..b\n....\nd..c", as_="polygon", closed=False),
        ),
        Case(
            "open by more",
            {"max_gap_mm": 1.9},
            Drawn(text="a..b\n....\nd..c", as_="polygon", closed=False),
            finds="the outline is open by 2 mm; at most 1.9 mm is allowed",
        ),
        Case(
            "rows twice as far apart",
            {"max_gap_mm": 3.9},
            Drawn(text="a..b\n....\nd..c", as_="polygon", closed=False),
            finds="open by 4 mm",
            spacing=Spacing(row_mm=2.0, column_mm=1.0),
        ),
        Case("open ends that meet", {}, Drawn(text="a..b\n....\nd..c", as_="polygon", order="abcda", closed=False)),
        Case(
            "open ends that do not meet",
            {},
            Drawn(text="a..b\n....\nd..c", as_="polygon", closed=False),
            finds="the outline is open by 2 mm; it must be closed",
        ),
        Case(
            "no gap is allowed and the spacing is not known",
            {},
            Drawn(text="a..b\n....\nd..c", as_="polygon", closed=False),
            finds="the outline is open by 2 px; it must be closed",
            spacing=None,
        ),
        Case(
            "a gap is allowed and the spacing is not known",
            {"max_gap_mm": 1.0},
            Drawn(text="a..b\n....\nd..c", as_="polygon", closed=False),
            cannot="pixel spacing",
            spacing=None,
        ),
        Case(
            "the end is pointed at",
            {},
            Drawn(text="a....\n....d\nb..c.", as_="polygon", closed=False),
            finds="open by 4.1 mm",
            at=(4.5, 1.5),
        ),
        Case(
            "an end a little short of the beginning",
            {},
            Drawn(text="a..b\nd..c", as_="polygon", closed=False),
            finds="open by 0.5 mm; it must be closed",
            spacing=Spacing(row_mm=0.5, column_mm=1.0),
        ),
        Case(
            "a gap along a row, in pixels",
            {},
            Drawn(text="a.d\nb.c", as_="polygon", closed=False),
            finds="open by 2 px",
            spacing=None,
        ),
    )
