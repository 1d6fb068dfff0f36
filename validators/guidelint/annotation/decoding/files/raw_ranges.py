"""Where unread parts stand in the text of which they are views: how far they lie from its beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import msgspec

Range = tuple[int, int]
"""First byte, and the byte behind the last."""


def ranges(text: bytes, parts: Iterable[msgspec.Raw]) -> Iterable[Range]:
    """Ranges of views into a text; all of it for those that are no views, should a parser ever copy."""
    beginning = _address(text)
    for part in parts:
        view = memoryview(part)
        start = _address(view) - beginning
        end = start + len(view)
        if start >= 0 and text[start:end] == bytes(view):
            yield start, end
        else:
            yield 0, len(text)


def _address(buffer: bytes | memoryview) -> int:
    return np.frombuffer(buffer, np.uint8).ctypes.data
