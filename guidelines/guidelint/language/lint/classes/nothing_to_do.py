"""There is neither a class to mark nor a question to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.tree import keys_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for anything that a guideline asks for."""
    if not keys_at(draft.root, ("classes",)) and not keys_at(draft.root, ("attributes",)):
        message = "there is neither a class to mark nor a question to answer"
        yield Flaw(
            message, ("classes",), "Write what is marked under `classes:`, or what is asked under `attributes:`."
        )


LINT = Lint(
    code="nothing-to-do",
    means="There is neither a class to mark nor a question to answer.",
    why="A guideline asks for something.",
    wrong="""\
classes: {}
""",
    right="""\
classes: {}
attributes:
  quality: {title: Image quality, of: image, choose_one: {good: Good, poor: Poor}}
""",
    find=find,
    is_consequence=True,
)
