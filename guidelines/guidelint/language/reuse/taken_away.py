"""``without: {classes: {lesion: {draw: brush}}}``: what a guideline takes away of the one that it extends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from guidelint.language.form.narrowed import Change
from guidelint.language.text.problem import Problem
from guidelint.language.text.suggest import did_you_mean
from guidelint.language.text.tree import Branch, Leaf, Node, Row, items_of, node_at

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from guidelint.language.text.span import Span
    from guidelint.language.text.tree import KeyPath

WITHOUT: Final = "without"
_AWAY: Final = "taken away"
_WHAT: Final = "Name what is written there: an option, a word of a list."


@dataclass(slots=True)
class TakenAway:
    """What is taken away, and what of it cannot be."""

    changes: list[Change] = field(default_factory=list[Change])
    problems: list[Problem] = field(default_factory=list[Problem])

    def of(self, base: Node, own: Node) -> Node:
        """Give the base without what its extension takes away."""
        words = node_at(own, (WITHOUT,))
        return base if words is None else self._less(base, words, (WITHOUT,))

    def _less(self, there: Node, words: Node, path: KeyPath) -> Node:
        if isinstance(words, Branch):
            return self._within(there, words, path)
        names = {item.written: item.span for item in items_of(words) if isinstance(item, Leaf)}
        known = _names(there)
        for name in names.keys() - {*known}:
            self._unknown(name, known, names[name])
        taken = names.keys() & {*known}
        if taken and taken == {*known}:
            message = f"nothing would be left of `{path[-1]}`"
            self.problems.append(
                Problem("not-in-base", message, words.span, f"Leave some of it, or take `{path[-1]}` away as a whole.")
            )
            return there
        self.changes += (Change(path=(*map(str, path[1:]),), there=name, here=_AWAY) for name in known if name in taken)
        return _less_these(there, taken)

    def _within(self, there: Node, words: Branch, path: KeyPath) -> Node:
        if not isinstance(there, Branch):
            for word in words.entries.values():
                self._unknown(word.key, (), word.key_span)
            return there
        entries = dict(there.entries)
        for key, word in words.entries.items():
            if (entry := entries.get(key)) is None:
                self._unknown(key, entries, word.key_span)
            else:
                entries[key] = replace(entry, value=self._less(entry.value, word.value, (*path, key)))
        return replace(there, entries=entries)

    def _unknown(self, name: str, known: Iterable[str], place: Span) -> None:
        message = f"`{name}` is not there in the guideline that this one extends"
        self.problems.append(Problem("not-in-base", message, place, did_you_mean(name, tuple(known)) or _WHAT))


def _names(there: Node) -> tuple[str, ...]:
    if isinstance(there, Branch):
        return tuple(there.entries)
    return tuple(item.written for item in items_of(there) if isinstance(item, Leaf))


def _less_these(there: Node, taken: AbstractSet[str]) -> Node:
    match there:
        case Branch(entries=entries):
            return replace(there, entries={key: entry for key, entry in entries.items() if key not in taken})
        case Row(items=items):
            return replace(there, items=tuple(one for one in items if not _is_one_of(one, taken)))
        case Leaf():
            return there


def _is_one_of(node: Node, taken: AbstractSet[str]) -> bool:
    return isinstance(node, Leaf) and node.written in taken
