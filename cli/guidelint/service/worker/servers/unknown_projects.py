"""Projects on the servers that follow a guideline and that the store does not know: nothing there would be judged.

A new, lost or restored store is known by them, also where nobody has handed anything in yet.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sqlalchemy as sa

from guidelint.labelstudio.config.marker import read_marker
from guidelint.labelstudio.connection.errors import LabelStudioError
from guidelint.service.clock import NEVER
from guidelint.service.log import note
from guidelint.service.store.base.database import insert_or_update, place_of
from guidelint.service.store.base.tables import projects, sweeps
from guidelint.service.store.projects import followed_projects
from guidelint.service.worker.servers.not_known import exam_not_known, not_pushed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from guidelint.labelstudio.connection.task_client import TaskClient


@dataclass(frozen=True, slots=True)
class Unknown:
    """One project that the store does not know."""

    server: str
    project: int | None
    """None: the projects of the server could not be listed."""
    problem: str


@dataclass
class UnknownProjects:
    """Looks for them on the servers that there are tokens for."""

    engine: sa.Engine
    clients: Mapping[str, TaskClient]
    every_s: float = 3600.0
    _looked_at: float | None = None
    _told: frozenset[Unknown] = field(default_factory=frozenset["Unknown"])

    def look_when_due(self) -> None:
        """Look unless that was done lately, and tell what is new; a store that knows nothing always looks."""
        is_late = self._looked_at is None or time.monotonic() - self._looked_at >= self.every_s
        if not is_late and followed_projects(self.engine):
            return
        found = self.look()
        if all(unknown.project is not None for unknown in found):
            self._looked_at = time.monotonic()
        for unknown in found:
            if unknown not in self._told:
                note("a project is not known", logging.ERROR, server=unknown.server, reason=unknown.problem)
        self._told = frozenset(found)

    def look(self) -> list[Unknown]:
        """Look now; what is found is noted where the sweeps note what is wrong with a project."""
        return [unknown for server, client in self.clients.items() for unknown in self._on(server, client)]

    def _on(self, server: str, client: TaskClient) -> Sequence[Unknown]:
        known = {project for address, project in followed_projects(self.engine) if address == server}
        try:
            found = tuple(self._among(server, client, known))
        except LabelStudioError as error:
            return (Unknown(server, None, f"its projects could not be listed: {error}"),)
        self._note(server, found)
        return found

    def _among(self, server: str, client: TaskClient, known: set[int]) -> Iterator[Unknown]:
        for listed in client.projects():
            marker = read_marker(listed.label_config or "")
            if marker is not None and listed.id not in known:
                place = place_of(self.engine)
                said = f"project {listed.id} follows {marker.name} {marker.version}, but "
                told = exam_not_known if marker.is_exam else not_pushed
                yield Unknown(server, listed.id, said + told(server, listed.id, place, marker.name))

    def _note(self, server: str, found: Sequence[Unknown]) -> None:
        pushed = sa.exists().where(projects.c.server == sweeps.c.server, projects.c.project == sweeps.c.project)
        with self.engine.begin() as connection:
            connection.execute(sa.delete(sweeps).where(sweeps.c.server == server, ~pushed))
            for unknown in found:
                row = {"server": server, "project": unknown.project, "problem": unknown.problem}
                insert_or_update(connection, sweeps, {**row, "swept_to": NEVER, "full_at": NEVER})
