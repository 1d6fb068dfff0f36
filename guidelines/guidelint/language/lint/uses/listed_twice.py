"""A list has the same entry twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.tree import Leaf, Row, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath, Node


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for entries that a list has already; a pair of one class with itself is none."""
    for path, part in draft.parts:
        row = value_of(part)
        if isinstance(row, Row) and not (path and isinstance(path[-1], int)):
            yield from _repeated(row, path)


def _repeated(row: Row, path: KeyPath) -> Iterator[Flaw]:
    first: dict[object, int] = {}
    for at, item in enumerate(row.items):
        entry = _entry(item)
        if entry is not None and first.setdefault(entry, at) != at:
            what = f"`{item.written}`" if isinstance(item, Leaf) else "the same pair"
            yield Flaw(
                f"{what} stands in this list twice", (*path, at), "Delete one of the two, or write what is meant."
            )


def _entry(item: Node) -> object:
    """Give what is compared: a word, or a pair in either order; None for all else."""
    if isinstance(item, Leaf):
        return item.written
    if isinstance(item, Row) and all(isinstance(one, Leaf) for one in item.items):
        return tuple(sorted(one.written for one in item.items if isinstance(one, Leaf)))
    return None


LINT = Lint(
    code="listed-twice",
    level="warning",
    means="A list has the same entry twice.",
    why=("The second says nothing, and most often another one was meant: in a copied line a word was not changed."),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, includes: [cysts, cysts]}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, includes: [cysts, scars]}
""",
    find=find,
)
