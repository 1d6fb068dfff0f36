"""Characters that nobody sees: no page can hold them, they turn what stands behind them, or a text is nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import category

from guidelint.language.text.problem import Problem
from guidelint.language.text.tree import KeyPath, Leaf, Parts, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 forbids, and Delete: a labeling config that holds one cannot be read."""
_TURNING: Final = re.compile("([\u202a\u202b\u202d\u202e][^\u202c]*\u202c)|([\u2066-\u2068][^\u2069]*\u2069)")
"""A change of direction that ends in the same text; within it, others may begin."""
_BEGINS_TO_TURN: Final = re.compile("[\u202a\u202b\u202d\u202e\u2066-\u2068]")
_NOTHING_TO_SEE: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Categories of Unicode: controls, formats, and separators."""


def unseen(parts: Parts) -> Iterator[tuple[tuple[KeyPath, ...], Problem]]:
    """Yield the values that hold such characters, or nothing else, with their paths."""
    for path, part in parts:
        value = value_of(part)
        if isinstance(value, Leaf) and isinstance(value.value, str) and (found := _in(value.value)) is not None:
            yield (path,), Problem("odd-character", found[0], value.span, found[1])


def _in(text: str) -> tuple[str, str] | None:
    """Say what is wrong with a text, and what to do."""
    if control := _NOT_IN_XML.search(text):
        return f"U+{ord(control[0]):04X} is a control character, which no page can show", "Delete it."
    if turning := _BEGINS_TO_TURN.search(_TURNING.sub("", text)):
        end = "U+2069" if turning[0] >= "\u2066" else "U+202C"
        begun = f"U+{ord(turning[0]):04X}, which cannot be seen, turns the direction of all that follows"
        return begun, f"Delete it, or end it with {end}."
    if text and all(category(letter) in _NOTHING_TO_SEE for letter in text):
        return "this text shows nothing: it is made of spaces and of characters that cannot be seen", "Write words."
    return None
