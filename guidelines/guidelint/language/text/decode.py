"""Bytes of a file as text: UTF-8, or told what they are instead."""

from __future__ import annotations

import codecs
import re

from guidelint.language.text.problem import GuidelineProblems, Problem
from guidelint.language.text.span import START, in_line, lines_of

_SAVE = "Save it again as UTF-8: in most editors that is a choice of `Save as`."
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_ENCODED = (
    ("UTF-32", "utf-32-le", re.compile(rb"(?:[^\0]\0\0\0){3}")),
    ("UTF-32", "utf-32-be", re.compile(rb"(?:\0\0\0[^\0]){3}")),
    ("UTF-16", "utf-16-le", re.compile(rb"(?:[^\0]\0){6}")),
    ("UTF-16", "utf-16-be", re.compile(rb"(?:\0[^\0]){6}")),
)
_FILES = (
    (b"PK\x03\x04", "a Word or Excel file, or another packed one"),
    (b"\xd0\xcf\x11\xe0", "a Word or Excel file of the old kind"),
    (b"{\\rtf", "a text in Rich Text Format"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a packed file (gzip)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
)
_WORD, _SHEET = b"word/", b"xl/"


def decode(data: bytes, filename: str) -> str:
    """Read UTF-8. Raises GuidelineProblems for bytes that are no text, or a text in another encoding."""
    if (problem := _another_file(data)) is not None:
        raise GuidelineProblems([problem], "", filename)
    if (found := _wide(data)) is not None:
        name, text = found
        message = f"the file is written in {name}, not in UTF-8"
        raise GuidelineProblems([Problem("not-utf-8", message, START, _SAVE)], text, filename)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise GuidelineProblems([_one_byte(data, error.start)], _as_written(data), filename) from error


def _another_file(data: bytes) -> Problem | None:
    what = next((words for start, words in _FILES if data.startswith(start)), None)
    if what and data.startswith(b"PK"):
        what = "a Word file" if _WORD in data else "an Excel file" if _SHEET in data else what
    if what is None and data[128:132] == b"DICM":
        what = "a DICOM file"
    if what is None:
        return None
    remedy = "Write the guideline in a text editor and save it as plain text, with the ending `.yaml`."
    return Problem("not-a-guideline", f"this is {what}, not a text", START, remedy)


def _wide(data: bytes) -> tuple[str, str] | None:
    """Name an encoding of two or four bytes to a letter, with the text in it."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, data.decode(name, errors="replace")
    for name, codec, pattern in _ENCODED:
        if pattern.match(data):
            return name, data.decode(codec, errors="replace")
    return None


def _one_byte(data: bytes, start: int) -> Problem:
    """Place the first byte that is no UTF-8, and guess what was meant by it."""
    letter = _as_written(data[start : start + 1])
    lines = lines_of(_as_written(data[:start]))
    place = in_line(len(lines) - 1, len(lines[-1]), len(lines[-1]) + 1)
    name = "Windows-1252" if re.search(rb"[\x80-\x9f]", data) else "Latin-1 or Windows-1252"
    message = f"the byte {data[start]:02X} is no UTF-8; in {name} it is `{letter}`, probably the encoding of the file"
    return Problem("not-utf-8", message, place, _SAVE)


def _as_written(data: bytes) -> str:
    """Read one byte to a letter, as Windows does; no byte is without one."""
    return data.decode("cp1252", errors="replace")
