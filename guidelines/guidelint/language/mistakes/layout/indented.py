"""Parts that are indented too little to belong to their name, or too far to be a part of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.allowed_keys import fields_at
from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.span import Span
from guidelint.language.text.tree import Branch, Entry, KeyPath, Leaf, Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import BaseModel


def misindented(
    root: Node, model: type[BaseModel], lines: Sequence[str]
) -> Iterator[tuple[tuple[KeyPath, ...], Problem]]:
    """Yield the paths that stand wrong, and the one problem that they are."""
    yield from _too_little(root, (), model, lines)
    yield from _too_far(root, model, lines)


def _too_little(
    node: Node, path: KeyPath, model: type[BaseModel], lines: Sequence[str]
) -> Iterator[tuple[tuple[KeyPath, ...], Problem]]:
    """Find an empty name that is followed by its own keys, not indented."""
    if not isinstance(node, Branch) or node.in_brackets:
        return
    entries = list(node.entries.values())
    for at, entry in enumerate(entries):
        owned = _owned(entry, entries[at + 1 :], path, model)
        if owned:
            paths = tuple((*path, other.key) for other in (entry, *owned))
            yield paths, _indent(entry, owned, lines)
        yield from _too_little(entry.value, (*path, entry.key), model, lines)


def _owned(entry: Entry, following: list[Entry], path: KeyPath, model: type[BaseModel]) -> list[Entry]:
    """List the entries behind an empty one that are its keys, and keys of nothing here."""
    if not isinstance(entry.value, Leaf) or entry.value.value is not None or entry.value.written:
        return []
    here, beneath = fields_at(model, path), fields_at(model, (*path, entry.key))
    owned: list[Entry] = []
    for other in following:
        if other.key in here or other.key not in beneath:
            break
        owned.append(other)
    return owned


def _indent(entry: Entry, owned: list[Entry], lines: Sequence[str]) -> Problem:
    depth = entry.key_span.column + 2
    names = " and ".join(f"`{other.key}`" for other in owned[:2]) + (" and what follows" if len(owned) > 2 else "")  # noqa: PLR2004 - two are named
    message = f"what belongs to `{entry.key}` is not indented beneath it"
    span = block(owned[0], owned[-1], lines)
    edit = Edit(span, "\n".join(f"  {line}" if line.strip() else line for line in lines[span.line : span.end_line + 1]))
    return Problem("not-yaml", message, owned[0].key_span, f"Indent {names} with {depth} spaces.", edit)


def _too_far(root: Node, model: type[BaseModel], lines: Sequence[str]) -> Iterator[tuple[tuple[KeyPath, ...], Problem]]:
    """Find a part of the guideline that slipped beneath the part before it."""
    if not isinstance(root, Branch):
        return
    top = fields_at(model, ())
    for section in root.entries.values():
        inner = section.value
        if not isinstance(inner, Branch) or inner.in_brackets or fields_at(model, (section.key,)):
            continue
        for entry in inner.entries.values():
            if entry.key in top and entry.key not in root.entries and isinstance(entry.value, Branch):
                yield ((section.key, entry.key), (entry.key,)), _outdent(entry, section, lines)


def _outdent(entry: Entry, section: Entry, lines: Sequence[str]) -> Problem:
    depth = entry.key_span.column
    span = block(entry, entry, lines)
    rows = lines[span.line : span.end_line + 1]
    edit = Edit(span, "\n".join(row[min(depth, len(row) - len(row.lstrip())) :] for row in rows))
    message = f"`{entry.key}` is a part of the guideline, and stands indented beneath `{section.key}`"
    return Problem("not-yaml", message, entry.key_span, f"Write `{entry.key}:` at the beginning of the line.", edit)


def block(first: Entry, last: Entry, lines: Sequence[str]) -> Span:
    """Lines from the first entry to the end of the last."""
    end = last.key_span.line
    if isinstance(last.value, Leaf) or last.value.in_brackets:
        end = max(end, last.value.span.end_line - (last.value.span.end_column == 0))
    else:
        end = _end_of_part(last, lines)
    end = min(end, len(lines) - 1)
    return Span(first.key_span.line, 0, end, len(lines[end]))


def _end_of_part(entry: Entry, lines: Sequence[str]) -> int:
    """Last line of what stands beneath a key."""
    column, end = entry.key_span.column, entry.key_span.line
    for number in range(end + 1, len(lines)):
        text = lines[number].lstrip()
        if text and len(lines[number]) - len(text) <= column and not text.startswith("- "):
            break
        end = number if text else end
    return end
