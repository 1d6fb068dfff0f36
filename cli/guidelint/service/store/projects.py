"""Which guideline version a project follows, and since when. An annotation is judged by the version in force then."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from guidelint.rules.catalogue import catalogue
from guidelint.service.clock import now
from guidelint.service.store.database import insert_if_absent, reading
from guidelint.service.store.tables import projects
from guidelint.validation.plan import Plan


@dataclass(frozen=True, slots=True)
class Followed:
    """One version of a guideline, followed by one project from a moment on."""

    valid_from: str
    guideline: str
    version: str
    plan_digest: str


def record_push(engine: sa.Engine, server: str, project: int, plan: Plan, valid_from: str | None = None) -> None:
    """Remember that a project follows a plan from now on (or from the time stated); again changes nothing.

    ``server``: address as ``normal_address`` gives it. Call it right before the labeling config is sent.
    """
    with engine.begin() as connection:
        newest = connection.execute(_history(server, project).limit(1)).first()
        if newest is not None and newest.plan_digest == plan.digest:
            return
        insert_if_absent(
            connection,
            projects,
            {
                "server": server,
                "project": project,
                "position": 1 if newest is None else newest.position + 1,
                "valid_from": valid_from or now(),
                "guideline": plan.guideline.name,
                "version": plan.guideline.version,
                "plan_digest": plan.digest,
                "plan": plan.to_json(),
            },
        )


def followed_projects(engine: sa.Engine) -> list[tuple[str, int]]:
    """Every (server, project) that was pushed to."""
    with reading(engine) as connection:
        found = connection.execute(sa.select(projects.c.server, projects.c.project).distinct())
        return sorted((row.server, row.project) for row in found)


def history(engine: sa.Engine, server: str, project: int) -> list[Followed]:
    """Versions a project followed, newest first."""
    with reading(engine) as connection:
        return [
            Followed(row.valid_from, row.guideline, row.version, row.plan_digest)
            for row in connection.execute(_history(server, project))
        ]


class Plans:
    """Plans in force, each read once."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._by_digest: dict[str, Plan] = {}

    def in_force(self, server: str, project: int, at: str) -> Plan | None:
        """Find the plan a project followed at a moment; before the first push, the first. None: it follows none.

        Raises PlanError when this engine cannot run it.
        """
        versions = history(self._engine, server, project)
        if not versions:
            return None
        version = next((item for item in versions if item.valid_from <= at), versions[-1])
        if version.plan_digest not in self._by_digest:
            self._by_digest[version.plan_digest] = self._read(server, project, version)
        return self._by_digest[version.plan_digest]

    def newest(self, server: str, project: int) -> Plan | None:
        """Find the plan a project follows now."""
        return self.in_force(server, project, now())

    def _read(self, server: str, project: int, version: Followed) -> Plan:
        row = sa.select(projects.c.plan).where(
            projects.c.server == server, projects.c.project == project, projects.c.valid_from == version.valid_from
        )
        with reading(self._engine) as connection:
            return Plan.from_json(connection.execute(row).scalar_one(), catalogue())


def _history(server: str, project: int) -> sa.Select[tuple[str, ...]]:
    return (
        sa.select(projects)
        .where(projects.c.server == server, projects.c.project == project)
        .order_by(projects.c.position.desc())
    )
