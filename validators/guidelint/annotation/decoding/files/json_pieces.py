"""What lies below the lists of a JSON object, cut out unread: so that what is broken there costs only itself."""

from __future__ import annotations

import re

_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)
"""A text that is cut off goes on to the end: it is looked at once, not from each of its quotation marks."""
_ITEM_DEPTH = 3
"""Brackets are open so many times in an item of a list of the object."""


def in_pieces(text: bytes, *, views: bool = False) -> tuple[bytes, list[bytes | memoryview]]:
    """Cut the objects and lists out of the lists of an object; in place of each stands its number: ``[0]``.

    ``views``: give them as views into the text, by which their place in it can be told; they take more memory.
    """
    depth = start = end = 0
    items: list[bytes | memoryview] = []
    cut = memoryview(text) if views else text
    left = bytearray()
    for token in _TOKEN.finditer(text):
        if token[0] in {b"[", b"{"}:
            depth += 1
            start = token.start() if depth == _ITEM_DEPTH else start
        elif token[0] in {b"]", b"}"}:
            if depth == _ITEM_DEPTH:
                left += text[end:start] + b"[%d]" % len(items)
                end = token.end()
                items.append(cut[start:end])
            depth -= 1
    return bytes(left + text[end:]), items
