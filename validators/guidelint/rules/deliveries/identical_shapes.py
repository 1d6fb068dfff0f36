"""The rule ``identical-shapes``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.each_once import each_once
from guidelint.annotation.exact_shape import exact_shape
from guidelint.annotation.refs import region_ref
from guidelint.annotation.region_ref import RegionRef
from guidelint.annotation.whole_image import is_whole_image
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.case import Case, Drawn, Handed
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule
from guidelint.validation.rule.parameters.amount import TwoOrAFew
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.several import Several
from guidelint.validation.scopes.delivery import DELIVERY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure
    from guidelint.validation.rule.scope import Share

BOX = Drawn(text="##.\n##.", as_="rectangle")
BESIDE = Drawn(text=".##\n.##", as_="rectangle")


def _copy(region: Region) -> str:
    """Tell which regions would be copies of this one; empty where nothing tells, or where all look the same."""
    try:
        return "" if is_whole_image(region) else exact_shape(region)
    except NotMeasurable:
        return ""


class IdenticalShapes(GatheringRule[RegionRef]):
    """No shape stands at exactly the same place in many tasks.

    ## Why
    Structures lie where they lie, on every image elsewhere. The same box at the same place of image after image was
    pasted, imported by a slip, or left where the tool puts it, and nobody looked.

    ## How it is measured
    Shapes of one kind are the same when all their points, or all their pixels, lie at the same place of their images to
    a thousandth of a pixel, whatever their class. The tasks with such a shape are counted, not the readers of one task.
    A region that covers its whole image, or that has no shape (which is told of the region), is left out.

    ## Source
    A choice of this catalogue. Of 1,435 boxes of one fixed size that ten pathologists placed by a click on 20 images of
    256 × 256 pixels (Marzahl et al. 2020, doi 10.1007/978-3-030-59710-8_3), 23 stand in two tasks at the same place, as
    chance has it, one in five, and none in three or four.
    """

    min_tasks: TwoOrAFew = 5
    """So many tasks with one shape are too many for chance."""

    contribution = RegionRef
    revision = 2
    scope = DELIVERY
    says = {
        "same-place": Says(
            "{count} tasks have exactly this shape at exactly this place; from {limit} on it is taken for a copy: "
            "tasks {tasks}",
            "Look at these tasks: delete what was pasted and mark what is there.",
            of_first=True,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"No shape is pasted from image to image: {self._copies(names)} are copies."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"there are copies, which {self._copies(names)} are taken for"

    def _copies(self, names: Names) -> str:
        return f"the same shapes of any {names.kind} at exactly the same place in {self.min_tasks} tasks or more"

    def compares_at_least(self) -> int:
        """Ask for as many tasks as are too many."""
        return self.min_tasks

    def gather(self, share: Share) -> Iterator[Gathered[RegionRef]]:
        """Put every region with those that are the same."""
        for region in each_once(share.regions):
            if copy := _copy(region):
                yield Gathered(region_ref(region, share.submission), copy)

    def check_gathered(self, contributions: Sequence[Contributed[RegionRef]]) -> Iterator[Departure]:
        """Count the tasks; contributions stand by task."""
        tasks = Several()
        for one in contributions:
            tasks.add(one.value, one.task, of=one.task)
        if tasks.count >= self.min_tasks:
            yield self.departs_by_each("same-place", tasks, count=tasks.count, limit=self.min_tasks, tasks=tasks.named)

    cases = (
        Case(
            "a box at the same place in as many tasks as chance may have it",
            {"min_tasks": 3},
            (Handed(task="1", draws=BOX), Handed(task="2", draws=BOX), Handed(task="3", draws=BESIDE)),
        ),
        Case(
            "a box at the same place in one task more",
            {"min_tasks": 3},
            (Handed(task="1", draws=BOX), Handed(task="2", draws=BOX), Handed(task="3", draws=BOX)),
            finds="3 tasks have exactly this shape at exactly this place; from 3 on it is taken for a copy: tasks 1, 2 "
            "and 3",
        ),
        Case(
            "five readers of one task",
            {"min_tasks": 2},
            tuple(Handed(annotator=reader, draws=BOX) for reader in ("ann", "bob", "cyd", "dan", "eve")),
        ),
        Case(
            "two readers of each of two tasks are two tasks",
            {"min_tasks": 3},
            tuple(Handed(task=task, annotator=reader, draws=BOX) for task in ("1", "2") for reader in ("ann", "bob")),
        ),
        Case(
            "four tasks, where nothing else is set",
            {},
            tuple(Handed(task=str(task), draws=BOX) for task in range(4)),
        ),
        Case(
            "nine tasks",
            {},
            tuple(Handed(task=str(task), draws=BOX) for task in range(9)),
            finds="tasks 0, 1, 2, 3, 4, 5 and 3 more",
        ),
        Case(
            "a box and a mask of the same pixels",
            {"min_tasks": 2},
            (Handed(task="1", draws=BOX), Handed(task="2", draws="##\n##."), Handed(task="3", draws=BESIDE)),
        ),
        Case(
            "a mask of the same pixels, whatever its class",
            {"min_tasks": 2},
            (
                Handed(task="1", draws=".#"),
                Handed(task="2", draws=Drawn(text=".#", class_name="cyst")),
            ),
            finds="2 tasks have exactly this shape",
        ),
        Case(
            "the whole image is the same on every image",
            {"min_tasks": 2},
            (Handed(task="1", draws="##\n##"), Handed(task="2", draws="##\n##")),
        ),
        Case(
            "a mask that does not decode is told of the region",
            {"min_tasks": 2},
            (
                Handed(task="1", draws=Drawn(text="#.", undecodable="cut off")),
                Handed(task="2", draws=Drawn(text="#.", undecodable="cut off")),
            ),
        ),
    )
