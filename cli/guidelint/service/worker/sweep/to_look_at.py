"""Which of the tasks that are listed have to be read, to know whether they are as they should be.

What somebody deals with anyway is left out, and what is as it was last seen; a full sweep takes no annotation on trust.
A task that nobody annotated is read where rules ask for tasks: once, and again when it changed. Of drafts no listing
tells, and they move no time: tasks that have them are asked for by themselves, and compared with those that had.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.service.clock import as_text
from guidelint.service.store.base.database import read_only
from guidelint.service.store.hints import ahead
from guidelint.service.store.subjects.contributions import tasks_gathered
from guidelint.service.store.subjects.drafts import drafted as drafted_before
from guidelint.service.store.subjects.members import tasks_with_places
from guidelint.service.store.sweeps import seen_states, standing_tasks
from guidelint.service.worker.task.subjects.gather import engine_mark
from guidelint.service.worker.task.subjects.membership import waiting_scopes
from guidelint.validation.rule.gathering import GatheringRule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import sqlalchemy as sa

    from guidelint.labelstudio.connection.task_client import TaskListed
    from guidelint.service.store.subjects.contributions import Source
    from guidelint.validation.judging.gathers import Gathers


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """Tasks by what has to be done to know whether they are as they should be."""

    whole: list[int]
    """Those to be read with their annotations."""
    gone: list[int]
    """Those of which the store knows annotations, and that are not listed."""
    drafted: frozenset[int] | None
    """Those on which somebody has begun and not handed in; None: not asked for."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of the tasks of a project."""

    full: bool
    asked: bool
    """Whether any rule asks for tasks, annotated or not."""
    standing: set[int]
    """Those with annotations."""
    told: set[Source]
    """Those that contribute by themselves, as far as that is kept."""
    seen: set[tuple[int, str, str]]
    """The states in which they were dealt with last."""
    awaited: set[int]
    """Those that jobs will deal with."""
    drafted: frozenset[int] | None
    redrafted: frozenset[int]
    """Those on which somebody began, or does not go on, since they were dealt with."""

    def to_look_at(self, listed: Sequence[TaskListed]) -> ToLookAt:
        """Compare them with what is listed."""
        by_id = {task.id: task for task in listed}
        changed = [task.id for task in by_id.values() if self._is_to_be_read(task)]
        whole = [task for task in dict.fromkeys((*changed, *sorted(self.redrafted))) if task not in self.awaited]
        gone = (self.standing | {task for task, _ in self.told}) - by_id.keys() - self.awaited
        return ToLookAt(whole, sorted(gone) if self.full else [], self.drafted)

    def _is_to_be_read(self, task: TaskListed) -> bool:
        is_as_seen = (task.id, as_text(task.created_at), as_text(task.updated_at)) in self.seen
        if task.total_annotations or task.cancelled_annotations or task.id in self.standing:
            return self.full or not is_as_seen
        return self.asked and not (is_as_seen and (task.id, as_text(task.created_at)) in self.told)


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of tasks, annotated or not."""

    checks: frozenset[str] = frozenset()
    """Keys of the checks to which tasks contribute by themselves."""
    waits: bool = False
    """Whether anything waits for all tasks of a series or a patient."""

    @property
    def anything(self) -> bool:
        """Whether anything is asked."""
        return bool(self.checks) or self.waits


def asking_of_tasks(checks: Mapping[str, Gathers]) -> Asking:
    """Find what the checks of a plan ask of tasks."""
    contributing = frozenset(
        key for key, one in checks.items() if type(one.rule).gather_task is not GatheringRule.gather_task
    )
    return Asking(contributing, bool(waiting_scopes(checks)))


def known(
    engine: sa.Engine, server: str, project: int, asking: Asking, drafted: frozenset[int] | None, *, full: bool
) -> Known:
    """Find what the store knows. ``drafted``: those tasks with drafts."""
    with read_only(engine) as connection:
        before = drafted_before(connection, server, project)
    told = tasks_gathered(engine, server, project, asking.checks, engine_mark())
    if asking.waits:
        told &= tasks_with_places(engine, server, project)
    return Known(
        full=full,
        asked=asking.anything,
        standing=standing_tasks(engine, server, project),
        told=told,
        seen=seen_states(engine, server, project),
        awaited=ahead.awaited(engine, server, project),
        drafted=drafted,
        redrafted=frozenset() if drafted is None else before ^ drafted,
    )
