"""Reader of Label Studio's JSON export, plain or gzipped, task by task in constant memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.decoder import MAX_RECORD_BYTES
from guidelint.annotation.decoding.files.blocks import Blocks
from guidelint.annotation.decoding.files.part import Begin, Part
from guidelint.annotation.decoding.files.source import source_of
from guidelint.labelstudio.decoding.payload import TaskPayload
from guidelint.labelstudio.decoding.whole_payload import WholeTask
from guidelint.labelstudio.exports.kind import ExportError, refuse_file
from guidelint.labelstudio.exports.page import Page, read_record
from guidelint.labelstudio.exports.split import Before, Piece, split_part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from guidelint.annotation.decoding.files.part import PartBlocks
    from guidelint.annotation.decoding.files.source import Source

LOOK = "Look whether its name is right, where it lies, and whether you may read it"
ENOUGH_OF_ANOTHER_KIND = 100
"""After so many records of another kind no task is expected any more."""

TaskPiece = Piece[TaskPayload | WholeTask]


def read_export(
    source: Source | Path,
    *,
    max_task_bytes: int = MAX_RECORD_BYTES,
    on_bytes: Callable[[int], None] | None = None,
    places: bool = False,
) -> Iterator[TaskPiece]:
    """Tasks of an export one by one; a record that cannot be read is a piece with its problem.

    ``on_bytes`` is told how many bytes of the file have been consumed; ``places`` asks for lines and columns. Raises
    ExportError when the file is not a JSON export at all, and says what it is instead.
    """
    read_from = source_of(source)
    if read_from.problem:
        raise ExportError(read_from.problem)
    try:
        with read_from.opened() as file:
            yield from tasks_in(Blocks(file, on_bytes or _nothing), max_task_bytes, places=places)
    except OSError as error:
        raise ExportError(f"it cannot be read: {error.strerror or error}. {LOOK}") from error


def tasks_in(
    blocks: Blocks | PartBlocks, limit: int, *, places: bool = False, part: Part[Before] | None = None
) -> Iterator[TaskPiece]:
    """Tasks of an export that is being read, or of a part of it. Raises ExportError as ``read_export`` does."""
    whole = part or Part(Begin(Before()))
    pieces = _unfolded(split_part(blocks, read_record, limit, whole, places=places))
    if not whole.is_first:
        yield from _told_once(pieces, whole)
        return
    if blocks.problem and not blocks.head:
        raise ExportError(blocks.problem)
    refuse_file(blocks.head)
    whole.may_end = False
    yield from _unless_of_another_kind(_told_once(pieces, whole), whole)
    if blocks.problem:
        yield Piece(0, blocks.offset, problem=blocks.problem)


def _unfolded(pieces: Iterator[Piece[TaskPayload | WholeTask | Page]]) -> Iterator[TaskPiece]:
    """Give the tasks of a page of the API in its place."""
    for piece in pieces:
        content = piece.content
        if isinstance(content, Page):
            yield from content.pieces(piece.offset, piece.text)
        else:
            yield Piece(piece.position, piece.offset, content, piece.problem, piece.text, piece.kind, piece.once)


def _told_once(pieces: Iterator[TaskPiece], part: Part[Before]) -> Iterator[TaskPiece]:
    """Mark the repetitions of a problem that is the file's."""
    told = part.begin.before.told
    for piece in pieces:
        yield replace(piece, repeats=True) if piece.once and told else piece
        told = told or piece.once
    if part.after is not None:
        part.after = replace(part.after, before=replace(part.after.before, told=told))


def _unless_of_another_kind(pieces: Iterator[TaskPiece], part: Part[Before]) -> Iterator[TaskPiece]:
    """Give all pieces. Raises ExportError when a file holds no task, but records of another kind."""
    held: list[TaskPiece] = []
    for piece in pieces:
        held.append(piece)
        if not piece.kind or len(held) == ENOUGH_OF_ANOTHER_KIND:
            break
    if held and all(piece.kind for piece in held):
        raise ExportError(f"it is {held[0].kind}")
    part.may_end = True
    yield from held
    yield from pieces


def _nothing(_: int) -> None:
    """Nobody wants to know how far the reading is."""
