"""The rule ``double-work``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from guidelint.annotation.refs import annotation_ref, task_called, task_ref
from guidelint.annotation.task_facts import TaskFacts
from guidelint.validation.rule.case import Case, Handed
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule, Unknown
from guidelint.validation.rule.reply import CannotTell, Departure, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.several import Several
from guidelint.validation.scopes.delivery import DELIVERY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.scope import Share

Once = Literal["reader", "image", "both"]
ASKED = {
    "reader": "an annotator hands in one annotation of a task",
    "image": "an image is in one task",
    "both": "an annotator hands in one annotation of a task, and an image is in one task",
}
BROKEN = {
    "reader": "an annotator hands in two annotations of a task",
    "image": "an image is in two tasks",
    "both": "an annotator hands in two annotations of a task, or an image is in two tasks",
}


@dataclass(frozen=True, slots=True)
class Work:
    """An annotation of a task, or a task on an image."""

    image: str
    """The image as the task data gives it; empty for an annotation."""


class DoubleWork(GatheringRule[Work]):
    """Nothing is read twice by mistake.

    ## Why
    Whoever reads a task twice counts as two readers who agree. An image in two tasks is paid for twice, and it may end
    up in the data for training and in those for testing.

    ## How it is measured
    The annotations of a task are counted by annotator, skipped ones left out, and the tasks by each of their images, as
    the task data gives them. Two names of one image are two images.

    ## Source
    A choice of this catalogue.
    """

    once: Once = "both"
    """What there may be only once: an annotation of a task by one annotator (``reader``), a task on an image
    (``image``), or ``both``."""

    contribution = Work
    revision = 2
    scope = DELIVERY
    tells_readers_apart = True
    needs = frozenset({"annotators"})
    says = {
        "same-reader": Says(
            "{annotator} has handed in {count} annotations of {task}: {annotations}",
            "Keep the one that counts and delete the others.",
            names_all=True,
        ),
        "same-image": Says(
            "{count} tasks show one image, {image}: {tasks}",
            "Keep one of the tasks, or say why there are several.",
            names_all=True,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"Nothing is read twice: {ASKED[self.once]}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return BROKEN[self.once]

    def compares_at_least(self) -> int:
        """Ask for one and another."""
        return 2

    def gather(self, share: Share) -> Iterator[Gathered[Work]]:
        """Put annotations of one task together."""
        if self.once != "image":
            yield Gathered(Work(""), f"task {share.submission.task}")

    def gather_task(self, task: TaskFacts) -> Iterator[Gathered[Work] | Unknown]:
        """Put tasks on one image together."""
        if self.once == "reader":
            return
        for image in task.images:
            yield Gathered(Work(image), f"image {image}")
        if not task.images:
            yield Unknown("there are tasks whose data do not name all of their images", group="no image")

    def check_gathered(self, contributions: Sequence[Contributed[Work]]) -> Iterator[Reply]:
        """Count the annotations of one task by annotator, or the tasks on one image."""
        if image := next(iter(contributions)).value.image:
            yield from self._on_one_image(contributions, image)
        else:
            yield from self._of_one_task(contributions)

    def _of_one_task(self, contributions: Sequence[Contributed[Work]]) -> Iterator[Reply]:
        by_annotator: dict[str | None, list[str]] = defaultdict(list)
        task = ""
        for one in contributions:
            task = one.task
            by_annotator[one.annotator].append(one.annotation)
        untold = by_annotator.pop(None, [])
        for annotator, handed_in in by_annotator.items():
            if annotator is not None and len(handed_in) > 1:
                yield self._same_reader(annotator, task, handed_in)
        if untold and (by_annotator or len(untold) > 1):
            refs = tuple(annotation_ref(task, annotation) for annotation in untold)
            yield CannotTell("it does not say who made it, and there are others of the same task", refs)

    def _same_reader(self, annotator: str, task: str, handed_in: Sequence[str]) -> Departure:
        annotations = Several()
        for annotation in handed_in:
            annotations.add(annotation_ref(task, annotation), annotation)
        named, count = annotations.named, annotations.count
        return self.departs_by_each(
            "same-reader",
            annotations,
            annotator,
            annotator=(annotator,),
            count=count,
            task=task_called(task),
            annotations=named,
        )

    def _on_one_image(self, contributions: Sequence[Contributed[Work]], image: str) -> Iterator[Reply]:
        tasks = Several()
        for one in contributions:
            tasks.add(task_ref(one.task), one.task)
        if tasks.count > 1:
            yield self.departs_by_each("same-image", tasks, count=tasks.count, tasks=tasks.named, image=image)

    cases = (
        Case("two readers of a task", {}, (Handed(annotator="ann"), Handed(annotator="bob"))),
        Case("one reader of two tasks", {}, (Handed(task="1"), Handed(task="2"))),
        Case(
            "one reader twice on a task",
            {},
            (Handed(annotation="7"), Handed(annotation="8"), Handed(annotation="9", annotator="bob")),
            finds="ann has handed in 2 annotations of task 1: 7 and 8",
        ),
        Case(
            "one reader twice on a task, where that may be",
            {"once": "image"},
            (Handed(annotation="7"), Handed(annotation="8")),
        ),
        Case(
            "one reader, who skipped the task at first",
            {},
            (Handed(annotation="7", skipped=True), Handed(annotation="8")),
        ),
        Case(
            "two images",
            {},
            (),
            tasks=(TaskFacts("1", images=("a.png",)), TaskFacts("2", images=("b.png",))),
        ),
        Case(
            "one image in two tasks",
            {},
            (),
            finds="2 tasks show one image, a.png: 1 and 3",
            tasks=(
                TaskFacts("1", images=("a.png",)),
                TaskFacts("2", images=("b.png",)),
                TaskFacts("3", images=("a.png",)),
            ),
        ),
        Case(
            "one of several images in another task, too",
            {},
            (),
            finds="2 tasks show one image, b.png: 1 and 2",
            tasks=(TaskFacts("1", images=("a.png", "b.png")), TaskFacts("2", images=("b.png", "c.png"))),
        ),
        Case(
            "one image in two tasks, where that may be",
            {"once": "reader"},
            (),
            tasks=(TaskFacts("1", images=("a.png",)), TaskFacts("2", images=("a.png",)), TaskFacts("3")),
        ),
        Case(
            "a task that does not name its image",
            {},
            (),
            cannot="there are tasks whose data do not name all of their images",
            tasks=(TaskFacts("1", images=("a.png",)), TaskFacts("2")),
        ),
        Case(
            "a reader by id and a reader by address may be one person",
            {},
            (Handed(annotator="1", annotation="8"), Handed(annotator="ann@example.org", annotation="9")),
            cannot="annotation 8 of task 1 is by annotator 1 and annotation 9 of task 1 by ann@example.org",
        ),
        Case("one annotation that does not say who made it", {}, (Handed(annotator=None),)),
        Case(
            "two annotations, of which one does not say who made it",
            {},
            (Handed(annotator=None), Handed()),
            cannot="it does not say who made it",
        ),
        Case(
            "two annotations that do not say who made them",
            {},
            (Handed(annotator=None, annotation="7"), Handed(annotator=None, annotation="8")),
            cannot="it does not say who made it",
        ),
    )
