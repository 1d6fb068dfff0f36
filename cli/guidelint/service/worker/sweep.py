"""The sweep: finds what no webhook told. Imports, deletions, lost deliveries, annotations turned back into drafts.

Every change of an annotation moves ``updated_at`` of its task, so the tasks changed since the last sweep are enough,
except for tasks that are gone: those are found by looking at all of them from time to time.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.labelstudio.errors import LabelStudioError, ProjectGone
from guidelint.service.clock import NEVER, after, as_text, as_time, now
from guidelint.service.log import note
from guidelint.service.store import inbox, retries
from guidelint.service.store.asked_sweeps import AskedSweep, asked_sweeps, keep, put_off
from guidelint.service.store.database import insert_or_update, place_of, reading
from guidelint.service.store.inbox import TaskKey
from guidelint.service.store.inbox_rows import EVERY_PROJECT
from guidelint.service.store.projects import followed_projects, history
from guidelint.service.store.tables import annotation_rows, sweeps, tasks, verdicts
from guidelint.service.worker.drift import drift
from guidelint.service.worker.missing import ENDED, came_back, not_there
from guidelint.service.worker.not_known import not_pushed
from guidelint.validation.version import engine_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.labelstudio.tasks import TaskClient, TaskListed

OVERLAP_S = 120.0
"""So far back the next sweep looks again: times are set before they can be seen."""
BATCH = 500


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep of one project found."""

    server: str
    project: int
    looked_at: int
    """Tasks listed."""
    found: int
    """Tasks that need to be dealt with."""
    problem: str
    """What is wrong with the project; empty: nothing."""
    is_complete: bool = True
    """It was not broken off."""
    told: str = ""
    """What is worth knowing though nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Sweeps the projects of the servers that this service has tokens for."""

    engine: sa.Engine
    clients: Mapping[str, TaskClient]
    full_every_s: float = 3600.0

    def all_projects(self, *, full: bool = False) -> list[Swept]:
        """Sweep every project; a server that is away spoils only its own."""
        return self._each(self._followed(), self._asked(), full=full)

    def asked_for(self) -> list[Swept]:
        """Sweep the projects that deliveries ask for."""
        asked = self._asked()
        if not asked:
            return []
        return self._each([key for key in self._followed() if any(item.covers(*key) for item in asked)], asked)

    def _asked(self) -> list[AskedSweep]:
        return [item for item in asked_sweeps(self.engine) if item.server in self.clients]

    def _followed(self) -> list[tuple[str, int]]:
        return [key for key in followed_projects(self.engine) if key[0] in self.clients]

    def _each(self, projects: list[tuple[str, int]], asked: list[AskedSweep], *, full: bool = False) -> list[Swept]:
        """Sweep projects, and note what becomes of the hints that ask for it."""
        swept = [self._guarded(*key, full=full or _asks_for_all(asked, *key)) for key in projects]
        with self.engine.begin() as connection:
            for item in asked:
                mine = [one for one in swept if item.covers(one.server, one.project)]
                broken_off = [one.problem for one in mine if not one.is_complete]
                if not mine and item.project != EVERY_PROJECT:
                    keep(connection, item, not_pushed(item.server, item.project, place_of(self.engine)))
                elif broken_off:
                    put_off(connection, item, broken_off[0])
                else:
                    inbox.finish(connection, [item.seq])
        return swept

    def _guarded(self, server: str, project: int, *, full: bool) -> Swept:
        try:
            return self.project(server, project, full=full)
        except ProjectGone:
            waits = not_there(self.engine, server, project)
            return Swept(server, project, 0, 0, waits, is_complete=not waits, told="" if waits else ENDED)
        except LabelStudioError as error:
            note("a sweep was broken off", logging.WARNING, server=server, project=project, reason=str(error))
            return Swept(server, project, 0, 0, str(error), is_complete=False)

    def project(self, server: str, project: int, *, full: bool = False) -> Swept:
        """Sweep one project. Raises ProjectGone, Unreachable, NotMine or Refused."""
        began, clock = now(), time.monotonic()
        swept_to, full_at = self._came_to(server, project)
        problem = self._drift(server, project)
        full = came_back(self.engine, server, project) or full
        full = full or after(self.full_every_s, full_at or "1970-01-01T00:00:00Z") <= began
        since = None if full else as_time(swept_to)
        listed = list(self.clients[server].tasks(project, since))
        if full:
            with self.engine.begin() as connection:
                retries.try_failed_again(connection, server, project)
        found = self._to_do(server, project, listed, full=full)
        self._hint(found)
        newest = max((as_text(task.updated_at) for task in listed), default=swept_to or began)
        back = OVERLAP_S + time.monotonic() - clock
        reached = max(swept_to, as_text(as_time(newest) - timedelta(seconds=back)))
        self._note(server, project, reached, began if full else full_at, problem)
        return Swept(server, project, len(listed), len(found), problem)

    def _came_to(self, server: str, project: int) -> tuple[str, str]:
        row = sa.select(sweeps).where(sweeps.c.server == server, sweeps.c.project == project)
        with reading(self.engine) as connection:
            found = connection.execute(row).first()
        return (found.swept_to, found.full_at) if found else (NEVER, NEVER)

    def _drift(self, server: str, project: int) -> str:
        """Whether the labeling config still is what was pushed."""
        config = self.clients[server].project(project).label_config
        return drift(config, history(self.engine, server, project)[0])

    def _to_do(self, server: str, project: int, listed: list[TaskListed], *, full: bool) -> list[TaskKey]:
        """Tasks that are not as last seen; on a full sweep also those that are gone or judged by another engine."""
        seen, standing, outdated = self._seen(server, project), self._standing(server, project), set[int]()
        if full:
            outdated = (standing - {task.id for task in listed}) | self._judged_by_another_engine(server, project)
        changed = {
            task.id
            for task in listed
            if seen.get(task.id) != (as_text(task.created_at), as_text(task.updated_at))
            and (task.total_annotations or task.cancelled_annotations or task.id in standing)
        }
        return [TaskKey(server, project, task) for task in sorted(changed | outdated)]

    def _seen(self, server: str, project: int) -> dict[int, tuple[str, str]]:
        rows = sa.select(tasks.c.task, tasks.c.created_at, tasks.c.seen_updated_at).where(
            tasks.c.server == server, tasks.c.project == project
        )
        with reading(self.engine) as connection:
            return {row.task: (row.created_at, row.seen_updated_at) for row in connection.execute(rows)}

    def _standing(self, server: str, project: int) -> set[int]:
        rows = sa.select(annotation_rows.c.task).where(
            annotation_rows.c.server == server,
            annotation_rows.c.project == project,
            annotation_rows.c.state != "withdrawn",
        )
        with reading(self.engine) as connection:
            return set(connection.execute(rows.distinct()).scalars())

    def _judged_by_another_engine(self, server: str, project: int) -> set[int]:
        names = ("server", "project", "annotation", "created_at")
        same = sa.and_(*(annotation_rows.c[name] == verdicts.c[name] for name in names))
        rows = (
            sa.select(annotation_rows.c.task)
            .join(verdicts, same)
            .where(verdicts.c.server == server, verdicts.c.project == project, verdicts.c.is_current)
            .where(verdicts.c.engine != engine_version(), annotation_rows.c.state == "standing")
        )
        with reading(self.engine) as connection:
            return set(connection.execute(rows.distinct()).scalars())

    def _hint(self, found: list[TaskKey]) -> None:
        """Put hints into the inbox, a batch per commit."""
        for batch in _batches(found):
            with self.engine.begin() as connection:
                for key in batch:
                    inbox.put_once(connection, inbox.hint_row(key, inbox.SWEPT, lane=inbox.BULK))

    def _note(self, server: str, project: int, swept_to: str, full_at: str, problem: str) -> None:
        came_to = {"swept_to": swept_to, "full_at": full_at, "swept_at": now()}
        row = {"server": server, "project": project, **came_to, "problem": problem}
        with self.engine.begin() as connection:
            insert_or_update(connection, sweeps, row)


def _asks_for_all(asked: list[AskedSweep], server: str, project: int) -> bool:
    return any(item.is_full and item.covers(server, project) for item in asked)


def _batches(found: list[TaskKey]) -> Iterator[list[TaskKey]]:
    rest = iter(found)
    while batch := list(islice(rest, BATCH)):
        yield batch
