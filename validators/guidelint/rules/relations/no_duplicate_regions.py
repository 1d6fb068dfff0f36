"""The rule ``no-duplicate-regions``."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated

import numpy as np

from guidelint.annotation.each_once import drawing_of
from guidelint.annotation.neighbours import neighbours
from guidelint.annotation.shape import KeyPoint, Polygon
from guidelint.geometry.measures.overlap import iou
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.amount import OverlapFraction
from guidelint.validation.rule.parameters.bound import Lower
from guidelint.validation.rule.reply import CannotTell, Departure, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.size import SHARE
from guidelint.validation.rule.wording import percent
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names


def _has_no_area(region: Region) -> bool:
    shape = region.shape
    return isinstance(shape, KeyPoint) or (isinstance(shape, Polygon) and shape.is_line)


def _same_points(one: Region, other: Region) -> bool:
    match one.shape, other.shape:
        case KeyPoint() as first, KeyPoint() as second:
            return bool(np.allclose((first.x, first.y), (second.x, second.y)))
        case Polygon(points=first), Polygon(points=second):
            return first.shape == second.shape and bool(np.allclose(first, second))
        case _:
            return False


class NoDuplicateRegions(SubmissionRule):
    """No structure is marked twice.

    ## Why
    Two copies on top of each other look like one, and count as two. They come from a second paste, a second import, or
    a suggestion accepted over one's own work.

    ## How it is measured
    Regions of one class on one image, or of any two with ``across_classes``, are compared in pairs: pixels in both over
    pixels in either (IoU), excluded areas left in. Points and open lines are duplicates when they stand in the same
    places.

    ## Source
    A choice of this catalogue: 0.95 tells a second copy from two structures that touch. The same structure drawn twice
    by hand is found from 0.8 on.
    """

    min_iou: Annotated[OverlapFraction, Lower("overlap", of_departures=True)] = 0.95
    """Overlap (IoU) from which on two regions are one."""
    across_classes: bool = False
    """Whether regions of two classes can be one, too."""

    always = True
    says = {
        "same-area": Says(
            "the same is marked twice: {shared} of their area is shared, and from {limit} on two regions are one",
            "Delete one of the two.",
        ),
        "same-points": Says("the same is marked twice: both have the same points", "Delete one of the two."),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        which = "two regions, whatever their classes," if self.across_classes else "two regions of one class"
        return (
            f"No structure is marked twice: {which} that share {percent(self.min_iou)} of their area or more are one."
        )

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Compare the regions of each class, or all of them, in pairs; a third copy is reported once."""
        groups: dict[str, list[Region]] = defaultdict(list)
        for region in submission.drawn if self.across_classes else submission.regions:
            groups[self._compared_within(region)].append(region)
        repeated: set[int] = set()
        for regions in groups.values():
            for one, other in neighbours(regions, regions, one_grid=submission.one_grid):
                if drawing_of(other) in repeated:
                    continue
                for reply in self._compare(one, other):
                    repeated.add(drawing_of(other))
                    yield reply

    def _compared_within(self, region: Region) -> str:
        return "" if self.across_classes else region.class_name or ", ".join(region.labels)

    def _compare(self, one: Region, other: Region) -> Iterator[Reply]:
        try:
            yield from self._judge(one, other)
        except NotMeasurable as error:
            yield CannotTell(str(error), (one, other))

    def _judge(self, one: Region, other: Region) -> Iterator[Departure]:
        if _has_no_area(one) or _has_no_area(other):
            if _same_points(one, other):
                yield self.departs("same-points", other, one)
            return
        shared = iou(one.drawn_mask, other.drawn_mask)
        if shared >= self.min_iou:
            yield self.departs("same-area", other, one, shared=SHARE.shown(shared), limit=SHARE.shown(self.min_iou))

    cases = (
        Case("side by side", {}, (Drawn(text="##.."), Drawn(text="..##"))),
        Case(
            "a copy",
            {},
            (Drawn(text="##"), Drawn(text="##")),
            finds="the same is marked twice: 100 % of their area is shared, and from 95 % on two regions are one",
        ),
        Case(
            "19 of 20 pixels the same",
            {},
            (Drawn(text="#" * 20), Drawn(text="#" * 19 + ".")),
            finds="95 % of their area is shared, and from 95 % on",
        ),
        Case("18 of 19 pixels the same", {}, (Drawn(text="#" * 19), Drawn(text="#" * 18 + "."))),
        Case(
            "the same on two images of one grid",
            {},
            (Drawn(text="##", item_index=0), Drawn(text="##", item_index=1)),
            finds="the same is marked twice",
            of_task={"t1c": "T1c", "flair": "FLAIR"},
            one_grid=True,
        ),
        Case("the same on two images", {}, (Drawn(text="##", item_index=0), Drawn(text="##", item_index=1))),
        Case("a copy of another class", {}, (Drawn(text="##"), Drawn(text="##", class_name="cyst"))),
        Case(
            "a copy of another class, where that counts",
            {"across_classes": True},
            (Drawn(text="##"), Drawn(text="##", class_name="cyst")),
            finds="the same is marked twice: 100 % of their area is shared, and from 95 % on two regions are one",
        ),
        Case(
            "four of five pixels the same, where that is enough",
            {"min_iou": 0.8},
            (Drawn(text="#####"), Drawn(text="####.")),
            finds="80 % of their area is shared, and from 80 % on",
        ),
        Case("three of four pixels the same", {"min_iou": 0.8}, (Drawn(text="####"), Drawn(text="###."))),
        Case(
            "three copies are two too many",
            {},
            (Drawn(text="##"), Drawn(text="##"), Drawn(text="##")),
            finds="the same is marked twice",
            times=2,
        ),
        Case(
            "an outline and its mask",
            {},
            (Drawn(text="####\n####", as_="rectangle"), Drawn(text="####\n####")),
            finds="100 % of their area is shared",
        ),
        Case(
            "a point twice",
            {},
            (Drawn(text="#.", as_="keypoint"), Drawn(text="#.", as_="keypoint")),
            finds="both have the same points",
        ),
        Case("two points", {}, (Drawn(text="#.", as_="keypoint"), Drawn(text=".#", as_="keypoint"))),
        Case(
            "a line twice",
            {},
            (
                Drawn(text="a..b", as_="vector", closed=False),
                Drawn(text="a..b", as_="vector", closed=False),
            ),
            finds="both have the same points",
        ),
        Case("a point in a mask", {}, (Drawn(text="##"), Drawn(text="#.", as_="keypoint"))),
        Case(
            "a line, and the same with one more vertex",
            {},
            (
                Drawn(text="a..b", as_="vector", closed=False),
                Drawn(text="a.cb", as_="vector", order="acb", closed=False),
            ),
        ),
        Case(
            "a copy before a class was chosen",
            {},
            (Drawn(text="##", class_name=None), Drawn(text="##", class_name=None)),
            finds="the same is marked twice",
        ),
        Case(
            "two labels that nobody defined",
            {},
            (Drawn(text="##", class_name=None, labels=("x",)), Drawn(text="##", class_name=None, labels=("y",))),
        ),
        Case(
            "a mask that does not decode",
            {},
            (Drawn(text="##"), Drawn(text="##", undecodable="cut off")),
            cannot="cut off",
        ),
    )
