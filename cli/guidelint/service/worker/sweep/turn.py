"""The turn to sweep a project: one sweeper at a time, across processes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import claims
from guidelint.service.store.hints.inbox_rows import WHOLE_PROJECT

if TYPE_CHECKING:
    import sqlalchemy as sa


@dataclass
class Turn:
    """A claim on a whole project; one that is not kept ends."""

    engine: sa.Engine
    server: str
    project: int
    owner: str
    _kept_s: float = field(default_factory=time.monotonic)

    @property
    def _key(self) -> TaskKey:
        return TaskKey(self.server, self.project, WHOLE_PROJECT)

    def take(self) -> bool:
        """Take it; False: somebody else has it."""
        with self.engine.begin() as connection:
            return claims.claim(connection, self._key, self.owner)

    def keep(self) -> None:
        """Prolong it in good time."""
        if time.monotonic() - self._kept_s > claims.LEASE_S / 3:
            self._kept_s = time.monotonic()
            with self.engine.begin() as connection:
                claims.renew(connection, self.owner)

    def end(self) -> None:
        """Give it back."""
        with self.engine.begin() as connection:
            claims.release(connection, self._key, self.owner)
