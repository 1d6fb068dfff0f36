"""A crew of processes; one that dies is replaced, and what it judged is judged again."""

from __future__ import annotations

import multiprocessing
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from guidelint.checking.spread.crew import Job, LostProcessError
from guidelint.checking.spread.process import work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from typing import Self

    from guidelint.checking.spread.process import Order
    from guidelint.checking.spread.setup import Setup

IN_HAND = 2
"""Chunks that a process has at once: the one that it judges, and the next."""
AHEAD = 3
"""So many chunks for each process are judged or wait for those before them."""
MOST_DEATHS = 3
"""So many processes may die while they judge one chunk."""


@dataclass(slots=True, eq=False)
class _Worker:
    process: SpawnProcess
    connection: Connection[Order, Order]
    jobs: deque[Job] = field(default_factory=deque[Job])
    """What it was given; it judges the first."""
    feed: Iterator[Any] | None = None

    def tell(self, word: str, what: object = None) -> None:
        """Say something; that nobody hears it is noticed elsewhere."""
        try:
            self.connection.send((word, what))
        except OSError:
            return


class Processes:
    """Starts processes, and ends them all."""

    def __init__(self, setup: Setup, count: int) -> None:
        self._setup = setup
        self._context = multiprocessing.get_context("spawn")
        self._waiting: deque[Job] = deque()
        self._workers: list[_Worker] = []
        self.wants = AHEAD * count
        try:
            for _ in range(count):
                self._workers.append(self._started())
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all of them, whatever they do."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.process.close()
        self._workers.clear()

    def begin(self, job: Job) -> None:
        """Judge a chunk when there is time."""
        self._waiting.append(job)
        self._give()

    def again(self, job: Job) -> None:
        """Judge a chunk before all that is not given to anybody yet."""
        self._waiting.appendleft(job)
        self._give()

    def took(self, job: Job) -> None:
        """Let whoever judges it know that a piece was taken."""
        for worker in self._workers:
            if worker.jobs and worker.jobs[0] is job:
                worker.tell("taken")

    def wait(self) -> None:
        """Hear what is told next, and give out what waits."""
        by_connection: dict[object, _Worker] = {worker.connection: worker for worker in self._workers}
        for ready in wait(list(by_connection)):  # type: ignore[arg-type]
            self._hear(by_connection[ready])
        self._give()

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, self._setup), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _give(self) -> None:
        """Give out what waits, first to whoever has least in hand."""
        while self._waiting:
            worker = min(self._workers, key=lambda one: len(one.jobs))
            if len(worker.jobs) >= IN_HAND:
                return
            job = self._waiting.popleft()
            if not job.is_dropped:
                worker.jobs.append(job)
                worker.tell("judge", (job.chunk, job.before, job.skip))

    def _hear(self, worker: _Worker) -> None:
        try:
            word, what = worker.connection.recv()
        except (EOFError, OSError):
            self._replace(worker)
            return
        job = worker.jobs[0]
        if word == "told":
            if job.is_dropped:
                worker.tell("taken")
            else:
                job.told.append(what)
        elif word == "more":
            worker.feed = job.feed() if worker.feed is None else worker.feed
            worker.tell("fed", next(worker.feed, None))
        elif word == "done":
            job.after, job.is_done, worker.feed = what, True, None
            worker.jobs.popleft()
        elif not job.is_dropped:
            raise what
        else:
            worker.feed = None
            worker.jobs.popleft()

    def _replace(self, worker: _Worker) -> None:
        """Let another one judge what a process that died had in hand."""
        worker.connection.close()
        worker.process.join()
        self._workers[self._workers.index(worker)] = self._started()
        for job in reversed(worker.jobs):
            job.told.clear()
            job.skip = job.taken
            self._waiting.appendleft(job)
        if worker.jobs:
            worker.jobs[0].deaths += 1
            if worker.jobs[0].deaths >= MOST_DEATHS:
                raise LostProcessError(_lost(worker.jobs[0], worker.process.exitcode))


def _lost(job: Job, exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        how, why = f"by signal {-exit_code}", "there may be too little memory"
    else:
        how, why = f"with status {exit_code}", "what it wrote on standard error tells why"
    told = f"a process that judged {job.chunk.name} ended {how}, and so did {MOST_DEATHS - 1} before it"
    return f"{told}: {why}. Try fewer with --jobs NUMBER; without it one process judges"
