"""What a long sweep tells of its progress."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.service.log import note

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.service.worker.sweep.chunk import Done

TELLS_EVERY_S = 10.0
ONE_MINUTE_S = 60.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the sweep of one project has come."""

    server: str
    project: int
    of: int
    """Tasks that are looked at in all."""
    done: Done
    seconds: float

    @property
    def left(self) -> int:
        """Tasks that are still to be looked at."""
        return self.of - self.done.looked_at

    @property
    def tasks_per_s(self) -> float:
        """How fast it goes."""
        return self.done.looked_at / self.seconds if self.seconds > 0 else 0.0

    @property
    def left_s(self) -> float | None:
        """Seconds that it will still take at this pace; None: that cannot be told yet."""
        return self.left / self.tasks_per_s if self.tasks_per_s > 0 else None


def log_progress(progress: Progress) -> None:
    """Write one line."""
    note(
        "sweeping",
        server=progress.server,
        project=progress.project,
        tasks=progress.done.looked_at,
        of=progress.of,
        judged=progress.done.judged,
        to_write=progress.done.to_write,
        tasks_per_s=round(progress.tasks_per_s, 1),
        left_s=None if progress.left_s is None else round(progress.left_s),
    )


@dataclass
class NowAndThen:
    """Tells of progress every few seconds, never of what is over at once."""

    tell: Callable[[Progress], None]
    server: str
    project: int
    of: int
    _began_s: float = field(default_factory=time.monotonic)
    _told_s: float = field(default_factory=time.monotonic)

    def came_to(self, done: Done) -> None:
        """Take in how far it has come."""
        now_s = time.monotonic()
        if now_s - self._told_s >= TELLS_EVERY_S:
            self._told_s = now_s
            self.tell(Progress(self.server, self.project, self.of, done, now_s - self._began_s))


@dataclass
class InWords:
    """Tells a person of progress."""

    tell: Callable[[str], None]
    _told_s: float = field(default_factory=time.monotonic)

    def swept(self, progress: Progress) -> None:
        """Tell how far the sweep of a project has come."""
        done, left_s = progress.done, progress.left_s
        still = "" if left_s is None else f", about {_duration(left_s)} left"
        self.tell(
            f"{progress.server} project {progress.project}: {done.looked_at} of {progress.of} tasks looked at,"
            f" {done.judged} annotations judged, {done.to_write} tasks to write;"
            f" {progress.tasks_per_s:.1f} tasks a second{still}"
        )

    def worked_off(self, count: int) -> None:
        """Tell, every few seconds, how many tasks were dealt with."""
        if time.monotonic() - self._told_s >= TELLS_EVERY_S:
            self._told_s = time.monotonic()
            self.tell(f"{count} dealt with so far")


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < ONE_MINUTE_S else f"{seconds / ONE_MINUTE_S:.0f} min"
