"""Names by which one part of a guideline uses another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.suggest import closest, did_you_mean
from guidelint.language.text.tree import Branch, Entry, Leaf, items_of, node_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidelint.language.text.problem import Code
    from guidelint.language.text.span import Span
    from guidelint.language.text.tree import KeyPath, Node


def entries_at(root: Node, path: KeyPath) -> Mapping[str, Entry]:
    """Give what stands beneath a key by name; nothing where no names stand there."""
    node = node_at(root, path)
    return node.entries if isinstance(node, Branch) else {}


def words_at(root: Node, path: KeyPath) -> tuple[Leaf, ...]:
    """Give the word that stands at a path, or the words of a list."""
    found = items_of(node_at(root, path))
    return tuple(word for word in found if isinstance(word, Leaf) and isinstance(word.value, str))


def unknown(code: Code, what: str, word: Leaf, known: Iterable[str]) -> Problem:
    """Tell a word that is the name of nothing, and what was meant."""
    return name_of_nothing(code, what, word.written, word.span, known)


def name_of_nothing(code: str, what: str, name: str, place: Span, known: Iterable[str], *, whose: str = "") -> Problem:
    """Tell a name that is the name of nothing, and what was meant."""
    names = tuple(known)
    meant = closest(name, names)
    remedy = did_you_mean(name, names) or f"There is no {what} yet."
    edit = None if meant is None else Edit(place, meant)
    return Problem(code, f"`{name}` is no {what}{whose}", place, remedy, edit)


def with_entry(branch: Branch, entry: Entry) -> Branch:
    """Put a key into a mapping, in place of one of the same name."""
    return replace(branch, entries={**branch.entries, entry.key: entry})
