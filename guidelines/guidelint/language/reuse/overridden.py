"""What a guideline says otherwise than the one that it extends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.narrowed import Change, Narrowed
from guidelint.language.reuse.base import OWN
from guidelint.language.text.tree import Branch, Entry, Leaf, Row, node_at, plain, value_of, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.language.reuse.base import Base
    from guidelint.language.text.tree import Node

_LONGEST = 60


def narrowed(base: Base, own: Node, taken_away: Iterable[Change]) -> Narrowed:
    """List what is taken away, then what is written in both, and differs."""
    there, changes = base.guideline, (*taken_away, *_changes(base, own))
    return Narrowed(base=base.name, title=there.title, version=there.version, changes=changes)


def _changes(base: Base, own: Node) -> Iterator[Change]:
    for path, part in walk(own):
        if not path or path[0] in OWN or not isinstance(part, Entry):
            continue
        here, there = value_of(part), node_at(base.read.tree, path)
        is_whole = not isinstance(here, Branch) or not isinstance(there, Branch)
        if there is not None and is_whole and plain(here) != plain(there):
            yield Change(path=tuple(map(str, path)), there=_shown(there), here=_shown(here))


def _shown(node: Node) -> str:
    match node:
        case Leaf(written=written):
            words = " ".join(written.split())
            return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
        case Row(items=items) if all(isinstance(item, Leaf) for item in items):
            return ", ".join(_shown(item) for item in items)
        case _:
            return "…"
