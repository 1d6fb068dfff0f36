"""A delivery judged chunk by chunk, by whoever there is: what comes of it is put together in the order of the delivery.

What a chunk takes for granted, that nothing before it matters, is looked at once all before it is known: where it was
wrong, the chunk is judged again, told what matters. So the output is that of one process, byte for byte.
"""

from __future__ import annotations

from collections import deque
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from guidelint.checking.baseline.error import BaselineError
from guidelint.checking.kept.task_names import TaskNames
from guidelint.checking.kept.task_starts import TaskStarts
from guidelint.checking.spread.chunk import Above, Before, FilePart, Files, Known
from guidelint.checking.spread.crew import Job
from guidelint.checking.spread.here import judged
from guidelint.checking.spread.spill import Spill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from guidelint.annotation.decoding.files.source import Source
    from guidelint.checking.baselines_of_run import Baselines
    from guidelint.checking.counting.totals import Totals
    from guidelint.checking.spread.chunk import Chunk
    from guidelint.checking.spread.chunks import Chunks
    from guidelint.checking.spread.crew import Crew
    from guidelint.checking.spread.judge import Judge
    from guidelint.checking.spread.told import Told
    from guidelint.imaging.supplied.supply import Supply
    from guidelint.validation.judging.not_accepted import Reservation

CHUNKS_ABOVE = 2
"""What lies above annotations is cut into so many times as many chunks as the crew is given at once."""


@dataclass(slots=True, kw_only=True)
class Spread:
    """A delivery while it is judged."""

    chunks: Chunks
    crew: Crew
    judge: Judge
    """Judges here what nobody else can read, such as standard input."""
    baselines: Baselines
    totals: Totals
    """Whole once all is given."""
    supplies: Sequence[Supply]
    most: int | None = None
    """How many findings may still be shown; None: all."""
    on_bytes: Callable[[Source, int], None] | None = None
    _names: TaskNames = field(default_factory=TaskNames)
    _starts: TaskStarts = field(default_factory=TaskStarts)
    _reservations: list[dict[str, Reservation]] = field(default_factory=list[dict[str, "Reservation"]])
    _spill: Spill = field(default_factory=Spill)
    _jobs: deque[Job] = field(default_factory=deque[Job])
    """Those that are judged or wait for others, in the order of the delivery."""

    def shown(self) -> Iterator[Any]:
        """Give what is shown, piece by piece. Raises BaselineError, and what a judge raises."""
        self._reservations = [{} for _ in self.judge.setup.delivery.every]
        with closing(self._spill):
            yield from self._of_files()
            yield from self._above()

    def _of_files(self) -> Iterator[Any]:
        chunks: Iterator[Files | FilePart] = self.chunks.since()
        while self._filled(chunks):
            yield from self._all_of(self._jobs[0])
            job = self._jobs.popleft()
            self._tell_progress(job.chunk)
            if isinstance(job.chunk, FilePart) and job.after != job.chunk.part.foreseen:
                self._drop_all()
                number = job.chunk.number
                chunks = self.chunks.since(number + 1) if job.after is None else self.chunks.since(number, job.after)

    @property
    def known(self) -> Known:
        """What is known once all files are read."""
        return Known(self.totals.annotator_names, tuple(self.totals.formats.files), self._reservations)

    def _above(self) -> Iterator[Any]:
        known = self.known
        chunks = self._spill.chunks(1 if self.judge.setup.delivery.places else CHUNKS_ABOVE * self.crew.wants)
        while self._filled(chunks, known):
            yield from self._all_of(self._jobs[0])
            self._jobs.popleft()

    def _filled(self, chunks: Iterator[Chunk], known: Known | None = None) -> bool:
        """Give the crew as much as keeps it busy; tells whether there is anything left."""
        while len(self._jobs) < self.crew.wants and (chunk := next(chunks, None)) is not None:
            job = Job(chunk, Before(most=self.most), partial(self._feed, chunk, known))
            self._jobs.append(job)
            if not self._is_for_here(chunk):
                self.crew.begin(job)
        return bool(self._jobs)

    def _feed(self, chunk: Chunk, known: Known | None) -> Iterator[Any]:
        yield known
        if isinstance(chunk, Above):
            yield from self._spill.frames(chunk)

    def _is_for_here(self, chunk: Chunk) -> bool:
        """Whether only this process can judge a chunk: what it is given once, and what needs all places at once."""
        if isinstance(chunk, Files):
            return any(source.is_read_once for source in chunk.sources)
        return isinstance(chunk, Above) and self.judge.setup.delivery.places

    def _all_of(self, job: Job) -> Iterator[Any]:
        """Give all that is shown of a chunk, once it is known to be right."""
        if self._is_for_here(job.chunk):
            yield from self._here(job)
            return
        begun = self.most
        while (told := self._next()) is not None:
            job = self._jobs[0]
            if (before := self._missed(told, job.before, begun)) is not None:
                self._again(job, before)
                continue
            job.taken += 1
            self.crew.took(job)
            self.take_in(told)
            yield told.shown

    def _here(self, job: Job) -> Iterator[Any]:
        """Judge a chunk in this process, which knows all that stands before it."""
        job.before = Before(most=self.most)
        for told in judged(self.judge, job, self._names, self._starts):
            self.take_in(told)
            yield told.shown

    def _again(self, job: Job, before: Before) -> None:
        """Judge a chunk again, told what matters; what was taken of it is as it was."""
        job.is_dropped = True
        self._jobs[0] = Job(job.chunk, before, job.feed, skip=job.taken, taken=job.taken)
        self.crew.again(self._jobs[0])

    def _next(self) -> Told | None:
        """Give the next piece of the first chunk; None: that was all."""
        job = self._jobs[0]
        while not job.told and not job.is_done:
            self.crew.wait()
        return job.told.popleft() if job.told else None

    def _missed(self, told: Told, before: Before, begun: int | None) -> Before | None:
        """Find what a piece should have known and did not; None: nothing."""
        firsts = self._names.others(told.firsts)
        uses = [supply.otherwise(noted) for supply, noted in zip(self.supplies, told.uses, strict=True)]
        known = before.uses or [{} for _ in self.supplies]
        is_unknown = any(use.keys() - mine.keys() for use, mine in zip(uses, known, strict=True))
        is_right = told.most == self.most or (not told.held_back and (self.most or 0) >= told.passed)
        if not firsts and not is_unknown and is_right:
            return None
        merged = [{**use, **mine} for use, mine in zip(uses, known, strict=True)]
        return Before({**before.firsts, **firsts}, merged, begun)

    def _drop_all(self) -> None:
        for job in self._jobs:
            job.is_dropped = True
        self._jobs.clear()

    def take_in(self, told: Told) -> None:
        """Take in what a piece comes to. Raises BaselineError when more is found than a baseline holds."""
        self._names.know(told.firsts)
        for mine, theirs in zip(self._reservations, told.reservations, strict=True):
            for kind, reservation in theirs.items():
                mine.setdefault(kind, reservation)
        if told.starts is not None:
            self._starts.merge(told.starts)
        for supply, noted in zip(self.supplies, told.uses, strict=True):
            supply.merge(noted)
        if told.contributed.versions:
            self._spill.add(told.contributed)
        self._count(told)

    def _count(self, told: Told) -> None:
        self.totals.merge(told.totals)
        for task in told.tasks:
            if self.totals.expectation is not None:
                self.totals.expectation.see(task)
        self.totals.not_shown += told.held_back
        self.most = None if self.most is None else self.most - told.passed
        if told.comparison is not None and self.baselines.comparison is not None:
            self.baselines.comparison.merge(told.comparison)
        if told.collection is not None and self.baselines.collection is not None:
            try:
                self.baselines.collection.merge(told.collection)
            except BaselineError as error:
                raise BaselineError(f"{self.baselines.target} is not written: {error}") from error

    def _tell_progress(self, chunk: Chunk) -> None:
        if self.on_bytes is None or isinstance(chunk, Above):
            return
        if isinstance(chunk, FilePart) and chunk.part.foreseen is not None:
            self.on_bytes(chunk.source, chunk.part.foreseen.byte)
            return
        for source in (chunk.source,) if isinstance(chunk, FilePart) else chunk.sources:
            self.on_bytes(source, source.size_bytes or 0)
