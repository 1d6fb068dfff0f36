"""Quotation marks: not closed, closed too early, or those of print."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.text.problem import Edit
from guidelint.language.text.quoted import quoted
from guidelint.language.text.slips.complaint import Complaint, slip
from guidelint.language.text.span import in_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.text.problem import Problem
    from guidelint.language.text.slips.line import Line

OPENING = "„“”‚‘’«»‹›＂「『"
CLOSING = "“”’‘»«›‹＂」』"
_PRINT = re.compile(f"[{OPENING}]([^{OPENING}{CLOSING}]*)[{CLOSING}\"']|[\"']([^{OPENING}{CLOSING}\"']*)[{CLOSING}]")
_WHOLE = {"'": re.compile(r"'(?:[^']|'')*'"), '"': re.compile(r'"(?:[^"\\]|\\.)*"')}
_FLOW_ITEM = re.compile(r"(?:[\[{,]|:\s)\s*(?=['\"])")


def quotes(complaint: Complaint) -> Iterator[Problem]:
    """Find quotation marks that do not hold a text together."""
    for line in complaint.near:
        yield from _of_print(line)
        if line.value[:1] in _WHOLE:
            yield from _straight(line, line.start, line.end)
        elif line.value[:1] in {"[", "{"}:
            for item in _FLOW_ITEM.finditer(line.text, line.start):
                yield from _straight(line, item.end(), _item_end(line.text, item.end()))


def _of_print(line: Line) -> Iterator[Problem]:
    if found := _PRINT.search(line.text):
        new = _PRINT.sub(lambda pair: quoted(next(filter(None, pair.groups()), "")), line.text)
        message = f"`{found[0][0]}` and `{found[0][-1]}` are quotation marks of print, not of YAML"
        where = in_line(line.number, found.start(), found.end())
        yield slip(
            message, "Write straight ones, `'` or `\"`.", Edit(in_line(line.number, 0, len(line.text)), new), where
        )


def _straight(line: Line, start: int, end: int) -> Iterator[Problem]:
    text = line.text[start:end].rstrip()
    mark, place = text[:1], in_line(line.number, start, start + len(text))
    whole = _WHOLE[mark].match(text)
    if whole and whole.end() < len(text):
        inner = text[1:-1] if text.endswith(mark) else text[1:]
        yield slip(
            *_too_early(mark, whole[0], text), Edit(place, quoted(inner if text.endswith(mark) else text)), place
        )
    elif whole is None:
        yield from unclosed(line, start, start + len(text))


def unclosed(line: Line, start: int, end: int | None = None) -> Iterator[Problem]:
    """Close a quotation mark at the end of the text, or take it for an apostrophe."""
    text = line.text[start:end].rstrip()
    mark, place = text[:1], in_line(line.number, start, start + len(text))
    message = f"the quotation mark `{mark}` that begins here is not closed"
    opening = in_line(line.number, start, start + 1)
    close = slip(message, f"Close it: write `{mark}` at the end of the text.", Edit(place, text + mark), opening)
    whole = f"If it is an apostrophe, put the text in double quotation marks: `{quoted(text)}`."
    apostrophe = slip(message, whole, Edit(place, quoted(text)), opening)
    if not line.key and re.match(r"['\"][\w-]+:(\s|$)", text):
        yield slip(f"the quotation mark `{mark}` stands before a key", "Delete it.", Edit(opening, ""), opening)
    yield from (apostrophe, close) if re.match(r"'\w{1,2}\b", text) else (close, apostrophe)


def _too_early(mark: str, whole: str, text: str) -> tuple[str, str]:
    if mark == "'" and re.match(r"'\w", text[len(whole) - 1 :]):
        return (
            "the apostrophe ends the quoted text",
            'Put the text in double quotation marks, `"`, or write the apostrophe twice.',
        )
    other = "double" if mark == "'" else "single"
    return f"the quoted text ends at `{whole[-12:]}`, and more follows", f"Put all of it in {other} quotation marks."


def _item_end(text: str, start: int) -> int:
    """Find where an item of a bracket ends, as the writer meant it."""
    found = re.compile(r",\s|[\]}]").search(text, start + 1)
    return found.start() if found else len(text)
