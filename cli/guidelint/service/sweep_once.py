"""A single sweep, by whoever runs no service, or beside one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.service.clock import now
from guidelint.service.log import start_logging
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.make_ready import make_ready
from guidelint.service.store.hints import inbox, retries
from guidelint.service.store.projects import followed_projects
from guidelint.service.store.subjects.told_of_project import waiting
from guidelint.service.store.subjects.verdicts import given_since
from guidelint.service.worker.process import make_worker
from guidelint.service.worker.servers.unknown_projects import UnknownProjects
from guidelint.service.worker.sweep.progress import InWords
from guidelint.service.worker.worker import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    import sqlalchemy as sa

    from guidelint.service.settings import Settings
    from guidelint.service.worker.servers.unknown_projects import Unknown
    from guidelint.service.worker.sweep.every_project import Sweep, Swept
    from guidelint.service.worker.worker import Worker


@dataclass(frozen=True, slots=True)
class SweepReport:
    """What a single sweep did."""

    projects: tuple[Swept, ...]
    dealt_with: int
    """Tasks dealt with."""
    left: int
    """Hints that wait still, for instance because Label Studio is away."""
    unknown: tuple[Unknown, ...] = ()
    """Projects that follow a guideline, and this store does not know them."""
    subjects: Mapping[str, int] = field(default_factory=dict[str, int])
    """Tasks, series, annotators, projects, …: how many verdicts were given anew on what lies above one annotation."""
    subjects_left: int = 0
    """Those that changed and could not be judged."""


def _nobody(_sentence: str) -> None:
    """Tell nobody."""


def sweep_once(settings: Settings, *, full: bool = False, tell: Callable[[str], None] = _nobody) -> SweepReport:
    """Sweep every project and deal with all that is due; ``tell``: given a sentence now and then when it takes long."""
    start_logging()
    make_ready(settings.store)
    worker, began = make_worker(settings, tell=lambda _told: None), now()
    words = InWords(tell)
    try:
        with worker.engine.begin() as connection:
            for server in settings.servers:
                retries.hurry(connection, server)
                retries.try_failed_again(connection, server)
        projects = () if worker.sweep is None else tuple(_patient(worker.sweep, words).all_projects(full=full))
        unknown = UnknownProjects(worker.engine, worker.work.clients).look()
        dealt_with = worker.work_off(PATIENCE_S, words.worked_off)
        dealt_with += _judged_above(worker, words)
        if worker.retention is not None:
            worker.retention.when_due()
        subjects, left = _subjects(worker.engine, settings.servers, began)
        return SweepReport(projects, dealt_with, inbox.unfinished(worker.engine), tuple(unknown), subjects, left)
    finally:
        worker.close()


def _judged_above(worker: Worker, words: InWords) -> int:
    """Judge what lies above one annotation, and have it shown on tasks; returns how many were dealt with for that."""
    dealt_with = 0
    while worker.subjects is not None and worker.subjects.run():
        shown = worker.work_off(came_to=words.worked_off)
        dealt_with += shown
        if not shown:
            break
    return dealt_with


def _subjects(engine: sa.Engine, servers: Collection[str], began: str) -> tuple[Counter[str], int]:
    """Count verdicts given since, by kind of subject, and the subjects that are not judged."""
    given, left = Counter[str](), 0
    for server, project in followed_projects(engine):
        if server in servers:
            with read_only(engine) as connection:
                given += given_since(connection, server, project, began)
            left += waiting(engine, server, project)
    return given, left


def _patient(sweep: Sweep, words: InWords) -> Sweep:
    """Let a sweep tell a person, and wait for a service that sweeps the same project just now."""
    sweep.is_patient, sweep.tell = True, words.swept
    return sweep
