"""A crew that judges in this process what several would judge, in an order of its own, and hears all by its bytes."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from guidelint.checking.spread.crew import Job
from guidelint.checking.spread.here import judged
from guidelint.checking.spread.judge import Judge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    import pytest

    from guidelint.checking.spread.setup import Setup
    from guidelint.checking.spread.told import Told


T = TypeVar("T")
BLOCK = 512


def instead_of_processes(monkeypatch: pytest.MonkeyPatch) -> list[Backwards]:
    """Let whoever starts processes start none, and judge small parts; each crew is noted."""
    made: list[Backwards] = []
    monkeypatch.setattr("guidelint.checking.spread.begin.Processes", partial(Backwards, made=made))
    monkeypatch.setattr("guidelint.checking.spread.chunks.PART_BYTES", BLOCK)
    monkeypatch.setattr("guidelint.checking.spread.piece.AT_ONCE", 3)
    for place in ("blocks", "part"):
        monkeypatch.setattr(f"guidelint.annotation.decoding.files.{place}.BLOCK_BYTES", BLOCK)
    return made


def _sent(value: T) -> T:
    """Give what another process would be given."""
    sent: T = pickle.loads(pickle.dumps(value))  # noqa: S301 - of our own
    return sent


@dataclass
class Backwards:
    """Judges first what it was given last."""

    setup: Setup
    count: int
    jobs: list[Job] = field(default_factory=list[Job])
    judged: int = 0
    """How many chunks it has judged."""
    made: list[Backwards] = field(default_factory=list["Backwards"])
    wants: int = 4

    def __post_init__(self) -> None:
        self._setup = pickle.dumps(self.setup)
        self.made.append(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was started."""

    def begin(self, job: Job) -> None:
        self.jobs.append(job)

    def again(self, job: Job) -> None:
        self.jobs.append(job)

    def took(self, job: Job) -> None:
        """Nobody waits for that."""

    def wait(self) -> None:
        job = self.jobs.pop()
        if not job.is_dropped:
            self.judged += 1
            job.told.extend(self._told(job))
            job.is_done = True

    def _told(self, job: Job) -> Iterator[Told]:
        setup = pickle.loads(self._setup)  # noqa: S301 - of our own
        chunk, before = _sent((job.chunk, job.before))
        copy = Job(chunk, before, job.feed, job.skip)
        yield from (_sent(told) for told in judged(Judge(setup, setup.showing()), copy))
        job.after = _sent(copy.after)
