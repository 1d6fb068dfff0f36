"""The order in which people look for names: numbers in them by their size, so that 2 stands before 10."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9]+")
_MARK = 2
"""Digits that tell how long a number is."""
_LONGEST = 99


def natural(name: str) -> str:
    """Give the text that a name sorts by; names that differ have texts that differ, numbers stand before words.

    Every number has its length before it, so that a program that only knows texts sorts as people do.
    """
    return _NUMBER.sub(_with_length, name) if name else name


def as_named(key: str) -> str:
    """Give back the name that sorts by a text."""
    return _NUMBER.sub(lambda number: number[0][_MARK:], key) if key else key


def _with_length(number: re.Match[str]) -> str:
    return f"{min(len(number[0]), _LONGEST):0{_MARK}}{number[0]}"
