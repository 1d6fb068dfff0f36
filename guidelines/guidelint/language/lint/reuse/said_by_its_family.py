"""A class says for itself what it has anyway from what it is a kind of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.reuse.kinds import INHERITED
from guidelint.language.text.tree import Branch, Entry, node_at, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath, Node


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare what a kind writes with what it inherits; what it only inherits stands elsewhere in the file."""
    for name, part in draft.written.classes.items():
        if part.kind_of is not None:
            section = "families" if part.kind_of in draft.written.families else "classes"
            base = node_at(draft.root, (section, part.kind_of))
            for path in _repeated(node_at(draft.root, ("classes", name)), base, top=True):
                message = f"`{part.kind_of}` says `{path[-1]}` in the same way, and `{name}` is a kind of it"
                yield Flaw(message, ("classes", name, *path), "Delete it here.", "key")


def _repeated(own: Node | None, base: Node | None, *, top: bool = False) -> Iterator[KeyPath]:
    if not isinstance(own, Branch) or not isinstance(base, Branch):
        return
    for key in INHERITED if top else own.entries:
        mine, theirs = own.entries.get(key), base.entries.get(key)
        if mine is None or theirs is None or mine.key_span == theirs.key_span or key == "asks":
            continue
        if _is_same(mine, theirs):
            yield (key,)
        else:
            yield from ((key, *path) for path in _repeated(mine.value, theirs.value))


def _is_same(mine: Entry, theirs: Entry) -> bool:
    """Whether all of it was written again: nothing in it is inherited."""
    return plain(mine.value) == plain(theirs.value) and mine.value.span != theirs.value.span and not _inherits(mine)


def _inherits(entry: Entry) -> bool:
    """Whether a key in it stands outside it in the file."""
    if not isinstance(entry.value, Branch):
        return False
    around = entry.value.span
    return any(not around.line <= one.key_span.line <= around.end_line for one in entry.value.entries.values())


LINT = Lint(
    code="said-by-its-family",
    level="warning",
    means="A class says for itself what it has anyway from what it is a kind of.",
    why=(
        "Whoever reads it looks for the difference. When the family changes, this class stays as it is, and nobody "
        "knows whether that is meant."
    ),
    wrong="""\
families:
  finding: {title: Findings, draw: polygon}
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, kind_of: finding}
""",
    right="""\
families:
  finding: {title: Findings, draw: polygon}
classes:
  lesion: {title: Lesion, definition: Whatever looks different., kind_of: finding}
""",
    find=find,
)
