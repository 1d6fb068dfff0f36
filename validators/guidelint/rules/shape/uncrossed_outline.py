"""The rule ``uncrossed-outline``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.shape import Polygon
from guidelint.annotation.tool import OUTLINES
from guidelint.geometry.measures.crossing import self_crossing
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


class UncrossedOutline(RegionRule):
    """An outline does not cross itself, and does not run around a hole.

    ## Why
    Where an outline crosses itself, inside and outside change places, which the editor does not show. An outline that
    is cut open to leave out a hole (a keyhole) loses the hole in programs that mend outlines, and its border runs
    through the structure.

    ## How it is measured
    By the parts into which the closed outline divides the plane: one that it runs around twice, or two that it runs
    around in opposite directions, show a crossing; one that it encloses without running around it is a hole. An
    outline that merely touches itself is left to `simple-outline`, which judges alone where a class asks for it.
    All measures fill by the even-odd rule: what is run around twice lies outside. Open lines are not judged.

    ## Source
    OGC Simple Features (ISO 19125-1), validity of polygons.
    """

    always = True
    left_to = "classes.*.rules.simple-outline"
    level = "warning"
    tools = OUTLINES
    says = {
        "crossed": Says(
            "the outline crosses itself, {where}",
            "Move the points there so that the outline runs once around.",
        ),
        "keyhole": Says(
            "the outline runs around a hole and touches itself, {where}",
            "Outline the hole as a region of its own, of a class that is taken out of this one.",
            "Have the hole outlined as a region of its own, of a class that the guideline takes out of this one with "
            "the option excluded_from.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"The outline of every {names.kind} neither crosses itself nor runs around a hole."

    def suspects(self, submission: Submission, regions: tuple[Region, ...]) -> Iterable[Region]:
        """Leave out outlines that are simple."""
        return (region for region in regions if region not in submission.outlines.simple)

    def check(self, region: Region) -> Iterator[Departure]:
        """Report how the outline runs through itself."""
        if not isinstance(region.shape, Polygon) or region.shape.is_line:
            return
        if found := memo.ask(self_crossing, region.shape.points):
            place = Place(found.x, found.y)
            yield self.departs(found.kind, place=place, where=where(found.x, found.y, region))

    cases = (
        Case("once around", {}, Drawn(text="a..b\n....\nd..c", as_="polygon")),
        Case(
            "a bow tie with equal wings",
            {},
            Drawn(text="a..b\n....\nd..c", as_="polygon", order="acbd"),
            finds="the outline crosses itself, 50 % from the left and 50 % from the top of the image",
        ),
        Case(
            "a bow tie with unequal wings",
            {},
            Drawn(text="a...\n...b\n....\nd..c", as_="polygon", order="acbd"),
            finds="the outline crosses itself, ",
        ),
        Case(
            "a loop that runs around twice",
            {},
            Drawn(text="a.....b\n.......\n..ef...\n.......\n..d...c\n.......\nh..g...", as_="polygon"),
            finds="the outline crosses itself, 50 % from the left and 64 % from the top of the image",
        ),
        Case(
            "a keyhole",
            {},
            Drawn(text="a....b\n..ef..\n..hg..\nd....c", as_="polygon", order="abcdaehgfe"),
            finds="runs around a hole and touches itself, 8 % from the left and 12 % from the top of the image",
        ),
        Case(
            "touching itself in one vertex is another rule's matter",
            {},
            Drawn(text="a...b\n.....\n..c..\n.....\nd...e", as_="polygon", order="abcedc"),
        ),
        Case(
            "a closed curve is an outline",
            {},
            Drawn(text="a..b\n....\nd..c", as_="vector", order="acbd"),
            finds="the outline crosses itself",
        ),
        Case("an open line may cross itself", {}, Drawn(text="a..b\nd..c", as_="vector", order="acbd", closed=False)),
    )
