"""What is noted about a job when it ends: done, waiting, held, or set aside, each with its reason."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.labelstudio.connection.errors import LabelStudioError, ProjectGone, Refused
from guidelint.service.log import logger, note
from guidelint.service.store.base.faults import StoreFault
from guidelint.service.store.hints import held, inbox, retries
from guidelint.service.worker.servers.missing import not_there
from guidelint.service.worker.servers.not_known import ProjectNotKnown, ServerNotKnown, ToldOnce
from guidelint.validation.judging.plan import PlanError

if TYPE_CHECKING:
    from guidelint.service.store.hints.job import Job
    from guidelint.service.worker.servers.outages import Outages

MOST_STARTS = 5
"""A job that failed so often for reasons of our own is set aside."""
Ending = Callable[[sa.Connection], None]
"""What is to be noted when a job ends, together with giving its claim back."""


@dataclass(frozen=True, slots=True)
class Endings:
    """Says how a job ends."""

    engine: sa.Engine
    outages: Outages
    _not_known: ToldOnce = field(default_factory=ToldOnce)

    def well(self, job: Job, seconds: float) -> Ending:
        """Mark it as dealt with, and what was set aside of the same task as well: its task was read as it stands."""
        self._not_known.over(job.key)
        note("dealt with", task=job.key.task, project=job.key.project, seconds=round(seconds, 3))
        if not self.outages.answered(job.key.server):
            return lambda connection: inbox.settle(connection, job)
        note("Label Studio answers again", server=job.key.server)
        return lambda connection: _settle_and_hurry(connection, job)

    def after(self, job: Job, error: Exception) -> Ending:
        """Wait where waiting helps: Label Studio is away, the token is not accepted, the project may be gone."""
        match error:
            case ProjectGone():
                return self._of_missing_project(job)
            case Refused():
                return _failed(job, str(error))
            case LabelStudioError() | StoreFault():
                return self._put_off(job, error)
            case ProjectNotKnown() | ServerNotKnown():
                self._not_known.tell(job.key, str(error))
                return lambda connection: held.hold(connection, job, str(error))
            case PlanError():
                return _set_aside(job, f"{type(error).__name__}: {error}")
            case _:
                logger.error("dealing with a task failed", exc_info=error, extra={"facts": {"task": job.key.task}})
                return _failed(job, fault(error))

    def _put_off(self, job: Job, error: Exception) -> Ending:
        if isinstance(error, LabelStudioError):
            self.outages.failed(job.key.server)
        return _put_off(job, str(error))

    def _of_missing_project(self, job: Job) -> Ending:
        """Wait until it is certain that the project is gone; then there is nothing left to do."""
        try:
            waits = not_there(self.engine, job.key.server, job.key.project)
        except StoreFault as error:
            return self._put_off(job, error)
        return _put_off(job, waits) if waits else lambda connection: inbox.settle(connection, job)


def fault(error: Exception) -> str:
    """Name a fault of ours and its place; what its message says may quote what was drawn or written."""
    *_, (frame, line) = [(None, 0), *walk_tb(error.__traceback__)]
    place = f" in {Path(frame.f_code.co_filename).name}, line {line}" if frame else ""
    return f"a fault of guidelint: {type(error).__name__}{place}. The log says when; please report it"


def leave(_connection: sa.Connection) -> None:
    """Note nothing: the job stays as it is."""


def _settle_and_hurry(connection: sa.Connection, job: Job) -> None:
    inbox.settle(connection, job)
    retries.hurry(connection, job.key.server)


def _put_off(job: Job, reason: str) -> Ending:
    note("put off", logging.WARNING, task=job.key.task, project=job.key.project, reason=reason)
    return lambda connection: inbox.wait(connection, job, reason)


def _failed(job: Job, reason: str) -> Ending:
    """Try again: a fault of ours may be one of the moment; after some attempts it is not."""
    if job.starts + 1 >= MOST_STARTS:
        return _set_aside(job, reason)
    return lambda connection: inbox.wait(connection, job, reason, keep_starts=True)


def _set_aside(job: Job, reason: str) -> Ending:
    note("set aside", logging.ERROR, task=job.key.task, project=job.key.project, reason=reason)
    return lambda connection: inbox.fail(connection, job, reason)
