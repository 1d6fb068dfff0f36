"""Facts out of a table in CSV: a row for each image, a column for each fact under its DICOM keyword."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from sys import intern
from typing import TYPE_CHECKING, Final

from guidelint.imaging.beside import KEYWORDS, Record
from guidelint.imaging.header import header_facts
from guidelint.imaging.image_name import IMAGE_COLUMNS
from guidelint.imaging.keys import ImageKeys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

MOST_TABLE_BYTES = 64 * 2**20
"""Largest table that is read: it is held in memory."""
MOST_ROWS = 1_000_000
FIRST: Final = 20
"""So many bad rows are told one by one."""
_NO_IMAGE: Final = "it says neither the image nor its SOPInstanceUID. Fill one in, or take the row out"
_OF_IMAGE: Final = "image"
_GUIDELINE: Final = "guideline"
"""Column that says under which guideline an image was annotated."""
_SEPARATOR: Final = re.compile(r'^"?sep=([;,\t])"?\s*$', re.IGNORECASE)
"""First line by which spreadsheets are told what parts the cells."""
_DECIMAL_COMMA: Final = re.compile(r"\d,\d")


class TableError(ValueError):
    """A table that tells no facts; the message is the reason and the remedy, for people."""


@dataclass(slots=True)
class Table:
    """The rows of a table, and what is wrong in it."""

    path: Path
    bad: list[str] = field(default_factory=list[str])
    """What is wrong, each with its line and the remedy; of so many at most."""
    bad_count: int = 0
    ignored: tuple[str, ...] = ()
    """Columns that are no facts."""

    def records(self) -> Iterator[Record]:
        """Read one row after the other; a bad one is told. Raises TableError."""
        lines = list(io.StringIO(_text(self.path), newline=None))
        told = next((sign for line in lines[:1] for sign in _SEPARATOR.findall(line)), "")
        head = next((number for number, line in enumerate(lines) if line.strip() and number >= len(told)), None)
        if head is None:
            raise TableError(
                f"{self.path} is empty. Write a line with the names of its columns, then one for each image"
            )
        delimiter = told or next((sign for sign in "\t;," if sign in lines[head]), ",")
        rows = csv.reader(lines[head:], delimiter=delimiter)
        columns = self._columns([name.strip() for name in next(rows)])
        width = len(columns)
        try:
            for count, row in enumerate(rows):
                if count == MOST_ROWS:
                    raise TableError(f"{self.path} has more than {MOST_ROWS:,} rows. Split it, and check in parts")
                line = head + rows.line_num
                if any(cell.strip() for cell in row) and self._has_all_cells(row, width, line):
                    yield from self._record(dict(zip(columns, row, strict=False)), line)
        except csv.Error as error:
            raise TableError(
                f"{self.path}, line {head + rows.line_num}: it is no CSV ({error}). Save it again"
            ) from error

    def notes(self) -> Iterator[str]:
        """Say what was passed over."""
        if self.ignored:
            yield f"{self.path}: columns left alone, which are no facts that a rule asks for: {', '.join(self.ignored)}"
        yield from self.bad
        if self.bad_count > len(self.bad):
            yield f"{self.path}: {self.bad_count - len(self.bad)} more rows are wrong"

    def _columns(self, names: Sequence[str]) -> list[str]:
        """Name each column by its fact, the image, or nothing. Raises TableError."""
        by_keyword = {keyword.lower(): name for name, keyword in KEYWORDS.items()}
        image = next((name for name in IMAGE_COLUMNS if name in (one.lower() for one in names)), "")
        by_keyword[_GUIDELINE] = _GUIDELINE
        columns = [_OF_IMAGE if name.lower() == image else by_keyword.get(name.lower(), "") for name in names]
        if not {_OF_IMAGE, "sop_uid"} & set(columns):
            raise TableError(
                f"{self.path} does not tell which image a row is about: none of its columns is called image or"
                " SOPInstanceUID. Name one so"
            )
        if not set(columns) - {_OF_IMAGE, ""}:
            raise TableError(
                f"{self.path} tells no fact: none of its columns has a name like PixelSpacing, Modality or Rows. Name"
                " them by their DICOM keywords"
            )
        for name in set(columns) - {""}:
            if columns.count(name) > 1:
                twice = KEYWORDS.get(name, name)
                raise TableError(f"{self.path} has two columns called {twice}. Take one of them out")
        self.ignored = tuple(name for name, column in zip(names, columns, strict=True) if name and not column)
        return columns

    def _has_all_cells(self, row: Sequence[str], width: int, line: int) -> bool:
        if len(row) == width:
            return True
        remedy = "Put a value with commas in it into quotation marks, and leave no cell out"
        self._note(line, f"it has {len(row)} cells, and the table has {width} columns. {remedy}")
        return False

    def _record(self, cells: Mapping[str, str], line: int) -> Iterator[Record]:
        values = {name: cells.get(name, "").strip() for name in KEYWORDS}
        image = cells.get(_OF_IMAGE, "").strip()
        if not image and not values["sop_uid"]:
            self._note(line, _NO_IMAGE)
            return
        for keyword, reason in header_facts(
            {KEYWORDS[name]: text for name, text in values.items()}, _KEYS
        ).unreadable.items():
            comma = _DECIMAL_COMMA.search(cells.get(_NAMES.get(keyword, ""), ""))
            remedy = "Write a decimal point, not a comma" if comma else "Correct it"
            self._note(line, f"{keyword}: {reason}. {remedy}, or leave the cell empty")
        guideline = intern(cells.get(_GUIDELINE, "").strip())
        yield Record(f"{self.path.name}, line {line}", image, tuple(map(intern, values.values())), guideline=guideline)

    def _note(self, line: int, reason: str) -> None:
        self.bad_count += 1
        if len(self.bad) < FIRST:
            self.bad.append(f"{self.path}, line {line}: {reason}")


_KEYS: Final = ImageKeys()
_NAMES: Final = {keyword: name for name, keyword in KEYWORDS.items()}
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
"""How UTF-16 begins, which spreadsheets call Unicode text."""


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_TABLE_BYTES + 1)
    except OSError as error:
        raise TableError(f"{path} cannot be read: {(error.strerror or 'unreadable').lower()}") from error
    if len(content) > MOST_TABLE_BYTES:
        raise TableError(f"{path} is larger than {MOST_TABLE_BYTES // 2**20} MiB, the most that is read of a table")
    is_wide = content.startswith(_WIDE)
    if b"\0" in content[:4096] and not is_wide:
        raise TableError(f"{path} is no table in CSV. Give a table, or the folder of the DICOM files")
    try:
        return content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(f"{path} is not in UTF-8. Save it as CSV in UTF-8") from error
