"""What a worker of the engine does: it judges a chunk or some subjects, and writes the rows of both into tables."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from guidelint.checking.engine.frames import frame_of, rows_in
from guidelint.checking.engine.parts import TableParts
from guidelint.checking.spread.chunk import Above
from guidelint.checking.spread.contributed import Contributed
from guidelint.checking.spread.crew import Job
from guidelint.checking.spread.here import judged
from guidelint.checking.spread.judge import Judge
from guidelint.checking.spread.spill import NONE
from guidelint.checking.spread.told import Told
from guidelint.validation.judging.engine import engine_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from guidelint.annotation.decoding.files.part import Begin
    from guidelint.checking.spread.chunk import Before, FilePart, Files, Known
    from guidelint.checking.spread.setup import Setup

ABOVE = 2**30
"""Tables of subjects are numbered from here on, those of chunks from 0."""
_ALL = Above((), None)


class OtherVersionError(RuntimeError):
    """A worker has another version of guidelint."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """What is sent to workers once."""

    version: str
    setup: bytes
    folder: str
    """Where tables are written: a place that all workers can write to."""

    def judge(self) -> Judge:
        """Take what is needed to judge. Raises OtherVersionError."""
        if self.version != engine_version():
            told = f"a worker of the engine has guidelint {engine_version()}, and this is {self.version}"
            raise OtherVersionError(f"{told}: their verdicts could differ. Install one version on all of them")
        setup: Setup = pickle.loads(self.setup)  # noqa: S301 - of the client, in a message of the engine
        return Judge(setup, setup.showing())


class Chunked(NamedTuple):
    """What comes of a chunk."""

    told: list[Told]
    """Without what was written, and what it contributes."""
    after: Begin[object] | None
    contributed: list[Contributed]


def judge_chunk(shipped: Shipped, chunk: Files | FilePart, before: Before, number: int) -> Chunked:
    """Judge a chunk, and write its rows under its number; whoever does it again writes the same."""
    job = Job(chunk, before, _nothing)
    told, contributed = list[Told](), list[Contributed]()
    with TableParts(shipped.folder, number) as tables:
        for one in judged(shipped.judge(), job):
            tables.add(one.shown)
            contributed.append(one.contributed)
            told.append(replace(one, shown=None, contributed=Contributed()))
    return Chunked(told, job.after, contributed)


def told_of(chunked: Chunked) -> tuple[list[Told], Begin[object] | None]:
    """Give what whoever runs the check hears of a chunk."""
    return chunked.told, chunked.after


def contributed_by(chunked: Chunked, number: int, partitions: int) -> pd.DataFrame:
    """Give what a chunk contributes to subjects."""
    return frame_of(chunked.contributed, number, partitions)


def judge_above(frame: pd.DataFrame, shipped: Shipped, known: bytes) -> pd.DataFrame:
    """Judge the subjects of the partitions that a frame holds, and give what is told of each partition."""
    what: Known = pickle.loads(known)  # noqa: S301 - of the client, in a message of the engine
    told: list[tuple[int, bytes]] = []
    for partition, rows in rows_in(frame):
        with TableParts(shipped.folder, ABOVE + partition) as tables:
            found = list[Told]()
            for one in shipped.judge().above(_ALL, what, ((content, NONE) for content in rows), None):
                tables.add(one.shown)
                found.append(replace(one, shown=None, contributed=Contributed()))
        told.append((partition, pickle.dumps(found)))
    return _told_frame(told)


def _told_frame(told: Iterable[tuple[int, bytes]]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    from guidelint.checking.engine.frames import TOLD  # noqa: PLC0415

    return pd.DataFrame(list(told), columns=list(TOLD)).astype(TOLD)


def _nothing() -> Iterator[object]:
    """Files ask for nothing."""
    yield from ()
