"""A YAML text as a tree in which every key and value knows its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from guidelint.language.text.scalar import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guidelint.language.text.span import Span

Step = str | int
KeyPath = tuple[Step, ...]
Plain = Scalar | dict[str, "Plain"] | tuple["Plain", ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A word, a number, a text."""

    value: Scalar
    written: str
    """As the author wrote it, quotes taken off."""
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value."""

    key: str
    key_span: Span
    value: Node


@dataclass(frozen=True, slots=True)
class Branch:
    """A mapping."""

    entries: Mapping[str, Entry]
    span: Span
    in_brackets: bool = False
    """Written as ``{…}``."""
    is_repeating: bool = False
    """A key is given twice; only the first is kept."""


@dataclass(frozen=True, slots=True)
class Row:
    """A list."""

    items: Sequence[Node]
    span: Span
    in_brackets: bool = False
    """Written as ``[…]``."""


Node = Leaf | Branch | Row


def plain(node: Node) -> Plain:
    """Turn a tree into dictionaries, tuples and scalars."""
    match node:
        case Leaf(value=value):
            return value
        case Branch(entries=entries):
            return {key: plain(entry.value) for key, entry in entries.items()}
        case Row(items=items):
            return tuple(plain(item) for item in items)


def as_json(node: Node) -> Any:
    """Turn a tree into dictionaries, lists and scalars, as JSON has them."""
    match node:
        case Leaf(value=value):
            return value
        case Branch(entries=entries):
            return {key: as_json(entry.value) for key, entry in entries.items()}
        case Row(items=items):
            return [as_json(item) for item in items]


def follow(node: Node, path: KeyPath) -> Iterator[Entry | Node]:
    """Yield what stands at each step of a path, as far as it goes."""
    for step in path:
        match node, step:
            case Branch(entries=entries), _ if (entry := entries.get(str(step))) is not None:
                yield entry
                node = entry.value
            case Row(items=items), int(index) if index < len(items):
                node = items[index]
                yield node
            case _:
                return


Part = tuple[KeyPath, Entry | Node]
"""A key with its value, or an item, and its path."""
Parts = Sequence[Part]
"""All parts of a file, each before what is in it."""


def walk(part: Entry | Node, path: KeyPath = ()) -> Iterator[Part]:
    """Yield a part and everything in it with its path: keys with their values, and items, each before what is in it."""
    waiting = [(path, part)]
    while waiting:
        path, part = waiting.pop()
        yield path, part
        match part:
            case Branch(entries=entries) | Entry(value=Branch(entries=entries)):
                waiting += [((*path, key), entries[key]) for key in reversed(tuple(entries))]
            case Row(items=items) | Entry(value=Row(items=items)):
                waiting += [((*path, at), items[at]) for at in reversed(range(len(items)))]
            case _:  # a leaf, or a key with one
                pass


def empty_parts(parts: Iterable[Part]) -> Iterator[KeyPath]:
    """Yield the path of every key behind which stands a mapping or a list with nothing in it."""
    for path, part in parts:
        match part:
            case Entry(value=Branch(entries=inner)) | Entry(value=Row(items=inner)) if not inner:
                yield path
            case _:
                pass


def value_of(part: Entry | Node) -> Node:
    """Give the value behind a key, or the item itself."""
    return part.value if isinstance(part, Entry) else part


def last_span(node: Node) -> Span:
    """Place of the last part of a value; what follows it, such as a comment, is not of it."""
    while isinstance(node, Row | Branch) and not node.in_brackets:
        inner = node.items if isinstance(node, Row) else [entry.value for entry in node.entries.values()]
        node = inner[-1]
    return node.span


def value_span(root: Node, path: KeyPath) -> Span:
    """Place of the value at a path, or of the nearest thing above it."""
    return value_of(_last(root, path)).span


def key_span(root: Node, path: KeyPath) -> Span:
    """Place of the key at a path, or of the nearest thing above it."""
    last = _last(root, path)
    return last.key_span if isinstance(last, Entry) else last.span


def node_at(root: Node, path: KeyPath) -> Node | None:
    """Find the value at a path, if there is one."""
    steps = list(follow(root, path))
    if len(steps) < len(path):
        return None
    return value_of(steps[-1]) if steps else root


def items_of(node: Node | None) -> Sequence[Node]:
    """Items of a list, or what stands alone in place of one; none where nothing does."""
    if node is None:
        return ()
    return node.items if isinstance(node, Row) else (node,)


def keys_at(root: Node, path: KeyPath) -> tuple[str, ...]:
    """Keys of the mapping at a path; none if there is no mapping."""
    node = node_at(root, path)
    return tuple(node.entries) if isinstance(node, Branch) else ()


def _last(root: Node, path: KeyPath) -> Entry | Node:
    last: Entry | Node = root
    for last in follow(root, path):  # noqa: B007 - the last one is wanted
        pass
    return last


def is_plain(leaf: Leaf, lines: Sequence[str]) -> bool:
    """Whether a word stands in one line without quotation marks."""
    span = leaf.span
    return span.line == span.end_line and lines[span.line][span.column : span.end_column] == leaf.written


def edited(node: Node, changes: Mapping[KeyPath, Node | None]) -> Node:
    """Put other values at some paths; None takes the value out. Paths that lead nowhere change nothing."""
    below: dict[str, dict[KeyPath, Node | None]] = {}
    for path, new in changes.items():
        if path:
            below.setdefault(str(path[0]), {})[path[1:]] = new
    match node:
        case Branch(entries=entries) if below:
            return replace(node, entries=dict(_entries(entries, below)))
        case Row(items=items) if below:
            return replace(node, items=list(_items(items, below)))
        case _:
            return node


def _entries(
    entries: Mapping[str, Entry], below: Mapping[str, Mapping[KeyPath, Node | None]]
) -> Iterator[tuple[str, Entry]]:
    for name, entry in entries.items():
        value = _changed(entry.value, below.get(name, {}))
        if value is not None:
            yield name, Entry(entry.key, entry.key_span, value)


def _items(items: Sequence[Node], below: Mapping[str, Mapping[KeyPath, Node | None]]) -> Iterator[Node]:
    for index, item in enumerate(items):
        value = _changed(item, below.get(str(index), {}))
        if value is not None:
            yield value


def _changed(node: Node, changes: Mapping[KeyPath, Node | None]) -> Node | None:
    return changes[()] if () in changes else edited(node, changes)
