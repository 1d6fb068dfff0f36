"""A crew that is an engine: its workers judge chunks, and keep what these contribute until it is shuffled."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from distributed import wait
from distributed.scheduler import KilledWorker

from guidelint.checking.engine.tasks import Shipped, contributed_by, judge_chunk, told_of
from guidelint.checking.spread.crew import LostProcessError
from guidelint.validation.judging.engine import engine_version

if TYPE_CHECKING:
    from distributed import Client, Future

    from guidelint.checking.spread.crew import Job
    from guidelint.checking.spread.setup import Setup

AHEAD = 4
"""So many chunks for each thread of the engine are judged, or wait."""
PARTITIONS = 8
"""So many partitions of subjects for each thread."""


class _Sent(NamedTuple):
    number: int
    job: Job
    told: Future[Any]
    contributed: Future[Any]


@dataclass(slots=True)
class EngineCrew:
    """Sends chunks to an engine."""

    client: Client
    setup: Setup
    folder: str
    wants: int = field(init=False)
    partitions: int = field(init=False)
    shipped: Future[Any] = field(init=False)
    _sent: list[_Sent] = field(default_factory=list["_Sent"])

    def __post_init__(self) -> None:
        threads = max(1, sum(cast("dict[str, int]", self.client.nthreads()).values()))
        self.wants, self.partitions = AHEAD * threads, PARTITIONS * threads
        setup = pickle.dumps(self.setup)
        self.shipped = self.client.submit(Shipped, engine_version(), setup, self.folder, pure=False)

    def begin(self, job: Job) -> None:
        """Send a chunk."""
        number = len(self._sent)
        judged = self.client.submit(judge_chunk, self.shipped, job.chunk, job.before, number, pure=False)
        told = self.client.submit(told_of, judged, pure=False)
        contributed = self.client.submit(contributed_by, judged, number, self.partitions, pure=False)
        self._sent.append(_Sent(number, job, told, contributed))

    def again(self, job: Job) -> None:
        """Send a chunk again, told what matters."""
        self.begin(job)

    def took(self, job: Job) -> None:
        """Nobody waits for that."""

    def wait(self) -> None:
        """Hear of those that are done. Raises LostProcessError, and what a judge raised."""
        asked = [one for one in self._sent if not one.job.is_done and not one.job.is_dropped]
        wait([one.told for one in asked], return_when="FIRST_COMPLETED")
        for one in asked:
            if one.told.done():
                self._hear(one)

    def _hear(self, one: _Sent) -> None:
        try:
            told, one.job.after = one.told.result()
        except KilledWorker as error:
            lost = f"workers of the engine that judged {one.job.chunk.name} ended again and again"
            raise LostProcessError(f"{lost}: there may be too little memory for each of them") from error
        one.job.told.extend(told[one.job.skip :])
        one.job.is_done = True

    def accepted(self) -> list[tuple[int, Future[Any]]]:
        """Give what counts, by number, once all chunks are done; nobody works on the others any more."""
        wait([one.told for one in self._sent])
        return [(one.number, one.contributed) for one in self._sent if not one.job.is_dropped]
