"""Read what is expected: a list in a file, or an export with all tasks."""

from __future__ import annotations

import csv
import io
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from guidelint.annotation.decoding.files.blocks import Blocks
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.files.source import Source
from guidelint.annotation.decoding.parts.task_data import task_data
from guidelint.checking.expected.expectation import Wanted, image_names
from guidelint.imaging.image_name import IMAGE_COLUMNS, unsigned
from guidelint.labelstudio.exports.export import read_export
from guidelint.labelstudio.exports.kind import ExportError, binary_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAX_LIST_BYTES = 64 * 2**20
"""Largest list that is read; an export may be of any size."""
MOST_WANTED = 1_000_000
"""So many tasks or images can be expected: all of them are held in memory."""
TASK_COLUMNS = ("task", "task_id", "id", "inner_id")
UID_COLUMNS = ("sopinstanceuid", "sop_instance_uid")
"""Columns of what names a task of a DICOM format."""
_KNOWN = (*TASK_COLUMNS, *IMAGE_COLUMNS, *UID_COLUMNS)
_SHOWN_BYTES = 40
_COLUMNS = f"{', '.join(TASK_COLUMNS[:3])}, {', '.join(IMAGE_COLUMNS)}, SOPInstanceUID"


class ExpectedError(ValueError):
    """What is expected cannot be told; the message is the reason and the remedy."""


def expected_in(path: Path) -> tuple[Wanted, ...]:
    """Read a file, each thing once. Raises ExpectedError."""
    try:
        _refuse_what_is_read_once(path)
        return _once(_tasks_of(path) if _is_export(path) else _entries(_text(path)))
    except OSError as error:
        raise ExpectedError(f"{path} cannot be read: {(error.strerror or 'unreadable').lower()}") from error
    except (ExportError, ValueError, csv.Error) as error:
        raise ExpectedError(f"{path} does not tell what is expected: {error}") from error


def _once(wanted: Iterable[Wanted]) -> tuple[Wanted, ...]:
    found: dict[Wanted, None] = {}
    for one in wanted:
        found[one] = None
        if len(found) > MOST_WANTED:
            raise ValueError(f"it names more than the {MOST_WANTED:,} that are compared. Check the delivery in parts")
    if not found:
        raise ValueError("it names nothing")
    return tuple(found)


def _refuse_what_is_read_once(path: Path) -> None:
    """Refuse a pipe or a device: what a first look takes out of it, the second would miss."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise ValueError("it is a pipe or a device. Save the list to a file, and give that")


def _is_export(path: Path) -> bool:
    with path.open("rb") as file:
        head = Blocks(file, lambda _: None).head.lstrip(b" \t\r\n")
    return head[:1] == b"{" or (head[:1] == b"[" and head[1:].lstrip(b" \t\r\n")[:1] == b"{")


def _tasks_of(path: Path) -> Iterator[Wanted]:
    for piece in read_export(Source(str(path), path)):
        if piece.content is None:
            raise ValueError(f"record {piece.position} cannot be read: {piece.problem}")
        task = "" if piece.content.id is None else str(piece.content.id)
        if task:
            yield Wanted(f"task {task}", task)
            continue
        try:
            images = tuple(image_names(task_data(piece.content.data)))
        except PayloadError as error:
            raise ValueError(f"record {piece.position} cannot be read: {error}") from error
        if not images:
            raise ValueError(f"record {piece.position} has no id, and its data name no image")
        yield Wanted(unsigned(images[0]), images=images)


def _text(path: Path) -> str:
    with path.open("rb") as file:
        blocks = Blocks(file, lambda _: None)
        if kind := binary_kind(blocks.head):
            raise ValueError(f"it is {kind}. Give task ids or images as text, CSV or JSON, or an export with all tasks")
        text = bytearray()
        for block in blocks:
            text += block
            if len(text) > MAX_LIST_BYTES:
                raise ValueError(f"it is larger than {MAX_LIST_BYTES // 2**20} MiB, the most that is read of a list")
    if blocks.problem:
        raise ValueError(blocks.problem)
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise ValueError("it is not in UTF-8. Save it as UTF-8") from error


def _entries(text: str) -> Iterator[Wanted]:
    if text.lstrip()[:1] == "[":
        return map(_wanted, _of_json(text))
    written = (line for line in io.StringIO(text, newline=None) if line.strip())
    first = next(written, "")
    lines = chain((first,), written)
    delimiter = next((sign for sign in "\t;," if sign in first), "")
    return map(_wanted, _of_table(lines, delimiter) if delimiter else _of_lines(lines))


def _of_json(text: str) -> Iterator[str]:
    try:
        entries = msgspec.json.decode(text, type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError("it is no list in JSON: a comma, quotation mark or bracket is missing") from error
    for entry in entries:
        try:
            yield str(msgspec.json.decode(entry, type=int | str))
        except (msgspec.DecodeError, RecursionError) as error:
            shown = bytes(entry)[:_SHOWN_BYTES].decode(errors="replace")
            raise ValueError(f"{shown} is neither the id of a task nor an image") from error


def _of_lines(lines: Iterable[str]) -> Iterator[str]:
    """Give each line, but for the name of a column above them."""
    for number, line in enumerate(lines):
        entry = line.strip().strip('"')
        if entry and (number or entry.lower() not in _KNOWN):
            yield entry


def _of_table(lines: Iterator[str], delimiter: str) -> Iterator[str]:
    rows = csv.reader(lines, delimiter=delimiter)
    names = [name.strip().lower() for name in next(rows)]
    column = next((name for name in _KNOWN if name in names), "")
    if not column:
        remedy = "Name one so, or give a list in JSON"
        raise ValueError(f"none of its columns has a name that tells what it holds ({_COLUMNS}). {remedy}")
    at = names.index(column)
    for number, row in enumerate(rows, start=2):
        if at >= len(row) or not row[at].strip():
            raise ValueError(f"line {number} has nothing in the column {column}")
        yield row[at].strip()


def _wanted(entry: str) -> Wanted:
    """Take a whole number for the id of a task, as spreadsheets write it too, and anything for a possible image."""
    number, _, zeros = entry.partition(".")
    if number.isdecimal() and zeros and not zeros.strip("0"):
        entry = number
    return Wanted(f"task {entry}" if entry.isdecimal() else unsigned(entry), entry, (entry,))
