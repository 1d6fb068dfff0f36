"""Results of exams as files: JSON with all that came out, CSV with who has passed; who has passed is read from both."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

import msgspec

from guidelint.annotation.qualification import Qualification
from guidelint.checking.exam.error import ExamError
from guidelint.checking.exam.read_whole import read_whole
from guidelint.checking.exam.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORMAT: Final = "guidelint-exam-results-1"
_COLUMNS: Final = Qualification.__struct_fields__
_SEVERAL: Final = frozenset({"classes", "not_for"})
_BETWEEN: Final = ";"
_AGAIN: Final = "Take the file as `guidelint exam` wrote it"


class _Document(msgspec.Struct, kw_only=True):
    format: str
    results: tuple[Result, ...]


def as_json(results: Iterable[Result]) -> str:
    """Write all that came out."""
    told = msgspec.json.encode(_Document(format=FORMAT, results=tuple(results)))
    return msgspec.json.format(told, indent=2).decode() + "\n"


def as_csv(results: Iterable[Result]) -> str:
    """Write who has passed, a line each."""
    out = io.StringIO()
    rows = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    rows.writeheader()
    for one in results:
        if one.qualification is not None:
            told: dict[str, Any] = msgspec.to_builtins(one.qualification)
            rows.writerow({name: _BETWEEN.join(value) if name in _SEVERAL else value for name, value in told.items()})
    return out.getvalue()


def results_in(path: Path) -> tuple[Result, ...]:
    """Read results that were written as JSON. Raises ExamError."""
    try:
        read = msgspec.json.decode(read_whole(path), type=_Document)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ExamError(f"{path} holds no results of exams: {error}. {_AGAIN}") from error
    if read.format != FORMAT:
        raise ExamError(f"{path} is of format {read.format[:50]!r}, and not {FORMAT}. {_AGAIN}")
    return read.results


def qualifications_in(path: Path) -> tuple[Qualification, ...]:
    """Read who has passed which exam, from JSON or CSV. Raises ExamError."""
    text = read_whole(path)
    if text.lstrip()[:1] == b"{":
        found = tuple(one.qualification for one in results_in(path) if one.qualification is not None)
    else:
        found = _of_table(text, path)
    for one in found:
        if one.passed_at.tzinfo is None or (one.valid_until is not None and one.valid_until.tzinfo is None):
            raise ExamError(f"{path}: the times of annotator {one.annotator!r} have no time zone. {_AGAIN}")
    return found


def _of_table(text: bytes, path: Path) -> tuple[Qualification, ...]:
    try:
        rows = csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline=""), strict=True)
        if rows.fieldnames is None or not {"guideline", "version", "annotator", "passed_at"} <= {*rows.fieldnames}:
            raise ExamError(f"{path} is neither JSON nor a table with the columns {', '.join(_COLUMNS)}. {_AGAIN}")
        return tuple(_of_row(row) for row in rows)
    except (ValueError, csv.Error) as error:
        if isinstance(error, ExamError):
            raise
        raise ExamError(f"{path}: {error}. {_AGAIN}") from error


def _of_row(row: dict[str, Any]) -> Qualification:
    told: dict[str, Any] = {name: value for name, value in row.items() if name in _COLUMNS and value}
    for name in _SEVERAL & told.keys():
        told[name] = [part for part in told[name].split(_BETWEEN) if part]
    return msgspec.convert({"role": "", **told}, Qualification)
