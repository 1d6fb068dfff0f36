"""A family of which no class is a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the families with those that classes are a kind of."""
    named = {part.kind_of for part in draft.written.classes.values()}
    for name in draft.written.families:
        if name not in named:
            remedy = f"Write `kind_of: {name}` at its kinds, or delete it."
            yield Flaw(f"no class is a kind of `{name}`", ("families", name), remedy, "key")


LINT = Lint(
    code="unused-family",
    level="warning",
    means="No class is a kind of a family.",
    why="Nothing of what it says counts. Say `kind_of` at its kinds, or delete it.",
    wrong="""\
families:
  finding: {title: Findings, rules: {area-limits: {min_mm2: 3}}}
""",
    right="""\
families:
  finding: {title: Findings, rules: {area-limits: {min_mm2: 3}}}
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, kind_of: finding}
""",
    find=find,
    is_consequence=True,
)
