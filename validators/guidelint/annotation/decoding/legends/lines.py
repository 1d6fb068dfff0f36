"""Legends of lines: tables with a head, CVAT's label maps, and the tables of labels and colours of viewers."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.legends.legend import Entry
from guidelint.annotation.decoding.legends.spelled import SHOWN, colour, values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_VALUE = frozenset({"value", "index", "id", "labelvalue", "pixelvalue", "pixel", "no"})
_LABEL = frozenset({"label", "name", "class", "classname", "labelname", "category"})
_COLOUR = frozenset({"color", "colour", "colorrgb", "hex", "rgb"})
_CHANNELS = (("r", "g", "b"), ("red", "green", "blue"), ("colorr", "colorg", "colorb"))
_COMMENT = re.compile(r"#(?![0-9a-f]{6}\b)", re.IGNORECASE)
"""A line may also begin with a colour."""
_FORMS = (
    # CVAT, Pascal VOC: lesion:255,0,0::
    re.compile(r"(?P<label>[^:]+):(?P<colour>\s*\d+\s*,\s*\d+\s*,\s*\d+\s*)(?::[^:]*){0,2}"),
    # ITK-SNAP: 1 255 0 0 1 1 1 "lesion"
    re.compile(r'(?P<value>\d{1,9})\s+(?P<colour>\d+\s+\d+\s+\d+)\s+\S+\s+\S+\s+\S+\s+"(?P<label>[^"]*)"'),
    # 3D Slicer, FreeSurfer: 1 lesion 255 0 0 255
    re.compile(r"(?P<value>\d{1,9})\s+(?P<label>\S+)\s+(?P<colour>\d+\s+\d+\s+\d+)(?:\s+\d+)?"),
)


def of_lines(text: str) -> Iterator[Entry]:
    """Read a legend of lines, whichever form its first line has. Raises FormatError."""
    lines = [line for line in map(str.strip, text.splitlines()) if line and not _COMMENT.match(line)]
    if not lines:
        raise FormatError("it is empty")
    form = next((form for form in _FORMS if form.fullmatch(lines[0])), None)
    yield from _of_form(lines, form) if form else _of_table(lines)


def _of_form(lines: Sequence[str], form: re.Pattern[str]) -> Iterator[Entry]:
    for line in lines:
        found = form.fullmatch(line)
        if found is None:
            raise FormatError(f"its line {line[:SHOWN]!r} is not like the first")
        parts = found.groupdict()
        yield Entry(parts["label"].strip(), int(parts["value"]) if "value" in parts else None, colour(parts["colour"]))


def _of_table(lines: Sequence[str]) -> Iterator[Entry]:
    rows = csv.reader(lines, delimiter=max(",;\t", key=lines[0].count), skipinitialspace=True)
    head = [re.sub(r"[\s_.]", "", cell).casefold() for cell in next(rows)]
    value, label, painted = (_column(head, names) for names in (_VALUE, _LABEL, _COLOUR))
    channels = next(([head.index(one) for one in names] for names in _CHANNELS if {*names} <= {*head}), [])
    if label is None or (value is None and painted is None and not channels):
        raise FormatError("its first line names no column label beside a column value or color")
    for row in rows:
        cells = [cell.strip() for cell in row] + [""] * (len(head) - len(row))
        shown = (cells[painted] if painted is not None else " ".join(cells[one] for one in channels)).strip()
        yield from _of_row(None if value is None else cells[value], cells[label], shown)


def _column(head: Sequence[str], names: frozenset[str]) -> int | None:
    return next((number for number, name in enumerate(head) if name in names), None)


def _of_row(value: str | None, label: str, shown: str) -> Iterator[Entry]:
    told = range(0) if value is None else values(value)
    if told is None:
        raise FormatError(f"its value {str(value)[:SHOWN]!r} is no whole number")
    if value is None or (shown and len(told) == 1):
        yield Entry(label, told[0] if told else None, colour(shown))
    else:
        yield from (Entry(label, one) for one in told)
