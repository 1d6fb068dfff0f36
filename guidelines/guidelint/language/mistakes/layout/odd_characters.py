"""Spaces that are none, and quotation marks of print, where YAML takes them for letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.quoted import quoted
from guidelint.language.text.slips.quotes import CLOSING, OPENING
from guidelint.language.text.slips.spaces import ODD_SPACES, ordinary
from guidelint.language.text.tree import Entry, KeyPath, Leaf, Parts, is_plain, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.language.text.span import Span

_ODD = "".join(ODD_SPACES)
_ODD_LETTER = re.compile(f"[{_ODD}]")
_IN_PRINT = re.compile(f"([{OPENING}])([^{OPENING}{CLOSING}]*)([{CLOSING}])")


def odd_characters(parts: Parts, lines: Sequence[str]) -> Iterator[tuple[tuple[KeyPath, ...], Problem]]:
    """Yield the keys and values that hold such letters outside quotation marks, with their paths."""
    for path, part in parts:
        if isinstance(part, Entry):
            better = ordinary(part.key).strip()
            if better != part.key and _ODD_LETTER.search(part.key):
                yield (path, (*path[:-1], better)), _space(part.key, better, part.key_span)
        value = value_of(part)
        if isinstance(value, Leaf) and is_plain(value, lines) and (problem := _in_a_value(value)) is not None:
            yield (path,), problem


def _in_a_value(leaf: Leaf) -> Problem | None:
    better = leaf.written.strip(_ODD)
    if better and better != leaf.written:
        return _space(leaf.written, better, leaf.span)
    found = _IN_PRINT.fullmatch(leaf.written)
    return _print(found, leaf.span) if found else None


def _space(written: str, better: str, span: Span) -> Problem:
    odd = next(letter for letter in written if letter in ODD_SPACES)
    message = f"{ODD_SPACES[odd]} (U+{ord(odd):04X}), which cannot be seen, belongs to `{better}` here"
    return Problem("odd-character", message, span, f"Write ordinary spaces: `{better}`.", Edit(span, better))


def _print(found: re.Match[str], span: Span) -> Problem:
    message = f"`{found[1]}` and `{found[3]}` are quotation marks of print and become part of the text"
    better = quoted(found[2])
    remedy = f"Write straight ones: `{better}`; to keep them, put straight ones around them."
    return Problem("odd-character", message, span, remedy, Edit(span, better))
