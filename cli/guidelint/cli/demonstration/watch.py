"""Wait until a verdict stands in Label Studio, and look up in the service's store what it is."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.cli.render.words.names import sentence
from guidelint.labelstudio.writeback.columns import DIGEST
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.known import known_of_task

if TYPE_CHECKING:
    import sqlalchemy as sa

    from guidelint.cli.demonstration.studio import Studio, Submitted
    from guidelint.validation.judging.verdict import Verdict

WITHIN_S = 180.0


@dataclass(frozen=True, slots=True)
class Shown:
    """The verdict on one annotation as it stands in Label Studio."""

    decision: str
    rules: frozenset[str]
    said: str
    """The first finding in words; empty: there is none."""
    after_s: float
    """Seconds from Submit until it could be read."""


@dataclass(frozen=True)
class Watch:
    """Looks at one project from both sides."""

    studio: Studio
    store: sa.Engine
    server: str
    project: int

    def verdict(self, submitted: Submitted) -> Shown | None:
        """Wait until the task tells of this submission; None when it does not in time."""
        began = time.monotonic()
        while (waited := time.monotonic() - began) < WITHIN_S:
            data = self.studio.data(submitted.task)
            verdict = self._stored(submitted)
            if verdict is not None and data.get(DIGEST, "") != submitted.digest_before:
                return _shown(verdict, submitted.took_s + waited)
            time.sleep(0.1)
        return None

    def _stored(self, submitted: Submitted) -> Verdict | None:
        known = known_of_task(self.store, TaskKey(self.server, self.project, submitted.task)).values()
        return next((item.verdict for item in known if item.annotation == submitted.annotation), None)


def _shown(verdict: Verdict, after_s: float) -> Shown:
    first = next(iter(verdict.to_change or verdict.findings), None)
    said = sentence(first) if first is not None else ""
    return Shown(verdict.decision, frozenset(finding.rule for finding in verdict.findings), said, after_s)
