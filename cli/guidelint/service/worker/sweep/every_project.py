"""The sweep of all projects: finds what no webhook told. Imports, deletions, lost deliveries, drafts made of work."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from guidelint.labelstudio.connection.errors import LabelStudioError, ProjectGone
from guidelint.service.clock import after
from guidelint.service.given import nothing_given
from guidelint.service.log import logger, note
from guidelint.service.store.base.database import place_of
from guidelint.service.store.hints import inbox
from guidelint.service.store.hints.asked_sweeps import AskedSweep, asked_sweeps, keep, put_off
from guidelint.service.store.hints.inbox_rows import EVERY_PROJECT
from guidelint.service.store.projects import Plans, followed_projects
from guidelint.service.store.sweeps import reached
from guidelint.service.worker.endings import fault
from guidelint.service.worker.owner import owner_here
from guidelint.service.worker.servers.missing import ENDED, not_there
from guidelint.service.worker.servers.not_known import not_pushed
from guidelint.service.worker.sweep.manners import Manners, SweepEnded
from guidelint.service.worker.sweep.one_project import ProjectSweep
from guidelint.service.worker.sweep.progress import log_progress
from guidelint.service.worker.sweep.turn import Turn
from guidelint.validation.judging.plan import PlanError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import sqlalchemy as sa

    from guidelint.labelstudio.connection.task_client import TaskClient
    from guidelint.service.given import GivenOf
    from guidelint.service.worker.sweep.progress import Progress

ASKS_AGAIN_S = 0.5
SOMEBODY_ELSE = "another process sweeps this project now"


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


@dataclass
class Sweep:
    """Sweeps the projects of the servers that this service has tokens for."""

    engine: sa.Engine
    clients: Mapping[str, TaskClient]
    full_every_s: float = 3600.0
    open_after_s: float = 20.0
    is_patient: bool = False
    """Wait for another process that sweeps a project, instead of leaving it to that one."""
    full_apart_s: float = 0.0
    """So long after a full sweep of a project the next one that a delivery asks for may begin."""
    tell: Callable[[Progress], None] = log_progress
    manners: Manners = field(default_factory=Manners)
    given_of: GivenOf = nothing_given
    _owner: str = field(default_factory=lambda: f"{owner_here()}:s")

    def __post_init__(self) -> None:
        """Read each plan once."""
        self._plans = Plans(self.engine)

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
        due = [item for item in asked_sweeps(self.engine) if item.server in self.clients]
        return due if self.is_patient else [item for item in due if not self._comes_too_soon(item)]

    def _comes_too_soon(self, item: AskedSweep) -> bool:
        """Whether all that it asks for was looked at lately: it stays asked for, and has its turn later."""
        if not (item.is_full and self.full_apart_s):
            return False
        covered = [key for key in self._followed() if item.covers(*key)]
        return any(reached(self.engine, *key).full_at > after(-self.full_apart_s) for key in covered)

    def _followed(self) -> list[tuple[str, int]]:
        return [key for key in followed_projects(self.engine) if key[0] in self.clients]

    def _each(self, projects: list[tuple[str, int]], asked: list[AskedSweep], *, full: bool = False) -> list[Swept]:
        """Sweep projects, and note what becomes of the hints that ask for it."""
        swept = [self._guarded(*key, full=full or _asks_for_all(asked, *key)) for key in projects]
        with self.engine.begin() as connection:
            for item in asked:
                mine = [one for one in swept if item.covers(one.server, one.project)]
                broken_off = [one.problem or one.told for one in mine if not one.is_complete]
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
        except (LabelStudioError, PlanError) as error:
            note("a sweep was broken off", logging.WARNING, server=server, project=project, reason=str(error))
            return Swept(server, project, 0, 0, str(error), is_complete=False)
        except (SQLAlchemyError, SweepEnded):
            raise
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one project, the others are swept
            logger.exception("a sweep failed", extra={"facts": {"server": server, "project": project}})
            return Swept(server, project, 0, 0, fault(error), is_complete=False)

    def project(self, server: str, project: int, *, full: bool = False) -> Swept:
        """Sweep one project. Raises ProjectGone, Unreachable, NotMine or Refused, PlanError, SweepEnded."""
        turn = Turn(self.engine, server, project, self._owner)
        while not turn.take():
            if not self.is_patient:
                return Swept(server, project, 0, 0, "", is_complete=False, told=SOMEBODY_ELSE)
            time.sleep(ASKS_AGAIN_S)
        try:
            found = self._of(turn).run(full=full)
        finally:
            turn.end()
        return Swept(server, project, found.listed, found.done.found, found.problem)

    def _of(self, turn: Turn) -> ProjectSweep:
        return ProjectSweep(
            self.engine,
            self.clients[turn.server],
            self._plans,
            turn.server,
            turn.project,
            turn,
            self.manners,
            self.tell,
            self.full_every_s,
            self.open_after_s,
            self.given_of,
        )


def _asks_for_all(asked: list[AskedSweep], server: str, project: int) -> bool:
    return any(item.is_full and item.covers(server, project) for item in asked)
