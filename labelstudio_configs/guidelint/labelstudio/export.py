"""Reader of Label Studio's JSON export, plain or gzipped, task by task in constant memory."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, BinaryIO

from guidelint.labelstudio.export_kind import INSTEAD, ExportError, refuse_file
from guidelint.labelstudio.export_split import Piece, split
from guidelint.labelstudio.payload import TaskPayload
from guidelint.labelstudio.payload_whole import WholeTask
from guidelint.labelstudio.record import read_task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BLOCK_BYTES = 2**17
"""Small enough that a block stays in the cache of a processor while it is looked at."""
MAX_TASK_BYTES = 128 * 2**20
"""Most that is read of one task: a few hundred painted masks of 2048 × 2048 pixels."""
ENOUGH_OF_ANOTHER_KIND = 100
"""After so many records of another kind no task is expected any more."""
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_PACKED_BYTES = 2**16

TaskPiece = Piece[TaskPayload | WholeTask]


def read_export(
    path: Path,
    *,
    max_task_bytes: int = MAX_TASK_BYTES,
    on_bytes: Callable[[int], None] | None = None,
    places: bool = False,
) -> Iterator[TaskPiece]:
    """Tasks of an export one by one; a record that cannot be read is a piece with its problem.

    ``on_bytes`` is told how many bytes of the file have been consumed; ``places`` asks for lines and columns. Raises
    ExportError when the file is not a JSON export at all, and says what it is instead.
    """
    try:
        with path.open("rb") as file:
            yield from _tasks(file, max_task_bytes, on_bytes or _nothing, places=places)
    except OSError as error:
        raise ExportError(f"it cannot be read: {error.strerror or error}") from error


def _tasks(file: BinaryIO, limit: int, on_bytes: Callable[[int], None], *, places: bool) -> Iterator[TaskPiece]:
    blocks = _Blocks(file, on_bytes)
    if blocks.problem and not blocks.head:
        raise ExportError(blocks.problem)
    refuse_file(blocks.head)
    yield from _unless_of_another_kind(split(blocks, read_task, limit, places=places))
    if blocks.problem:
        yield Piece(0, blocks.offset, problem=blocks.problem)


def _unless_of_another_kind(pieces: Iterator[TaskPiece]) -> Iterator[TaskPiece]:
    """Give all pieces. Raises ExportError when a file holds no task, but records of another kind."""
    held: list[TaskPiece] = []
    for piece in pieces:
        held.append(piece)
        if not piece.kind or len(held) == ENOUGH_OF_ANOTHER_KIND:
            break
    if held and all(piece.kind for piece in held):
        raise _no_export(held[0])
    yield from held
    yield from pieces


def _no_export(first: TaskPiece) -> ExportError:
    return ExportError(f"it is {first.kind}. {INSTEAD}")


class _Blocks:
    """Blocks of the uncompressed text; a damaged archive ends them early and leaves its problem."""

    def __init__(self, file: BinaryIO, on_bytes: Callable[[int], None]) -> None:
        zipped = file.read(2) == _GZIP
        file.seek(0)
        self._file = file
        self._on_bytes = on_bytes
        self._blocks = _inflated(file) if zipped else iter(lambda: file.read(BLOCK_BYTES), b"")
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
            block = next(self._blocks, b"")
        except (EOFError, zlib.error) as error:
            self.problem = f"the compressed file is damaged or was cut off: {error}"
            return b""
        self.offset += len(block)
        self._on_bytes(self._file.tell())
        return block


def _inflated(file: BinaryIO) -> Iterator[bytes]:
    """Blocks of a gzip file (RFC 1952), all that can be had of a damaged one. Raises EOFError or zlib.error."""
    stream = zlib.decompressobj(wbits=_GZIP_WINDOW)
    while packed := file.read(_PACKED_BYTES):
        block = b""
        while packed or len(block) == BLOCK_BYTES:
            block = stream.decompress(packed, BLOCK_BYTES)
            if block:
                yield block
            packed = stream.unconsumed_tail
            if stream.eof and (packed := stream.unused_data.lstrip(b"\0")):
                stream = zlib.decompressobj(wbits=_GZIP_WINDOW)
    if not stream.eof:
        raise EOFError("its end is missing")


def _nothing(_: int) -> None:
    """Nobody wants to know how far the reading is."""
