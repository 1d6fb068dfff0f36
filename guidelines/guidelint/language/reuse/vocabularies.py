"""``choose_one: margin``: a vocabulary in place of the options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.reuse.names import entries_at, unknown
from guidelint.language.text.tree import Branch, Leaf, edited, node_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.reuse.notebook import Notebook
    from guidelint.language.text.tree import KeyPath, Node

VOCABULARIES: Final = "vocabularies"
OPTIONS: Final = ("choose_one", "choose_many", "scale")
"""Keys under which options stand."""


def with_vocabularies(root: Branch, notebook: Notebook) -> Branch:
    """Put the options of a vocabulary where its name stands."""
    known = entries_at(root, (VOCABULARIES,))
    if not known:
        return root
    changes: dict[KeyPath, Node | None] = {}
    for path in questions(root):
        for key in OPTIONS:
            word = node_at(root, (*path, key))
            if not isinstance(word, Leaf) or not isinstance(word.value, str):
                continue
            if (entry := known.get(word.value)) is None:
                notebook.tell(unknown("unknown-vocabulary", "vocabulary", word, known), (*path, key))
            else:
                notebook.count(entry.value, word.span)
                changes[*path, key] = entry.value
    changed = edited(root, changes)
    return changed if isinstance(changed, Branch) else root


def questions(root: Node) -> Iterator[KeyPath]:
    """Yield the path of every question, of those of sets too."""
    yield from (("attributes", name) for name in entries_at(root, ("attributes",)))
    for name in entries_at(root, ("attribute_sets",)):
        yield from (("attribute_sets", name, question) for question in entries_at(root, ("attribute_sets", name)))
