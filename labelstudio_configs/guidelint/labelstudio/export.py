"""Reader of Label Studio's JSON export, plain or gzipped, task by task in constant memory."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from guidelint.labelstudio.export_kind import ExportError, refuse_file, refuse_record
from guidelint.labelstudio.export_split import Piece, split
from guidelint.labelstudio.payload import TaskPayload, read

BLOCK_BYTES = 2**20
MAX_TASK_BYTES = 128 * 2**20
"""Most that is read of one task: a few hundred painted masks of 2048 × 2048 pixels."""
_GZIP = b"\x1f\x8b"

TaskPiece = Piece[TaskPayload]


def read_export(
    path: Path, *, max_task_bytes: int = MAX_TASK_BYTES, on_bytes: Callable[[int], None] | None = None
) -> Iterator[TaskPiece]:
    """Tasks of an export one by one; a record that cannot be read is a piece with its problem.

    ``on_bytes`` is told how many bytes of the file have been consumed. Raises ExportError when the file is not a
    JSON export at all, and says what it is instead.
    """
    try:
        with path.open("rb") as file:
            yield from _tasks(file, max_task_bytes, on_bytes or _nothing)
    except OSError as error:
        raise ExportError(f"it cannot be read: {error.strerror or error}") from error


def _tasks(file: BinaryIO, limit: int, on_bytes: Callable[[int], None]) -> Iterator[TaskPiece]:
    blocks = _Blocks(file, on_bytes)
    refuse_file(blocks.head)
    yield from split(blocks, _TaskReader(), limit)
    if blocks.problem:
        yield Piece(0, blocks.offset, problem=blocks.problem)


class _TaskReader:
    """Reads one task; the first of a file also tells whether the file is an export of tasks at all."""

    def __init__(self) -> None:
        self._is_export = False

    def __call__(self, raw: bytes) -> TaskPayload:
        task = read(raw, TaskPayload)
        if task.annotations is None or task.data == msgspec.Raw():
            refuse_record(raw, task, strict=not self._is_export)
        self._is_export = True
        return task


class _Blocks:
    """Blocks of the uncompressed text; a damaged archive ends them early and leaves its problem."""

    def __init__(self, file: BinaryIO, on_bytes: Callable[[int], None]) -> None:
        self._raw = file
        self._on_bytes = on_bytes
        zipped = file.read(2) == _GZIP
        file.seek(0)
        self._file: BinaryIO | gzip.GzipFile = gzip.GzipFile(fileobj=file) if zipped else file
        self.problem = ""
        self.offset = 0
        self.head = self._next()

    def __iter__(self) -> Iterator[bytes]:
        block = self.head.removeprefix(b"\xef\xbb\xbf")
        while block:
            yield block
            block = self._next()

    def _next(self) -> bytes:
        try:
            block = self._file.read(BLOCK_BYTES)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            self.problem = f"the compressed file is damaged or was cut off: {error}"
            return b""
        self.offset += len(block)
        self._on_bytes(self._raw.tell())
        return block


def _nothing(_: int) -> None:
    """Nobody wants to know how far the reading is."""
