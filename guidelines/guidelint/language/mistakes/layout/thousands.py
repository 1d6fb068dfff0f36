"""Points between thousands: where they are written so, `1.000` is a thousand to its writer and one to every program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.text.problem import Problem
from guidelint.language.text.tree import Entry, Leaf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.text.tree import Parts

_GROUPED = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_COUNTED = re.compile(r"(?:^|_)(?:px|mm2|hours|minutes)$")
"""Keys of what is counted in hundreds and thousands, and never to the third decimal."""


def thousands(parts: Parts) -> Iterator[Problem]:
    """Tell numbers that two readers read differently."""
    for _, part in parts:
        if isinstance(part, Entry) and isinstance(part.value, Leaf):
            yield from _read_twice(part.key, part.value)


def _read_twice(key: str, leaf: Leaf) -> Iterator[Problem]:
    if isinstance(leaf.value, float) and _COUNTED.search(key) and _GROUPED.fullmatch(leaf.written):
        whole, exact = leaf.written.replace(".", ""), f"{leaf.value:g}"
        message = f"`{leaf.written}` can be read as {whole} and as {exact}: the point of `{key}` is a decimal point"
        remedy = f"Write `{whole}` for thousands, or `{exact if '.' not in exact else exact + '0'}`."
        yield Problem("wrong-value", message, leaf.span, remedy)
