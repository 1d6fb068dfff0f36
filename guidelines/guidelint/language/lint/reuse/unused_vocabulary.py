"""A vocabulary that no question uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.reuse.vocabularies import OPTIONS, questions
from guidelint.language.text.tree import node_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for vocabularies whose options, at their places in the file, are those of no question."""
    names = draft.written.vocabularies
    options = (node_at(draft.root, (*path, key)) for path in questions(draft.root) for key in OPTIONS) if names else ()
    used = {node.span for node in options if node is not None}
    for name in names:
        node = node_at(draft.root, ("vocabularies", name))
        if node is not None and node.span not in used:
            remedy = f"Write `choose_one: {name}` at a question, or delete it."
            yield Flaw(f"no question uses the vocabulary `{name}`", ("vocabularies", name), remedy, "key")


LINT = Lint(
    code="unused-vocabulary",
    level="warning",
    means="No question uses a vocabulary.",
    why="Whoever reads the guideline believes that these options are asked somewhere. Use it, or delete it.",
    wrong="""\
vocabularies:
  sureness: {yes: In doubt, no: Sure}
""",
    right="""\
vocabularies:
  sureness: {yes: In doubt, no: Sure}
attributes:
  doubt: {title: Doubt, of: lesion, choose_one: sureness}
""",
    find=find,
    is_consequence=True,
)
