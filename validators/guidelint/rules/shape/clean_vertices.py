"""The rule ``clean-vertices``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.tool import OUTLINES
from guidelint.geometry.measures.outline import repeated_vertices
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


def _stand(count: int) -> str:
    return "1 point of the outline stands" if count == 1 else f"{count} points of the outline stand"


class CleanVertices(RegionRule):
    """No vertex of an outline stands where an earlier one stands.

    ## Why
    A second vertex in one place is harmless to the eye and trips programs: lengths of zero, angles that do not exist,
    polygons that libraries refuse.

    ## How it is measured
    Every vertex is compared with all earlier ones of the same outline, to a millionth of a pixel.

    ## Source
    OGC Simple Features (ISO 19125-1), simple curves.
    """

    always = True
    level = "note"
    tools = OUTLINES
    says = {
        "repeated": Says(
            "{points} where an earlier one stands, {where}",
            "Nothing is wrong to the eye. A double click on a point deletes it.",
            "Nothing is wrong to the eye; take out what is spare.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"The outline of every {names.kind} has no two points in one place."

    def suspects(self, submission: Submission, regions: tuple[Region, ...]) -> Iterable[Region]:
        """Leave out outlines whose vertices surely stand apart."""
        return (region for region in regions if region not in submission.outlines.apart)

    def check(self, region: Region) -> Iterator[Departure]:
        """Look for vertices in the same place."""
        points = region.outline
        if points is None:
            return
        if repeated := repeated_vertices(points):
            x, y = points[repeated[0]]
            yield self.departs(
                "repeated",
                place=Place(float(x), float(y)),
                count=len(repeated),
                points=_stand(len(repeated)),
                where=where(float(x), float(y), region),
            )

    cases = (
        Case("every vertex in a place of its own", {}, Drawn(text="a.b\n...\nd.c", as_="polygon")),
        Case(
            "a double click",
            {},
            Drawn(text="a.b\n...\nd.c", as_="polygon", order="abbcd"),
            finds="1 point of the outline stands where an earlier one stands, 83 % from the left and 17 % from "
            "the top of the image",
        ),
        Case(
            "back to the first vertex at the end",
            {},
            Drawn(text="a.b\n...\nd.c", as_="polygon", order="abcda"),
            finds="1 point of the outline stands where an earlier one stands, 17 % from the left and 17 % from "
            "the top of the image",
        ),
        Case(
            "of several the first is pointed at",
            {},
            Drawn(text="a.b\n...\nd.c", as_="polygon", order="abbccd"),
            finds="2 points of the outline stand",
            at=(2.5, 0.5),
        ),
    )
