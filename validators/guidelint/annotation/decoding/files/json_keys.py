"""Keys of a JSON object, told from its beginning: of a large file only that is there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(rb'"((?:[^"\\]|\\.)*)(?:"(\s*:)?|\\?\Z)|[{\[]|[}\]]', re.DOTALL)
"""A text that is cut off goes on to the end: it is looked at once, not from each of its quotation marks."""


def top_level_keys(text: bytes) -> tuple[str, ...]:
    """Keys of the object that a text begins with, as far as the text goes."""
    return tuple(_keys(text))


def _keys(text: bytes) -> Iterator[str]:
    depth = 0
    for token in _TOKEN.finditer(text):
        if token[0] in {b"{", b"["}:
            depth += 1
        elif token[0] in {b"}", b"]"}:
            depth -= 1
            if depth == 0:
                return
        elif depth == 1 and token[2]:
            yield _unescaped(token[1])


def _unescaped(key: bytes) -> str:
    try:
        return str(json.loads(b'"%b"' % key))
    except ValueError:
        return key.decode(errors="replace")
