"""A set of questions that nothing asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the sets with those that classes ask, or families for their kinds."""
    written = draft.written
    asked = {name for part in written.classes.values() for name in part.asks}
    asked |= {name for part in written.families.values() for name in part.asks} | {*written.images.asks}
    for name in written.attribute_sets:
        if name not in asked:
            remedy = f"Write `asks: {name}` at a class, or under `images:`, or delete it."
            yield Flaw(f"nothing asks the set `{name}`", ("attribute_sets", name), remedy, "key")


LINT = Lint(
    code="unused-attribute-set",
    level="warning",
    means="Nothing asks a set of questions.",
    why="Whoever reads the guideline believes that these questions are asked. Let a class ask it, or delete it.",
    wrong="""\
attribute_sets:
  doubts:
    doubt: {title: Doubt, choose_one: {yes: In doubt, no: Sure}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, asks: doubts}
attribute_sets:
  doubts:
    doubt: {title: Doubt, choose_one: {yes: In doubt, no: Sure}}
""",
    find=find,
    is_consequence=True,
)
