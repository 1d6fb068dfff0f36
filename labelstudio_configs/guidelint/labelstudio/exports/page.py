"""An answer of Label Studio's API that was saved as a file: a page of tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.files.raw_ranges import ranges
from guidelint.labelstudio.decoding.whole_payload import WholeTask, read_whole
from guidelint.labelstudio.exports.kind import INSTEAD
from guidelint.labelstudio.exports.record import read_task
from guidelint.labelstudio.exports.split import AnotherKindError, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.labelstudio.decoding.payload import TaskPayload
    from guidelint.labelstudio.exports.text import TaskText


class _Answer(msgspec.Struct):
    """``GET /api/tasks``, or a list in pages as other endpoints give it."""

    tasks: list[msgspec.Raw] | None = None
    results: list[msgspec.Raw] | None = None
    total: int | None = None
    count: int | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Tasks that stand together in one object."""

    raw: bytes
    tasks: tuple[msgspec.Raw, ...]
    total: int
    """How many there are of which these are a part."""

    def pieces(self, offset: int, text: TaskText | None) -> Iterator[Piece[TaskPayload | WholeTask]]:
        """Give each task as a piece, and what is missing."""
        for number, (start, end) in enumerate(ranges(self.raw, self.tasks), start=1):
            part = None if text is None else text.part(start, end)
            yield _piece(self.raw[start:end], number, offset + start, part)
        if len(self.tasks) < self.total:
            said = f"it is one page of an answer of the API, with {len(self.tasks)} of {self.total} tasks: the others"
            yield Piece(0, offset, problem=f"{said} were not judged. {INSTEAD}")


def read_record(raw: bytes) -> TaskPayload | WholeTask | Page:
    """Read a record, or a page of them. Raises PayloadError."""
    try:
        return read_task(raw)
    except AnotherKindError:
        answer = read_whole(raw, _Answer)
        tasks = None if answer is None else answer.tasks or answer.results
        if answer is None or not tasks:
            raise
        unknown = len(tasks) + bool(answer.next)
        return Page(raw, tuple(tasks), answer.total or answer.count or unknown)


def _piece(raw: bytes, number: int, offset: int, text: TaskText | None) -> Piece[TaskPayload | WholeTask]:
    try:
        return Piece(number, offset, read_task(raw), text=text)
    except AnotherKindError as error:
        return Piece(number, offset, problem=str(error), text=text, kind=error.kind, once=error.once)
    except PayloadError as error:
        return Piece(number, offset, problem=str(error), text=text)
