"""The rule ``well-formed-shape``."""

from __future__ import annotations

from contextlib import suppress
from math import isclose, isfinite, nan
from typing import TYPE_CHECKING

import numpy as np

from guidelint.annotation.shape import Ellipse, KeyPoint, Malformed, Polygon, Raster, Rectangle
from guidelint.geometry.mask import MaskError
from guidelint.geometry.measures.outline import area_mm2, distinct_points
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.raster import polygon_mask
from guidelint.geometry.spacing import Spacing
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.region import RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.reply import Departure

PIXELS = Spacing(1.0, 1.0)


def _points(count: int) -> str:
    return "1 point" if count == 1 else f"{count} different points"


def _may_enclose_nothing(outline: Polygon, distinct: int) -> bool:
    """Whether its parts cancel one another, as the wings of a bow tie do too, or it is run around twice."""
    return isclose(area_mm2(outline.points, PIXELS), 0.0, abs_tol=1e-8) or 2 * distinct <= len(outline.points)


def _has_pixels(outline: Polygon, image_shape: tuple[int, int]) -> bool:
    """Whether any pixel of its image lies within, its border left out."""
    with suppress(MaskError):
        return bool(polygon_mask(outline.points, image_shape, "outside").area_px)
    return True


class WellFormedShape(RegionRule):
    """A region has a shape: numbers that are numbers, a size that is not zero, enough points.

    ## Why
    A click without a drag leaves a box of no size, a double click an outline of two points. They look like nothing in
    the editor and count as a finding everywhere else.

    ## How it is measured
    Width and height are above zero; an outline has at least three different points (an open line two) and
    encloses an area; a mask has at least one pixel; all numbers are finite. An outline that runs back along itself, or
    around everything twice, encloses none; one that crosses itself does (see `uncrossed-outline`).

    ## Source
    OGC Simple Features (ISO 19125-1), validity of polygons.
    """

    always = True
    fixed_because = "a region with nothing to measure would be accepted"
    says = {
        "malformed": Says(
            "the numbers make no shape: {reason}",
            "Delete the region and draw it again. If you did not draw it, tell who imported it.",
            "Have the region drawn again. If it was imported, correct the program that wrote it.",
            leaves_nothing=True,
        ),
        "not-a-number": Says(
            "one of the coordinates is not a number",
            "Delete the region and draw it again. If you did not draw it, tell who imported it.",
            "Have the region drawn again. If it was imported, correct the program that wrote it.",
            leaves_nothing=True,
        ),
        "no-size": Says(
            "the {side} is {size}, so that nothing is marked",
            "Delete the region; a click without a drag leaves such a mark.",
            "Delete the region.",
            leaves_nothing=True,
        ),
        "too-few-points": Says(
            "{points}; a shape has at least {least}",
            "Delete the region and draw it again.",
            leaves_nothing=True,
        ),
        "no-area": Says("the outline encloses no area", "Delete the region and outline the structure again."),
        "empty": Says("nothing is painted", "Delete the region; everything in it was erased.", leaves_nothing=True),
    }

    def suspects(self, submission: Submission, regions: tuple[Region, ...]) -> Iterable[Region]:
        """Leave out outlines with vertices enough that surely enclose an area."""
        return (region for region in regions if region not in submission.outlines.sound)

    def check(self, region: Region) -> Iterator[Departure]:
        """Judge by the kind of shape."""
        match region.shape:
            case Malformed() if 0 in region.image_shape:
                return
            case Malformed(reason=reason):
                yield self.departs("malformed", reason=reason)
            case Rectangle() as box:
                yield from self._sides(box.width, box.height, box.x, box.y, box.rotation_deg)
            case Ellipse() as oval:
                yield from self._sides(2 * oval.radius_x, 2 * oval.radius_y, oval.x, oval.y, oval.rotation_deg)
            case KeyPoint(x=x, y=y):
                if not (isfinite(x) and isfinite(y)):
                    yield self.departs("not-a-number")
            case Polygon() as outline:
                yield from self._outline(outline, region.image_shape)
            case Raster():
                with suppress(NotMeasurable):
                    if region.drawn_mask.area_px == 0:
                        yield self.departs("empty")

    def _sides(self, width: float, height: float, *place: float) -> Iterator[Departure]:
        if not all(isfinite(number) for number in (width, height, *place)):
            yield self.departs("not-a-number")
        elif width <= 0:
            yield self.departs("no-size", side="width", size=Quantity(width, "px"))
        elif height <= 0:
            yield self.departs("no-size", side="height", size=Quantity(height, "px"))

    def _outline(self, outline: Polygon, image_shape: tuple[int, int]) -> Iterator[Departure]:
        if not np.isfinite(outline.points).all():
            yield self.departs("not-a-number")
            return
        least = 2 if outline.is_line else 3
        count = len(distinct_points(outline.points))
        if count < least:
            yield self.departs("too-few-points", count=count, points=_points(count), least=least)
        elif not outline.is_line and _may_enclose_nothing(outline, count) and not _has_pixels(outline, image_shape):
            yield self.departs("no-area")

    cases = (
        Case("a box", {}, Drawn(text="##\n##", as_="rectangle")),
        Case(
            "a box without a width",
            {},
            Drawn(text="##\n##", as_="rectangle", stretch=(0.0, 1.0)),
            finds="the width is 0 px",
        ),
        Case(
            "a box without a height",
            {},
            Drawn(text="##\n##", as_="rectangle", stretch=(1.0, 0.0)),
            finds="the height is 0 px",
        ),
        Case(
            "a box turned by no number",
            {},
            Drawn(text="##\n##", as_="rectangle", rotation_deg=nan),
            finds="one of the coordinates is not a number",
        ),
        Case("an ellipse", {}, Drawn(text="###\n###", as_="ellipse")),
        Case(
            "an ellipse without a height",
            {},
            Drawn(text="##\n##", as_="ellipse", stretch=(1.0, 0.0)),
            finds="the height is 0 px",
        ),
        Case("a triangle", {}, Drawn(text="a.b\n..c", as_="polygon")),
        Case(
            "two points are no outline",
            {},
            Drawn(text="a.b", as_="polygon"),
            finds="2 different points; a shape has at least 3",
        ),
        Case(
            "three points, one of them twice",
            {},
            Drawn(text="a.b", as_="polygon", order="aba"),
            finds="2 different points",
        ),
        Case("points on one line", {}, Drawn(text="a.b.c", as_="polygon"), finds="encloses no area"),
        Case(
            "a bow tie encloses its wings",
            {},
            Drawn(text="a..b\n....\nd..c", as_="polygon", order="acbd"),
            why="Its wings are equal and run around in opposite directions; that it crosses itself is said elsewhere.",
        ),
        Case(
            "all the way back along itself",
            {},
            Drawn(text="a.b\n...\n..c", as_="polygon", order="abcb"),
            finds="encloses no area",
        ),
        Case(
            "run around twice",
            {},
            Drawn(text="a..b\n....\nd..c", as_="polygon", order="abcdabcd"),
            finds="encloses no area",
            why="Outlines are filled by the even-odd rule, as everywhere here.",
        ),
        Case(
            "two points of an outline that was left open",
            {},
            Drawn(text="a.b", as_="polygon", closed=False),
            finds="2 different points; a shape has at least 3",
        ),
        Case(
            "two points of a closed curve",
            {},
            Drawn(text="a.b", as_="vector"),
            finds="2 different points; a shape has at least 3",
        ),
        Case("an open line of two points", {}, Drawn(text="a.b", as_="vector", closed=False)),
        Case(
            "an open line of one point",
            {},
            Drawn(text="a", as_="vector", closed=False),
            finds="1 point; a shape has at least 2",
        ),
        Case("a point", {}, Drawn(text="#", as_="keypoint")),
        Case(
            "a point that is nowhere",
            {},
            Drawn(text="#", as_="keypoint", shift=(nan, 0.0)),
            finds="one of the coordinates is not a number",
        ),
        Case(
            "an outline that goes nowhere",
            {},
            Drawn(text="a.b\n..c", as_="polygon", shift=(0.0, nan)),
            finds="one of the coordinates is not a number",
        ),
        Case("a mask of one pixel", {}, "#"),
        Case("a mask without a pixel", {}, "..", finds="nothing is painted"),
        Case("a mask that does not decode is another rule's matter", {}, Drawn(text="#", undecodable="cut off")),
        Case(
            "on an image of no size is another rule's matter",
            {},
            Drawn(text="#", as_="polygon", malformed="the size of its image is not stated", image_shape=(0, 4)),
        ),
        Case(
            "numbers that make no shape",
            {},
            Drawn(text="#", as_="polygon", malformed="the points are no list"),
            finds="the numbers make no shape: the points are no list",
        ),
        Case("a box thinner than a pixel", {}, Drawn(text="##\n##", as_="rectangle", stretch=(0.25, 1.0))),
        Case("a box lower than a pixel", {}, Drawn(text="##\n##", as_="rectangle", stretch=(1.0, 0.25))),
        Case(
            "an ellipse drawn from right to left",
            {},
            Drawn(text="##\n##", as_="ellipse", stretch=(-2.0, 1.0)),
            finds="the width is -4 px",
        ),
        Case(
            "an ellipse drawn upwards",
            {},
            Drawn(text="##\n##", as_="ellipse", stretch=(1.0, -2.0)),
            finds="the height is -4 px",
        ),
        Case(
            "an outline too far away to be drawn",
            {},
            Drawn(text="a.b\n...\n..c", as_="polygon", order="abcb", shift=(1e9, 0.0)),
            why="That it leaves the image is said elsewhere.",
        ),
    )
