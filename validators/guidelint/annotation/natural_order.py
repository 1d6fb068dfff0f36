"""The order in which people look for names: numbers in them by their size, so that 2 stands before 10."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"([0-9]+)")
Key = tuple[tuple[str, int, str], ...]


def natural(name: str) -> Key:
    """Give what a name sorts by; names that differ sort apart, and numbers before words."""
    parts = _NUMBER.split(name)
    words, numbers = parts[::2], [number.lstrip("0") for number in (*parts[1::2], "")]
    return (*((word, len(number), number) for word, number in zip(words, numbers, strict=True)), (name, 0, ""))
