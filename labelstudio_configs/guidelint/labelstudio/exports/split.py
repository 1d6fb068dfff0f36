"""A byte stream of JSON objects, split at its top-level objects in constant memory.

Takes a list of objects, one object, or one object per line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from guidelint.annotation.decoding.files.json_record import NotJsonError, PayloadError
from guidelint.annotation.decoding.files.part import Begin, Part
from guidelint.annotation.decoding.files.text_point import Point, Points
from guidelint.labelstudio.exports.structure import Structure
from guidelint.labelstudio.exports.text import TaskText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")


class AnotherKindError(PayloadError):
    """A sound record that is no task."""

    def __init__(self, kind: str, message: str, *, once: bool = False) -> None:
        super().__init__(message)
        self.kind = kind
        """What it is, as in "it is …", and what to do."""
        self.once = once
        """Other records of the file have the same problem for the same reason."""


_BLANK = b" \t\r\n"
_BETWEEN = _BLANK + b",[]"
_SHOWN_BYTES = 40
"""So much is shown of what stands where an object should be."""
_TASK_START = re.compile(
    rb'\{\s*"id"\s*:\s*"?[\w-]{1,64}"?\s*,\s*"(?:annotations|data|drafts|predictions|file_upload|meta)"\s*:'
)
_LONGEST_TASK_START = 300
_STEP_BYTES = 4096
"""So much is scanned at a time after an object that was given up."""
_SWALLOWED_TASKS = 8
"""So many beginnings of tasks inside one object mean that the object was never closed."""


@dataclass(frozen=True, slots=True)
class Piece(Generic[T]):
    """One top-level object, or what stands where one should be."""

    position: int
    """Place in the file, from 1."""
    offset: int
    """First byte, from 0, in the uncompressed text."""
    content: T | None = None
    problem: str = ""
    """Why there is no content."""
    text: TaskText | None = None
    """Where it and its parts stand, if that was asked for."""
    kind: str = ""
    """What the record is, when it is sound but no task."""
    once: bool = False
    """The problem is the file's: it is told once."""
    repeats: bool = False
    """It was told before."""


def split(
    blocks: Iterable[bytes], parse: Callable[[bytes], T], limit_bytes: int, *, places: bool = False
) -> Iterator[Piece[T]]:
    """Split a stream and parse each object; what cannot be parsed is a piece with its problem, and the rest follows.

    ``parse`` raises PayloadError; NotJsonError among them lets the search for the next task begin inside the object.
    ``places`` asks where in the text the pieces stand, which takes a little time.
    """
    yield from split_part(blocks, parse, limit_bytes, Part(Begin(Before())), places=places)


@dataclass(frozen=True, slots=True)
class Before:
    """What of the text before an object counts for what follows it."""

    first: bytes = b""
    """What the text begins with."""
    last: bytes = b""
    """What stood last between two objects."""
    told: bool = False
    """A problem of the whole file has been told."""


def split_part(
    blocks: Iterable[bytes], parse: Callable[[bytes], T], limit_bytes: int, part: Part[Before], *, places: bool = False
) -> Iterator[Piece[T]]:
    """Split a part of a stream: exactly what ``split`` gives of it.

    It ends behind the last object that closes in the block in which it should end, or in the next that closes any;
    ``part`` then tells where that is.
    ``blocks``: as for ``split``, but that the first begins where the part does.
    """
    splitter = _Splitter(parse, limit_bytes, places=places)
    splitter.go_on(part.begin)
    for block in blocks:
        if not part.reaches(splitter.held_to + len(block)):
            yield from splitter.feed(block)
            continue
        before, pieces = splitter.closed, tuple(splitter.feed(block))
        closed = splitter.closed if part.may_end and splitter.closed is not before else None
        yield from (piece for piece in pieces if closed is None or piece.position <= closed.records)
        if closed is not None:
            part.after = closed
            return
    yield from splitter.finish()


class _Splitter(Generic[T]):
    """All positions are offsets in the stream; ``held`` begins at ``base``."""

    def __init__(self, parse: Callable[[bytes], T], limit_bytes: int, *, places: bool) -> None:
        self._parse = parse
        self._limit = limit_bytes
        self._structure = Structure()
        self._held = bytearray()
        self._base = self._end = self._scanned = self._searched = self._skimmed = 0
        self._open_at: int | None = None
        self._task_starts: list[int] = []
        self._too_large = self._restarted = False
        self._position = 0
        self._first = b""
        self._last = b""
        self._stray = b""
        self._points = Points() if places else None
        self.closed: Begin[Before] | None = None
        """Behind the last object that closed, but for those that follow one that was given up."""

    def go_on(self, begin: Begin[Before]) -> None:
        """Begin behind an object that others have read."""
        self._base = self._end = self._scanned = self._searched = self._skimmed = begin.byte
        self._position = begin.records
        self._first, self._last = begin.before.first, begin.before.last
        if self._points is not None:
            self._points = Points(begin.point)

    @property
    def held_to(self) -> int:
        """How many bytes of the stream were taken."""
        return self._base + len(self._held)

    def feed(self, block: bytes) -> Iterator[Piece[T]]:
        """Take the next block."""
        self._held += block
        yield from self._scan_all()
        self._let_go()

    def finish(self) -> Iterator[Piece[T]]:
        """Say what the end of the file leaves open."""
        while self._open_at is not None:
            yield from self._restart()
            yield from self._scan_all()
        yield from self._between(self._base + len(self._held))
        if self._first == b"[" and self._last != b"]":
            yield self._piece(self._end, "the file ends before its list does: it was cut off")

    def _scan_all(self) -> Iterator[Piece[T]]:
        """Scan what is held; after a new beginning in small steps, since the next may be near."""
        held_to = self._base + len(self._held)
        while self._scanned < held_to:
            yield from self._scan(min(held_to, self._scanned + (_STEP_BYTES if self._restarted else held_to)))
            if self._open_at is not None and self._is_hopeless():
                yield from self._restart()

    def _scan(self, end: int) -> Iterator[Piece[T]]:
        start, self._scanned = self._scanned, end
        for edge in self._structure.edges(self._slice(start, self._scanned)):
            if self._open_at is None:
                yield from self._between(start + edge)
                self._open_at = self._searched = start + edge
                continue
            yield from self._close(self._open_at, start + edge + 1)
            if self._scanned != end:
                return

    def _close(self, opened: int, closed: int) -> Iterator[Piece[T]]:
        if self._too_large or closed - opened > self._limit:
            yield self._piece(opened, self._limit_problem)
        else:
            raw = self._slice(opened, closed)
            try:
                yield self._piece(opened, "", self._parse(raw), raw)
                self._restarted = False
            except NotJsonError as error:
                self._look_for_tasks(closed)
                if self._task_starts:
                    yield from self._restart()
                    return
                yield self._piece(opened, str(error), raw=raw)
            except AnotherKindError as error:
                yield replace(self._piece(opened, str(error), raw=raw), kind=error.kind, once=error.once)
            except PayloadError as error:
                yield self._piece(opened, str(error), raw=raw)
        self._forget(closed)
        if not self._restarted:
            self.closed = Begin(Before(self._first, self._last), closed, self._position, self._point(closed))

    def _point(self, byte: int) -> Point:
        return Point() if self._points is None else self._points.at(byte, self._held)

    def _restart(self) -> Iterator[Piece[T]]:
        """Give up the open object and go on where, inside it, a task begins."""
        assert self._open_at is not None  # noqa: S101 - narrows the type: callers have looked
        yield self._piece(self._open_at, self._limit_problem if self._too_large else self._unclosed_problem)
        end = self._base + len(self._held)
        self._structure = Structure()
        self._restarted = True
        self._forget(self._task_starts[0] if self._task_starts else end)
        self._scanned = self._end

    def _forget(self, end: int) -> None:
        self._end, self._open_at, self._task_starts, self._too_large = end, None, [], False

    def _is_hopeless(self) -> bool:
        self._look_for_tasks(self._scanned)
        return len(self._task_starts) >= _SWALLOWED_TASKS or (self._too_large and bool(self._task_starts))

    def _look_for_tasks(self, end: int) -> None:
        assert self._open_at is not None  # noqa: S101 - narrows the type: callers have looked
        start = max(self._open_at + 1, self._searched)
        known = self._task_starts[-1] if self._task_starts else -1
        self._task_starts += [start + at for at in _task_starts(self._slice(start, end)) if start + at > known]
        self._searched = max(start, end - _LONGEST_TASK_START)

    def _let_go(self) -> None:
        """Keep only what is still needed; of an object over the limit nothing is."""
        held_to = self._base + len(self._held)
        if self._open_at is not None and held_to - self._open_at > self._limit:
            self._too_large = True
            keep_from = self._task_starts[0] if self._task_starts else self._searched
        elif self._open_at is None:
            self._skim(keep_from := held_to)
        else:
            keep_from = self._open_at
        if self._points is not None:
            asked_later = self._end if self._open_at is None else self._open_at
            self._points.let_go(keep_from, self._held, asked_later)
        del self._held[: keep_from - self._base]
        self._base = keep_from

    def _between(self, end: int) -> Iterator[Piece[T]]:
        """Look at what stands between two objects: commas and brackets, or something that is no object."""
        self._skim(end)
        self._first = self._first or b"{"
        if self._stray:
            shown = self._stray.rstrip(_BETWEEN).decode(errors="replace")
            yield self._piece(self._end, f"an object is needed here, found {shown!r}")
        self._end, self._stray = end, b""

    def _skim(self, end: int) -> None:
        """Keep of what stands between two objects only what is told of it, however long it is."""
        text = self._slice(max(self._skimmed, self._end), end)
        self._skimmed = end
        written = text.strip(_BLANK)
        self._first = self._first or written[:1]
        self._last = written[-1:] or self._last
        if len(self._stray) < _SHOWN_BYTES:
            self._stray = (self._stray + text).lstrip(_BETWEEN)[:_SHOWN_BYTES]

    def _piece(self, offset: int, problem: str, content: T | None = None, raw: bytes = b"") -> Piece[T]:
        self._position += 1
        text = None if self._points is None else TaskText(raw, self._points.at(offset, self._held))
        return Piece(self._position, offset, content, problem, text)

    @property
    def _unclosed_problem(self) -> str:
        if self._task_starts:
            return "it is not closed: a quotation mark, bracket or brace is missing, and the next task begins inside it"
        return "the file ends before it does: it was cut off"

    @property
    def _limit_problem(self) -> str:
        return f"it is larger than {self._limit / 2**20:.0f} MiB, the most that is read of one task"

    def _slice(self, start: int, end: int) -> bytes:
        return bytes(memoryview(self._held)[start - self._base : end - self._base])


def _task_starts(text: bytes) -> Iterator[int]:
    """Where tasks begin; braces are looked for first, which is quicker than a pattern that looks for them."""
    at = text.find(b"{")
    while at >= 0:
        if _TASK_START.match(text, at):
            yield at
        at = text.find(b"{", at + 1)
