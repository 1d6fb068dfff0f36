"""The rule ``complete-delivery``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from guidelint.annotation.refs import task_ref
from guidelint.annotation.task_facts import TaskFacts
from guidelint.validation.rule.case import Case
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.several import Several
from guidelint.validation.scopes.delivery import DELIVERY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.validation.rule.evidence import Evidence
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure
    from guidelint.validation.rule.scope import Share

State = Literal["done", "skipped", "undelivered", "drafted", "predicted", "untouched"]


@dataclass(frozen=True, slots=True)
class TaskState:
    """How far the work on a task is."""

    state: State
    undelivered: int
    """Annotations that the tool counts, beyond those that were delivered."""


def _state(task: TaskFacts) -> State:
    """Find what stands between a task and its annotation; an annotation that cannot be read is told elsewhere."""
    if task.undelivered:
        return "undelivered"
    if task.annotations or task.unread:
        return "done"
    if task.skipped:
        return "skipped"
    if task.drafted:
        return "drafted"
    return "predicted" if task.predicted else "untouched"


class CompleteDelivery(GatheringRule[TaskState]):
    """Every task has an annotation.

    ## Why
    A task that nobody finished looks like one on which there is nothing to mark. Drafts and the proposals of a model
    are left out of most exports, or taken for somebody's reading.

    ## How it is measured
    Every task of the delivery is looked at: whether an annotation was handed in, whether there is only a
    draft, only the proposal of a model, or nothing; and whether the tool counts more annotations on the task than were
    delivered. A task with an annotation that cannot be read is told as such, not here.

    ## Source
    A choice of this catalogue; the counts are `total_annotations` and `cancelled_annotations` of Label Studio's tasks.
    """

    skipped_is_done: bool = True
    """Whether a task that was skipped, and never annotated, is done."""

    scope = DELIVERY
    contribution = TaskState
    revision = 2
    needs = frozenset({"unfinished work"})
    says = {
        "untouched": Says(
            "there is no annotation on {count} of {all} tasks: {tasks}",
            "Have them annotated, or take them out of the delivery.",
            names_all=True,
        ),
        "drafted": Says(
            "there is a draft and no annotation on {count} of {all} tasks: {tasks}",
            "Have the drafts finished and handed in.",
            names_all=True,
        ),
        "predicted": Says(
            "there is the proposal of a model and no annotation on {count} of {all} tasks: {tasks}",
            "Have somebody look at the proposals and hand in an annotation: a proposal is nobody's reading.",
            names_all=True,
        ),
        "skipped": Says(
            "nobody annotated, and somebody skipped, {count} of {all} tasks: {tasks}",
            "Give them to somebody else, or take them out of the delivery.",
            names_all=True,
        ),
        "undelivered": Says(
            "the tool counts {missing} more annotations than were delivered, on {count} of {all} tasks: {tasks}",
            "Export again with all annotations.",
            names_all=True,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"Every task has an annotation{self._or_skipped()}; a draft or the proposal of a model is none."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"a task has no annotation{' and was not skipped' if self.skipped_is_done else ', skipped or not'}"

    def _or_skipped(self) -> str:
        return " or was skipped" if self.skipped_is_done else ", and was not only skipped"

    def gather(self, share: Share) -> Iterator[Gathered[TaskState]]:
        """Take nothing from submissions."""
        yield from ()

    def gather_task(self, task: TaskFacts) -> Iterator[Gathered[TaskState]]:
        """Take from each task how far the work on it is."""
        yield Gathered(TaskState(_state(task), task.undelivered))

    def check_gathered(self, contributions: Sequence[Contributed[TaskState]]) -> Iterator[Departure]:
        """Count the tasks in every state that is not done."""
        done = ("done", "skipped") if self.skipped_is_done else ("done",)
        states: dict[State, Several] = defaultdict(Several)
        missing = total = 0
        for one in contributions:
            missing += one.value.undelivered
            total += 1
            if one.value.state not in done:
                states[one.value.state].add(task_ref(one.task), one.task)
        for state, tasks in sorted(states.items()):
            counts: dict[str, Evidence] = {"missing": missing} if state == "undelivered" else {}
            counts |= {"count": tasks.count, "all": total, "tasks": tasks.named}
            yield self.departs_by_each(state, tasks, "", **counts)

    cases = (
        Case("every task annotated", {}, (), tasks=(TaskFacts("1", annotations=1), TaskFacts("2", annotations=2))),
        Case(
            "a task that nobody has touched",
            {},
            (),
            finds="there is no annotation on 1 of 2 tasks: 2",
            tasks=(TaskFacts("1", annotations=1), TaskFacts("2")),
        ),
        Case(
            "a draft is no annotation, even where a model proposed something",
            {},
            (),
            finds="there is a draft and no annotation on 2 of 3 tasks: 2 and 3",
            tasks=(
                TaskFacts("1", annotations=1, drafted=True),
                TaskFacts("2", drafted=True),
                TaskFacts("3", drafted=True, predicted=True),
            ),
        ),
        Case(
            "a proposal is no annotation",
            {},
            (),
            finds="there is the proposal of a model and no annotation on 1 of 2 tasks: 2",
            tasks=(TaskFacts("1", annotations=1, predicted=True), TaskFacts("2", predicted=True)),
        ),
        Case("a task that was skipped", {}, (), tasks=(TaskFacts("1", annotations=1), TaskFacts("2", skipped=1))),
        Case(
            "a task that was skipped, where that is not enough",
            {"skipped_is_done": False},
            (),
            finds="nobody annotated, and somebody skipped, 1 of 2 tasks: 2",
            tasks=(TaskFacts("1", annotations=1, skipped=1), TaskFacts("2", skipped=1)),
        ),
        Case(
            "annotations that the tool counts and nobody delivered",
            {},
            (),
            finds="the tool counts 3 more annotations than were delivered, on 2 of 3 tasks: 2 and 3",
            tasks=(
                TaskFacts("1", annotations=1),
                TaskFacts("2", undelivered=1),
                TaskFacts("3", annotations=1, undelivered=2),
            ),
        ),
        Case("an annotation that cannot be read is told elsewhere", {}, (), tasks=(TaskFacts("1", unread=1),)),
    )
