"""Which guideline version a project follows, and since when. An annotation is judged by the version in force then."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import sqlalchemy as sa

from guidelint.labelstudio.config.marker import Marker
from guidelint.rules.catalogue import catalogue
from guidelint.service.clock import now
from guidelint.service.log import note
from guidelint.service.store.base.database import insert_if_absent, read_only
from guidelint.service.store.base.tables import projects, sweeps
from guidelint.service.store.hints import held
from guidelint.validation.judging.plan import Plan


@dataclass(frozen=True, slots=True)
class Followed:
    """One version of a guideline, followed by one project from a moment on."""

    position: int
    """In the order in which the versions were pushed, whatever the clocks say."""
    valid_from: str
    """On the clock of Label Studio, which also says when annotations were handed in."""
    guideline: str
    version: str
    plan_digest: str
    config_digest: str
    """Of the labeling config that was pushed with it; empty: pushed before it was kept."""
    is_exam: bool = False
    """Whether the project is an exam in it, not work under it."""

    @property
    def marker(self) -> Marker:
        """What the labeling config says that was pushed with it."""
        return Marker(self.guideline, self.version, self.plan_digest, self.is_exam)


def record_push(
    engine: sa.Engine,
    server: str,
    project: int,
    plan: Plan,
    valid_from: str | None = None,
    *,
    config_digest: str = "",
    is_exam: bool = False,
) -> bool:
    """Remember that a project follows a plan from a moment on, by default the present one; whether that is news.

    Hints that waited because the project was not known are let go. ``server``: address as ``normal_address`` gives it.
    Call it right before the labeling config is sent.
    """
    while True:
        with engine.begin() as connection:
            newest = connection.execute(_history(server, project).limit(1)).first()
            if newest is not None and newest.plan == plan.to_json():
                _note_config(connection, newest, config_digest)
                _note_moment(connection, newest, valid_from or now())
                held.release(connection, server, project)
                return False
            if newest is None:
                _forget_sweeps(connection, server, project)
            row = {
                "server": server,
                "project": project,
                "position": 1 if newest is None else newest.position + 1,
                "valid_from": valid_from or now(),
                "guideline": plan.guideline.name,
                "version": plan.guideline.version,
                "plan_digest": plan.digest,
                "plan": plan.to_json(),
                "config_digest": config_digest,
                "is_exam": is_exam,
            }
            if insert_if_absent(connection, projects, row):  # otherwise somebody else took this position just now
                held.release(connection, server, project)
                return True


def _note_config(connection: sa.Connection, newest: sa.Row[tuple[str, ...]], config_digest: str) -> None:
    """Another release may compile the same plan into another config: the one sent last counts."""
    if config_digest and newest.config_digest != config_digest:
        connection.execute(sa.update(projects).where(_is(newest)).values(config_digest=config_digest))


def _note_moment(connection: sa.Connection, newest: sa.Row[tuple[str, ...]], moment: str) -> None:
    """Put a version in force that was pushed by a clock that was ahead: it would judge nothing until then."""
    if newest.valid_from > moment:
        connection.execute(sa.update(projects).where(_is(newest)).values(valid_from=moment))


def _is(row: sa.Row[tuple[str, ...]]) -> sa.ColumnElement[bool]:
    return sa.and_(*(projects.c[name] == getattr(row, name) for name in ("server", "project", "position")))


def _forget_sweeps(connection: sa.Connection, server: str, project: int) -> None:
    """Let the first sweep of a project look at all of it, whatever was noted while the project was not known."""
    connection.execute(sa.delete(sweeps).where(sweeps.c.server == server, sweeps.c.project == project))


def followed_projects(engine: sa.Engine) -> list[tuple[str, int]]:
    """Every (server, project) that was pushed to."""
    with read_only(engine) as connection:
        found = connection.execute(sa.select(projects.c.server, projects.c.project).distinct())
        return sorted((row.server, row.project) for row in found)


def history(engine: sa.Engine, server: str, project: int) -> list[Followed]:
    """Versions a project followed, the one pushed last first."""
    with read_only(engine) as connection:
        return [
            Followed(
                row.position,
                row.valid_from,
                row.guideline,
                row.version,
                row.plan_digest,
                row.config_digest,
                row.is_exam,
            )
            for row in connection.execute(_history(server, project))
        ]


def in_force(versions: list[Followed], at: str) -> Followed | None:
    """Find the version that a project followed at a moment; before the first push, the first.

    ``versions``: the one pushed last first. A later push wins from its moment on, also over one that claims to be
    valid only from a later moment.
    """
    return next((item for item in versions if item.valid_from <= at), versions[-1] if versions else None)


class Plans:
    """Plans in force, each read once."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._read_once: dict[tuple[str, int, Followed], Plan] = {}

    def in_force(self, server: str, project: int, at: str) -> Plan | None:
        """Find the plan a project followed at a moment; before the first push, the first. None: it follows none.

        Raises PlanError when this engine cannot run it.
        """
        return self.plan_of(server, project, in_force(history(self._engine, server, project), at))

    def newest(self, server: str, project: int) -> Plan | None:
        """Find the plan that was pushed last, whatever the clocks say."""
        return self.plan_of(server, project, next(iter(history(self._engine, server, project)), None))

    def plan_of(self, server: str, project: int, version: Followed | None) -> Plan | None:
        """Find the plan of one version of ``history``. Raises PlanError when this engine cannot run it."""
        if version is None:
            return None
        key = server, project, version
        if key not in self._read_once:
            self._read_once[key] = self._read(server, project, version)
        return self._read_once[key]

    def _read(self, server: str, project: int, version: Followed) -> Plan:
        row = sa.select(projects.c.plan).where(
            projects.c.server == server, projects.c.project == project, projects.c.position == version.position
        )
        with read_only(self._engine) as connection:
            plan = Plan.from_json(connection.execute(row).scalar_one(), catalogue())
        if plan.outdated:
            note("rules-measure-otherwise", logging.WARNING, server=server, project=project, says=plan.outdated)
        return plan


def _history(server: str, project: int) -> sa.Select[tuple[str, ...]]:
    return (
        sa.select(projects)
        .where(projects.c.server == server, projects.c.project == project)
        .order_by(projects.c.position.desc())
    )
