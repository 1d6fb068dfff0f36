"""Something is taken away, and no guideline is extended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.tree import node_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for `without` alone."""
    if node_at(draft.root, ("without",)) is not None and node_at(draft.root, ("extends",)) is None:
        yield Flaw("`without` takes away of what is extended, and nothing is", ("without",), "Delete it.", "key")


LINT = Lint(
    code="taken-from-nothing",
    means="Something is taken away, and no guideline is extended.",
    why="What this guideline does not want, it need not write.",
    wrong="""\
without: {classes: {lesion: {draw: brush}}}
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: [polygon, brush]}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
""",
    find=find,
)
