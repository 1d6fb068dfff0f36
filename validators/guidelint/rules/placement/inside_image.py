"""The rule ``inside-image``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import numpy as np

from guidelint.annotation.region import surely_on_image
from guidelint.annotation.shape import KeyPoint, Points
from guidelint.annotation.tool import DRAWN
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.evidence import Place, Quantity
from guidelint.validation.rule.parameters.amount import SlackPx
from guidelint.validation.rule.parameters.bound import Upper
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import pixels
from guidelint.validation.scopes.region import RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


def _points(region: Region) -> Points | None:
    if isinstance(region.shape, KeyPoint):
        return np.array([[region.shape.x, region.shape.y]])
    return region.outline


class InsideImage(RegionRule):
    """A region lies within the image.

    ## Why
    What lies outside the image was not seen. Boxes that leave it come from turned boxes, from scripts, and from labels
    made on another copy of the image.

    ## How it is measured
    The greatest distance in pixels by which a vertex, a corner (after turning) or the rim of an ellipse lies beyond an
    edge of the image.

    ## Source
    A choice of this catalogue: one pixel is what rounding to percent and back can move.
    """

    tolerance_px: Annotated[SlackPx, Upper("distance outside the image")] = 1.0
    """How far a region may lie beyond the edge, in pixels."""

    always = True
    tools = DRAWN
    says = {
        "outside": Says(
            "beyond the edge of the image by {beyond}; at most {tolerance} is allowed",
            "Move it, or what lies outside, back into the image.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        beyond = f", or beyond its edge by at most {pixels(self.tolerance_px)}" if self.tolerance_px else ""
        return f"Every {names.kind} lies within the image{beyond}."

    def suspects(self, submission: Submission, regions: tuple[Region, ...]) -> Iterable[Region]:
        """Leave out regions whose boxes lie within the image."""
        return (region for region in regions if not surely_on_image(region, self.tolerance_px))

    def check(self, region: Region) -> Iterator[Departure]:
        """Compare every point with the four edges."""
        points = _points(region)
        if points is None or not len(points):
            return
        rows, columns = region.image_shape
        if 0 in region.image_shape:
            raise NotMeasurable("the size of the image is not stated")
        beyond = np.maximum(-points, points - (columns, rows)).max(axis=1)
        worst = int(beyond.argmax())
        if beyond[worst] > self.tolerance_px:
            yield self.departs(
                "outside",
                place=Place(float(points[worst, 0]), float(points[worst, 1])),
                beyond=Quantity(float(beyond[worst]), "px"),
                tolerance=Quantity(self.tolerance_px, "px"),
            )

    cases = (
        Case("touching the edge", {}, Drawn(text="##\n##", as_="rectangle")),
        Case("beyond the left edge by the tolerance", {}, Drawn(text="##..", as_="rectangle", shift=(-1.0, 0.0))),
        Case(
            "beyond the left edge by more",
            {},
            Drawn(text="##..", as_="rectangle", shift=(-1.5, 0.0)),
            finds="beyond the edge of the image by 1.5 px",
        ),
        Case(
            "beyond the top edge",
            {},
            Drawn(text="##..\n##..", as_="ellipse", shift=(0.0, -2.0)),
            finds="beyond the edge of the image by 2 px",
        ),
        Case(
            "beyond the right edge",
            {},
            Drawn(text="..ab\n..dc", as_="polygon", shift=(2.0, 0.0)),
            finds="beyond the edge of the image by 1.5 px",
        ),
        Case(
            "beyond the bottom edge",
            {"tolerance_px": 0.0},
            Drawn(text="..\n.x", as_="keypoint", shift=(0.0, 1.5)),
            finds="beyond the edge of the image by 1 px",
        ),
        Case(
            "a box turned out of the image",
            {},
            Drawn(text="....\n####\n....", as_="rectangle", rotation_deg=90.0),
            finds="beyond the edge of the image by 2 px",
            why="Turned clockwise about its top-left corner, the box reaches two rows below the image.",
        ),
        Case(
            "the point furthest out is pointed at",
            {},
            Drawn(text="a..b\n....\nd..c", as_="polygon", order="abc", shift=(3.0, 0.0)),
            finds="beyond the edge of the image by 2.5 px",
            at=(6.5, 0.5),
        ),
        Case("numbers that make no shape", {}, Drawn(text="##", as_="rectangle", malformed="no width")),
        Case(
            "the size of the image is not stated",
            {},
            Drawn(text="##", as_="rectangle", image_shape=(0, 0), size_problem="no width"),
            cannot="the size of the image is not stated",
        ),
    )
