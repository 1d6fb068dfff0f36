"""Text from outside made harmless for a terminal, a log or XML: what cannot be seen is spelled out."""

from __future__ import annotations

import json
import re

_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Control characters, line separators, marks that turn the direction of writing, and halves of surrogate pairs."""
_COMMAND = re.compile(r"(?<!\S):(?=:)|#(?=#[A-Za-z]*\[)")
"""Where GitHub (``::stop-commands::``, ``##[group]``), Azure (``##vso[``) and TeamCity take a log for a command."""


def visible(text: str) -> str:
    r"""Spell out what cannot be seen, e.g. an escape character as ``\x1b``, and what a log takes for a command."""
    return _COMMAND.sub(_spelled, _INVISIBLE.sub(_spelled, text))


def _spelled(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004 - the two spellings of Python


def unheard(text: str) -> str:
    """Write a JSON text so that nobody who keeps a log takes a part of it for a command; it means the same."""
    return text.replace("##", "#\\u0023")


def in_a_line(value: object) -> str:
    """Write a value as JSON in one line, in ASCII."""
    return unheard(json.dumps(value, ensure_ascii=True))
