"""Values and colours as legends spell them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.legends.legend import MOST_ENTRIES, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHOLE = re.compile(r"-?\d{1,18}")
_RANGE = re.compile(r"(\d{1,9})\s*-\s*(\d{1,9})")
_HEX = re.compile(r"#?([0-9a-f]{6})(?:ff)?", re.IGNORECASE)
_THREE = re.compile(r"\(?\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)?")
_BRIGHTEST = 255
SHOWN = 60
"""So much of what cannot be read is told."""


def values(text: str) -> range | None:
    """Read one value, or several as 1-255; None: it is neither."""
    if _WHOLE.fullmatch(text.strip()):
        return range(int(text), int(text) + 1)
    found = _RANGE.fullmatch(text.strip())
    return range(int(found[1]), min(int(found[2]), int(found[1]) + MOST_ENTRIES) + 1) if found else None


def colour(text: str) -> int:
    """Read a colour as 0xRRGGBB. Raises FormatError."""
    if found := _HEX.fullmatch(text.strip()):
        return int(found[1], 16)
    three = _THREE.fullmatch(text.strip())
    red, green, blue = map(int, three.groups()) if three else (256, 0, 0)
    if max(red, green, blue) > _BRIGHTEST:
        raise FormatError(f"its colour {text[:SHOWN]!r} is not like #ff0000, nor three numbers up to {_BRIGHTEST}")
    return red << 16 | green << 8 | blue


def entries(text: str, label: str) -> Iterator[Entry]:
    """Take a text for a value, a range of values or a colour; nothing where it is none of them."""
    if (told := values(text)) is not None:
        yield from (Entry(label.strip(), value) for value in told)
    elif _HEX.fullmatch(text.strip()) or _THREE.fullmatch(text.strip()):
        yield Entry(label.strip(), None, colour(text))
