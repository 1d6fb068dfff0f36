"""Texts that are no guideline but something else, which its first lines give away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.text.problem import Problem
from guidelint.language.text.span import in_line, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.language.text.span import Span

_CONFLICT = re.compile(r"(<{7}|>{7})(\s|$)")
_BETWEEN = re.compile(r"(={7}|\|{7})(\s|$)")
_BEGIN = "A guideline begins with `guidelint: 1`, and every line below is a `key: value`."


def foreign(text: str) -> Problem | None:
    """Tell a text that nobody can mend letter by letter."""
    lines = lines_of(text)
    return _merged(lines) or _markup(lines)


def without_keys(text: str, keys: Iterable[str]) -> Problem | None:
    """Tell a text none of whose lines begins with a key of a guideline."""
    words = "|".join(re.escape(key) for key in keys)
    if re.search(rf"^[\W_]*(guidelint\b|({words})[\"']?\s*[:=\uff1a])", text, re.IGNORECASE | re.MULTILINE):
        return None
    lines = lines_of(text)
    message = "this is not a guideline: the guideline wants keys, and no line begins with one of them"
    remedy = f"{_BEGIN} What annotators read stands under `instructions: |`, indented."
    return Problem("not-a-guideline", message, _first(lines, skipping="#"), remedy)


def _merged(lines: list[str]) -> Problem | None:
    if not any(map(_CONFLICT.match, lines)):
        return None
    begun = next(at for at, line in enumerate(lines) if _CONFLICT.match(line) or _BETWEEN.match(line))
    message = "a merge conflict was left in the file: the marks `<<<<<<<`, `=======` and `>>>>>>>`"
    remedy = "Keep one of the two versions between the marks, and delete the other and the marks."
    return Problem("merge-conflict", message, in_line(begun, 0, len(lines[begun])), remedy)


def _markup(lines: list[str]) -> Problem | None:
    first = _first(lines)
    line = lines[first.line].lstrip()
    if not re.match(r"<[A-Za-z!?/]", line):
        return None
    if re.search(r"<(View|\w*Labels|Image|Choices)\b", "\n".join(lines[:50])):
        message = "this is a labeling config of Label Studio (XML), not a guideline"
        remedy = f"Write the guideline in YAML; `guidelint compile` makes the config from it. {_BEGIN}"
        return Problem("not-a-guideline", message, first, remedy)
    return Problem("not-a-guideline", "this is XML or HTML, not a guideline", first, f"Write it in YAML. {_BEGIN}")


def _first(lines: list[str], skipping: str = "\0") -> Span:
    """Place of the first line that holds anything, or else of the first line."""
    written = (at for at, line in enumerate(lines) if line.strip() and not line.lstrip().startswith(skipping))
    at = next(written, 0)
    return in_line(at, 0, len(lines[at]))
