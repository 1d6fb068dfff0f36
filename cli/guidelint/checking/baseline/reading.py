"""Read a baseline: a first line that says what it is, and an entry in JSON on each line below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import msgspec

from guidelint.checking.baseline.error import BaselineError
from guidelint.checking.known import Entry
from guidelint.language.text.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

FORMAT = "guidelint-baseline"
VERSION = 1
MAX_BYTES = 256 * 2**20
"""Largest baseline that is read."""
MAX_LINE_BYTES = 16 * 2**20
"""Longest line: a finding may be about a million tasks, and each of them is told."""
MOST_ENTRIES = 500_000
"""So many entries are read, and written: all of them are held in memory."""
NEEDS_WAIVER = frozenset({"cannot-evaluate", "rule-failed"})
"""Kinds of findings that tell of work that nobody has judged."""
_BOM = b"\xef\xbb\xbf"
_WRITE_ONE = "`--write-baseline FILE` writes one"
_UNKNOWN_FIELD = re.compile(r"unknown field `(.*?)`")


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The first line."""

    format: str
    version: Annotated[int, msgspec.Meta(ge=1)]
    guideline: str = ""
    """Name of the guideline that it belongs to."""
    guideline_version: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """A baseline as it was read."""

    name: str
    """How its file was named."""
    guideline: str = ""
    entries: Mapping[str, Entry] = field(default_factory=dict[str, Entry])
    """By the id of their finding."""


def read_baseline(path: Path) -> Baseline:
    """Read a baseline. Raises BaselineError, with the number of the line that is wrong."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise BaselineError(f"{path} is a pipe or a device. Save the baseline to a file, and give that")
        with path.open("rb") as file:
            return _read(path, _lines(path, file))
    except OSError as error:
        why = (error.strerror or "unreadable").lower()
        raise BaselineError(f"{path} cannot be read: {why}. {_WRITE_ONE}") from error


def _lines(path: Path, file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Give each line that is not empty, with its number. Raises BaselineError when there is too much."""
    number = total = 0
    while line := file.readline(MAX_LINE_BYTES + 1):
        number, total = number + 1, total + len(line)
        if len(line) > MAX_LINE_BYTES:
            raise _wrong(path, number, f"the line is longer than {MAX_LINE_BYTES // 2**20} MiB, the most that is read")
        if total > MAX_BYTES:
            raise _wrong(path, number, f"the file is larger than {MAX_BYTES // 2**20} MiB, the most that is read")
        if text := (line.removeprefix(_BOM) if number == 1 else line).strip():
            yield number, text


def _read(path: Path, lines: Iterator[tuple[int, bytes]]) -> Baseline:
    number, first = next(lines, (1, b""))
    head = _head(path, number, first)
    entries: dict[str, Entry] = {}
    for number, line in lines:
        entry = _entry(path, number, line)
        if entry.id in entries:
            raise _wrong(path, number, f"`{entry.id}` stands in a line before. Keep one of them")
        if len(entries) == MOST_ENTRIES:
            raise _wrong(path, number, f"it holds more than the {MOST_ENTRIES:,} entries that are read")
        entries[entry.id] = entry
    return Baseline(str(path), head.guideline, entries)


def _head(path: Path, number: int, line: bytes) -> Head:
    try:
        head = msgspec.json.decode(line, type=Head)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise _wrong(path, number, f"this is no first line of a baseline. {_WRITE_ONE}") from error
    if head.format != FORMAT:
        raise _wrong(path, number, f"its format is not `{FORMAT}`. {_WRITE_ONE}")
    if head.version != VERSION:
        raise _wrong(path, number, f"it has version {head.version}, and {VERSION} is read. Use a newer guidelint")
    return head


def _entry(path: Path, number: int, line: bytes) -> Entry:
    try:
        entry = msgspec.json.decode(line, type=Entry)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise _wrong(path, number, _why(str(error))) from error
    if problem := _problem(entry):
        raise _wrong(path, number, problem)
    return entry


def _why(error: str) -> str:
    """Say in words what is wrong with a line."""
    if found := _UNKNOWN_FIELD.search(error):
        known = Entry.__struct_fields__
        return f"an entry has no `{found[1]}`. {did_you_mean(found[1], known)}"
    if "$.until" in error:
        return "`until` is no date. Write it like 2027-01-31; the waiver counts to the end of that day (UTC)"
    return f"this is no entry of a baseline: {error}. Mend the line, or take it out"


def _problem(entry: Entry) -> str:
    """Say what an entry lacks; empty: nothing."""
    if not entry.id.strip():
        return "its `id` is empty. It is the id of a finding, as --format json and csv give it"
    given = {"who": entry.who.strip(), "reason": entry.reason.strip(), "until": entry.until}
    missing = [f"`{name}`" for name, value in given.items() if not value]
    if 0 < len(missing) < len(given):
        return f"a waiver needs `who`, `reason` and `until`: here {' and '.join(missing)} is missing. Add it"
    if missing and entry.kind in NEEDS_WAIVER:
        return f"`{entry.kind}` is known by a waiver alone: nobody has judged it. Add `who`, `reason` and `until`"
    return ""


def _wrong(path: Path, number: int, reason: str) -> BaselineError:
    return BaselineError(f"{path}:{number}: {reason}")
