"""Colons: missing, without a space, or in the middle of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.text.problem import Edit
from guidelint.language.text.quoted import quoted
from guidelint.language.text.slips.complaint import Complaint, rewritten, slip
from guidelint.language.text.slips.line import wrong_joint
from guidelint.language.text.span import in_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.text.problem import Problem
    from guidelint.language.text.slips.line import Line

_NO_SPACE = re.compile(r"(?P<key>[\w-]+):(?=[^\s:/])")
_NO_DASH_SPACE = re.compile(r"\s*-(?=[^\W\d_]|['\"])")
_EQUALS = re.compile(r"(?P<key>[a-z][\w-]*)(?P<sign>\s*=\s*)(?=\S)")
_KEY = r"(?:[a-z]+(?:_[a-z0-9]+)+|min|max|level|means|who|say)"
_KEYS = re.compile(rf"\(?(?P<all>{_KEY}: [^:,()]+(?:, *{_KEY}: [^:,()]+)*)\)?")
_WORD = re.compile(r"[A-Za-z][\w-]*$")
_KEY_AND_MORE = re.compile(r"(?P<key>[a-z][\w-]*)(?P<sign> +)(?=\S)")


def colons(complaint: Complaint) -> Iterator[Problem]:
    """Find colons and dashes that make no key and no item, and keys without one."""
    for line in complaint.near:
        yield from _in_a_value(line)
        if not line.key:
            yield from _without_space(line)
            yield from _missing(line)


def _in_a_value(line: Line) -> Iterator[Problem]:
    value = line.value
    if (line.key or line.dash) and value[:1] not in {"'", '"', "{", "["} and (found := re.search(r":(?=\s|$)", value)):
        if line.key and (keys := _KEYS.fullmatch(value)):
            better = f"{{{keys['all'].strip()}}}"
            message = f"keys stand in the line of `{line.key}` without braces"
            edit = Edit(in_line(line.number, line.start, line.end), better)
            yield slip(message, f"Put them in braces: `{line.key}: {better}`.", edit)
        place, colon = in_line(line.number, line.start, line.end), line.start + found.start()
        what = f"the value of `{line.key}`" if line.key else "the item"
        message = f"a colon stands in {what}, which makes no key"
        remedy = f"Put the text in quotation marks: `{quoted(value)}`."
        yield slip(message, remedy, Edit(place, quoted(value)), in_line(line.number, colon, colon + 1))


def _without_space(line: Line) -> Iterator[Problem]:
    if found := _NO_SPACE.match(line.text, line.column + len(line.dash)):
        new = f"{line.text[: found.end()]} {line.text[found.end() :]}"
        message = wrong_joint(found["key"], ":")
        remedy = f"Put a space: `{new.strip()}`."
        yield slip(message, remedy, rewritten(line, new), in_line(line.number, found.start(), len(line.text.rstrip())))
    elif found := _NO_DASH_SPACE.match(line.text):
        at = found.end()
        new = f"{line.text[:at]} {line.text[at:]}"
        message, place = "there is no space after the dash", in_line(line.number, at - 1, line.end)
        yield slip(message, f"Put a space after the dash: `{new.strip()}`.", rewritten(line, new), place)


def _missing(line: Line) -> Iterator[Problem]:
    start, text = line.column + len(line.dash), line.value
    place = in_line(line.number, start, line.end)
    if _WORD.match(text):
        yield slip(wrong_joint(text, ""), f"Write `{text}:`.", Edit(place, f"{text}:"))
    elif found := _EQUALS.match(text) or _KEY_AND_MORE.match(text):
        new = f"{found['key']}: {text[found.end() :]}"
        yield slip(wrong_joint(found["key"], found["sign"]), f"Write `{new}`.", Edit(place, new))
