"""Keys of a JSON object, told from its beginning: of a large file only that is there."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.json_record import PayloadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import msgspec

_TOKEN = re.compile(rb'"((?:[^"\\]|\\.)*)(?:"(\s*:)?|\\?\Z)|[{\[]|[}\]]', re.DOTALL)
"""A text that is cut off goes on to the end: it is looked at once, not from each of its quotation marks."""

_TWICE = 2


def top_level_keys(text: bytes) -> tuple[str, ...]:
    """Keys of the object that a text begins with, as far as the text goes."""
    return tuple(_keys(text))


def repeated_key(text: bytes, names: Iterable[str]) -> str:
    """Name one of these keys that stands twice in the object that a text is; empty: none does.

    Readers of JSON keep the last and say nothing.
    """
    asked = tuple(names)
    if b"\\u00" not in text and all(text.count(b'"%b"' % name.encode(errors="replace")) < _TWICE for name in asked):
        return ""
    counts = Counter(top_level_keys(text))
    return next((name for name in asked if counts[name] >= _TWICE), "")


def refuse_repeated(raw: bytes | msgspec.Raw, names: Iterable[str]) -> None:
    """Raise PayloadError where one of these keys of an object stands twice."""
    if twice := repeated_key(bytes(raw), names):
        raise PayloadError(f"its key {twice} stands twice, so that nobody knows which is meant")


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
