"""The steps of a scale do not rise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the order of the steps with their numbers."""
    for name, question in draft.written.attributes.items():
        if question.scale and list(question.scale) != sorted(question.scale, key=int):
            path = ("attributes", name, "scale")
            yield Flaw(f"the steps of `{name}` do not rise", path, "Sort them.", "key")


LINT = Lint(
    code="unordered-scale",
    means="The steps of a scale do not rise.",
    why="A scale is shown in the order in which it is written; write it from the lowest step to the highest.",
    wrong="""\
attributes:
  doubt: {title: Doubt, of: lesion, scale: {3: High, 2: Medium, 1: Low}, higher_means: less sure}
""",
    right="""\
attributes:
  doubt: {title: Doubt, of: lesion, scale: {1: Low, 2: Medium, 3: High}, higher_means: less sure}
""",
    find=find,
)
