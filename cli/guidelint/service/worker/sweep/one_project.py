"""The sweep of one project: what is listed is compared with the store, in chunks.

Every change of an annotation moves ``updated_at`` of its task, so the tasks changed since the last sweep are enough to
find what no webhook told. A full sweep trusts no time: it compares the annotations of every task with what the store
holds of them, whatever the store says to have seen, and finds tasks that are gone.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError

from guidelint.labelstudio.connection.errors import LabelStudioError
from guidelint.labelstudio.connection.listing import PageSize, whole_tasks
from guidelint.service.clock import after, as_text, as_time, now
from guidelint.service.given import nothing_given
from guidelint.service.log import logger
from guidelint.service.store.base.faults import StoreFault
from guidelint.service.store.hints import retries
from guidelint.service.store.projects import history
from guidelint.service.store.subjects.old_rows import remove_forsaken_groups
from guidelint.service.store.sweeps import Reached, note_reached, reached
from guidelint.service.worker.servers.missing import came_back
from guidelint.service.worker.sweep.chunk import Chunk, Done
from guidelint.service.worker.sweep.drift import drift
from guidelint.service.worker.sweep.manners import SweepEnded
from guidelint.service.worker.sweep.progress import NowAndThen
from guidelint.service.worker.sweep.to_look_at import asking_of_tasks, known
from guidelint.validation.judging.fold import gathering_checks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import sqlalchemy as sa

    from guidelint.labelstudio.connection.task_client import TaskClient, TaskListed, TaskRead
    from guidelint.service.given import GivenOf
    from guidelint.service.store.projects import Plans
    from guidelint.service.worker.sweep.manners import Manners
    from guidelint.service.worker.sweep.progress import Progress
    from guidelint.service.worker.sweep.to_look_at import Known, ToLookAt
    from guidelint.service.worker.sweep.turn import Turn
    from guidelint.validation.judging.gathers import Gathers

OVERLAP_S = 120.0
"""So far back the next sweep looks again: times are set before they can be seen."""
SET_BACK_S = 60.0
"""When the last sweep came further than this ahead of Label Studio's clock, that clock was set back."""
LEAVES_AT_ONCE = 500
"""So many tasks are left to jobs in one transaction."""
_PASSES_ON = (LabelStudioError, OperationalError, StoreFault, SweepEnded)
"""What breaks off the sweep; anything else is a fault of one chunk."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the sweep of a project found."""

    listed: int
    """Tasks listed."""
    done: Done
    problem: str
    """What is wrong with the project; empty: nothing."""


@dataclass(frozen=True, slots=True)
class ProjectSweep:
    """Sweeps one project."""

    engine: sa.Engine
    client: TaskClient
    plans: Plans
    server: str
    project: int
    turn: Turn
    manners: Manners
    tell: Callable[[Progress], None]
    full_every_s: float
    open_after_s: float
    given_of: GivenOf = nothing_given

    def run(self, *, full: bool = False) -> Found:
        """Sweep it. Raises ProjectGone, Unreachable, NotMine or Refused, PlanError, SweepEnded."""
        self.plans.newest(self.server, self.project)
        began, clock = now(), time.monotonic()
        came_to = reached(self.engine, self.server, self.project)
        settings = self.client.project(self.project)
        problem = drift(settings.label_config, history(self.engine, self.server, self.project)[0])
        full = came_back(self.engine, self.server, self.project) or full
        full = full or after(self.full_every_s, came_to.full_at or "1970-01-01T00:00:00Z") <= began
        there = as_text(self.client.clock.moment())
        since = None if full or came_to.swept_to > after(SET_BACK_S, there) else as_time(came_to.swept_to)
        listed = list(self.client.tasks(self.project, since))
        swept_to = _swept_to(listed, came_to.swept_to or there, time.monotonic() - clock)
        if full:
            with self.engine.begin() as connection:
                retries.try_failed_again(connection, self.server, self.project)
        done = self._look_at(self._known(full=full).to_look_at(listed), settings.maximum_annotations)
        if full:
            remove_forsaken_groups(self.engine, self.server, self.project, self._checks())
        next_time = Reached(min(max(came_to.swept_to, swept_to), there), began if full else came_to.full_at)
        note_reached(self.engine, self.server, self.project, next_time, problem)
        return Found(len(listed), done, problem)

    def _known(self, *, full: bool) -> Known:
        """Find what the store knows, and what no listing tells of tasks."""
        asking = asking_of_tasks(self._checks())
        drafted = frozenset(self.client.drafted_tasks(self.project)) if asking.checks else None
        return known(self.engine, self.server, self.project, asking, drafted, full=full)

    def _checks(self) -> Mapping[str, Gathers]:
        """Find the checks that gather, of the plan in force now."""
        plan = self.plans.newest(self.server, self.project)
        return {} if plan is None else gathering_checks(plan)

    def _look_at(self, tasks: ToLookAt, readers_of_project: int) -> Done:
        progress = NowAndThen(self.tell, self.server, self.project, len(tasks.whole))
        chunk = Chunk(
            self.engine,
            self.plans,
            self.server,
            self.project,
            self.turn.owner,
            self.open_after_s,
            self.manners,
            readers_of_project,
            tasks.drafted,
            self.given_of,
        )
        done = Done()
        for begin in range(0, len(tasks.gone), LEAVES_AT_ONCE):
            left = chunk.leave(tasks.gone[begin : begin + LEAVES_AT_ONCE])
            done += Done(found=left, to_write=left)
        for asked, found in whole_tasks(self.client, self.project, tasks.whole, PageSize()):
            self.turn.keep()
            done += _dealt_with(chunk, asked, found)
            progress.came_to(done)
            self.manners.give_way()
        return done


def _dealt_with(chunk: Chunk, asked: Sequence[int], found: Sequence[TaskRead]) -> Done:
    """Deal with a chunk; when it fails as a whole, each of its tasks is left to a job that fails only itself."""
    try:
        return chunk.deal_with(asked, found)
    except _PASSES_ON:
        raise
    except Exception:  # noqa: BLE001 - one task is at fault, the others go on
        logger.exception("a chunk of a sweep failed", extra={"facts": {"project": chunk.project}})
        left = chunk.leave(asked)
        return Done(looked_at=left, found=left, to_write=left)


def _swept_to(listed: Sequence[TaskListed], before: str, took_s: float) -> str:
    """Tell up to when changes are known to be listed; ``took_s``: to list them."""
    newest = max((as_text(task.updated_at) for task in listed), default=before)
    return as_text(as_time(newest) - timedelta(seconds=OVERLAP_S + took_s))
