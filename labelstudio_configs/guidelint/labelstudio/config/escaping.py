"""Guideline text inside the attributes of a labeling config."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Attribute

_READ_AS_SWITCHES: Final = frozenset({"true", "false"})
"""The editor takes them for switches wherever they are all of an attribute, and a hint that is one kills it."""
_JOINER: Final = "\N{WORD JOINER}"
"""Not seen, and makes another word of the one before it."""


def shown(text: str) -> str:
    """Text for an attribute that the editor shows: there, a dollar sign would be read as a key of the task data."""
    line = " ".join(text.split()).replace("$", f"${_JOINER}")
    return line + _JOINER if line in _READ_AS_SWITCHES else line


def markup(text: str) -> str:
    """Text for HTML inside the value of a Markdown tag: escaped, on one line, without a dollar sign."""
    return escape(" ".join(text.split())).replace("$", "&#36;")


def title_of(item: Attribute) -> str:
    """Title of a question, with the unit of a number."""
    return f"{item.title} ({item.number.unit})" if item.number and item.number.unit else item.title
