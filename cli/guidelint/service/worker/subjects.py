"""Judging now and then what managers look at: annotators and whole projects, with whatever was left undone."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.service.store.projects import followed_projects
from guidelint.service.worker.task.subjects.judge_subjects import Subjects
from guidelint.validation.judging.fold import gathering_checks
from guidelint.validation.judging.plan import PlanError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import sqlalchemy as sa

    from guidelint.service.store.projects import Plans

EVERY_S = 60.0
"""So often at most subjects are judged that only managers look at."""


@dataclass(slots=True)
class SubjectsNowAndThen:
    """Judges what changed in every project, at most once a minute."""

    engine: sa.Engine
    plans: Plans
    servers: Collection[str]
    every_s: float = EVERY_S
    clock_s: Callable[[], float] = time.monotonic
    _due_at_s: float = float("-inf")

    def when_due(self) -> int:
        """Judge if it is time; returns how many groups were judged. Raises what the store raises."""
        if self.clock_s() < self._due_at_s:
            return 0
        self._due_at_s = self.clock_s() + self.every_s
        return self.run()

    def run(self) -> int:
        """Judge what changed in every project."""
        return sum(self._of(*place) for place in followed_projects(self.engine) if place[0] in self.servers)

    def _of(self, server: str, project: int) -> int:
        try:
            plan = self.plans.newest(server, project)
        except PlanError:  # told by every job of the project
            return 0
        if plan is None:
            return 0
        return Subjects(self.engine, server, project, plan, gathering_checks(plan)).all()
