"""``kind_of: lesion``: a class that has what its family, or another class, has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from guidelint.language.reuse.attribute_sets import ASKS
from guidelint.language.reuse.lineage import lineage
from guidelint.language.reuse.merged import merged
from guidelint.language.reuse.names import entries_at, with_entry
from guidelint.language.reuse.notebook import Notebook
from guidelint.language.text.problem import Problem
from guidelint.language.text.tree import Branch, Entry, Leaf, Row, edited, items_of, node_at, value_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guidelint.language.text.span import Span
    from guidelint.language.text.tree import KeyPath, Node

FAMILIES: Final = "families"
INHERITED: Final = ("draw", "on", "border", "excluded_from", "together_with", "group", "rules", ASKS)
"""What a kind has of what it is a kind of."""


def with_kinds(root: Branch, notebook: Notebook) -> Branch:
    """Give every kind what it inherits, and let what is said of a family or class hold for its kinds."""
    classes, families = entries_at(root, ("classes",)), entries_at(root, (FAMILIES,))
    for name in families.keys() & classes.keys():
        message, place = f"`{name}` is a family and a class", families[name].key_span
        notebook.tell(Problem("name-taken", message, place, "Give one of them another name."))
    found = lineage(classes, families, notebook)
    whole: dict[str, Node] = {}
    for name, above in found.above.items():
        for child, parent in reversed([*zip((name, *above), above, strict=False)]):
            if child not in whole:
                base = whole.get(parent) or (families[parent] if parent in families else classes[parent]).value
                whole[child] = _inheriting(classes[child].value, base, notebook, is_family=parent in families)
    changes: dict[KeyPath, Node | None] = {("classes", name): node for name, node in whole.items()}
    changes |= dict(_for_all_kinds(root, found.kinds, families, notebook))
    changed = edited(root, changes) if changes else root
    return changed if isinstance(changed, Branch) else root


def kinds_of(root: Node) -> Mapping[str, tuple[str, ...]]:
    """List the kinds of every family and class that has some."""
    return lineage(entries_at(root, ("classes",)), entries_at(root, (FAMILIES,)), Notebook()).kinds


def _inheriting(own: Node, base: Node, notebook: Notebook, *, is_family: bool) -> Node:
    if not isinstance(own, Branch) or not isinstance(base, Branch):
        return own
    for key in INHERITED:
        entry = base.entries.get(key)
        if entry is None and key == "group" and is_family:
            entry = base.entries.get("title")
        if entry is not None:
            notebook.count(entry.value, own.span)
            own = with_entry(own, _inherited(key, own.entries.get(key), entry))
    return own


def _inherited(key: str, own: Entry | None, base: Entry) -> Entry:
    if own is None:
        return replace(base, key=key)
    if key == ASKS:
        return replace(own, value=_each_once((*items_of(base.value), *items_of(own.value)), own.value.span))
    return replace(own, value=merged(own.value, base.value)) if key == "rules" else own


def _each_once(items: Iterable[Node], place: Span) -> Row:
    """Make a list of names in which none stands twice."""
    named = {item.written if isinstance(item, Leaf) else id(item): item for item in items}
    return Row(tuple(named.values()), place)


def _for_all_kinds(
    root: Node, kinds: Mapping[str, tuple[str, ...]], families: Mapping[str, Entry], notebook: Notebook
) -> Iterator[tuple[KeyPath, Node]]:
    """Yield every list of classes that a question or a criterion is for, with the kinds of each."""
    for path in _concerned(root) if kinds else ():
        items = items_of(node_at(root, path))
        if not any(isinstance(item, Leaf) and item.written in kinds for item in items):
            continue
        place = value_span(root, path)
        whole = _each_once((one for item in items for one in _all_kinds(item, kinds, families)), place)
        notebook.count(whole, place)
        yield path, whole


def _all_kinds(item: Node, kinds: Mapping[str, tuple[str, ...]], families: Mapping[str, Entry]) -> Iterator[Node]:
    """Yield a class with its kinds, a family's kinds alone, and everything else as it stands."""
    name = item.written if isinstance(item, Leaf) else ""
    of_it = kinds.get(name, ())
    if not of_it or name not in families:
        yield item
    yield from (Leaf(kind, kind, item.span) for kind in of_it)


def _concerned(root: Node) -> Iterator[KeyPath]:
    yield from (("attributes", name, "of") for name in entries_at(root, ("attributes",)))
    yield from (("escalation", "when", name, "class") for name in entries_at(root, ("escalation", "when")))
