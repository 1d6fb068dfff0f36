"""A chunk judged in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.spread.chunk import Above, FilePart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.checking.kept.task_names import TaskNames
    from guidelint.checking.kept.task_starts import TaskStarts
    from guidelint.checking.spread.crew import Job
    from guidelint.checking.spread.judge import Judge
    from guidelint.checking.spread.told import Told


def judged(judge: Judge, job: Job, names: TaskNames | None = None, starts: TaskStarts | None = None) -> Iterator[Told]:
    """Judge a chunk piece by piece, but for what was taken of it before; a part tells then where it ended."""
    if isinstance(job.chunk, Above):
        frames = job.feed()
        pieces = judge.above(job.chunk, next(frames), frames, job.before.most, starts)
    else:
        pieces = judge.chunk(job.chunk, job.before, names)
    for number, told in enumerate(pieces):
        if number >= job.skip:
            yield told
    job.after = job.chunk.part.after if isinstance(job.chunk, FilePart) else None
