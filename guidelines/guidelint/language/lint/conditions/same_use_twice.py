"""Two uses of one rule, one of them under a condition, ask the same thing of the same work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.conditions.asked_together import asked_together
from guidelint.language.lint.flaw import Flaw, in_words
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the parameters of every two uses of one rule that may be asked of the same."""
    for one, other in asked_together(draft):
        if one.rule == other.rule:
            message = f"`{other.path[-1]}` asks what `{in_words(one.path)}` asks already, of the same work"
            yield Flaw(message, other.path, "Delete one of them, or give it the limits that are meant.", "key")


LINT = Lint(
    code="same-use-twice",
    level="warning",
    means="Two uses of one rule, one of them under a condition, ask the same thing of the same work.",
    why="Every departure would be told twice. Delete one, or give it the limits or the condition that is meant.",
    wrong="""\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: polygon
    rules:
      area-limits: {min_mm2: 4}
      not-too-small: {rule: area-limits, min_mm2: 4, when: {source: prediction}}
""",
    right="""\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: polygon
    rules:
      area-limits: {min_mm2: 4}
      not-too-small: {rule: area-limits, min_mm2: 9, when: {source: prediction}}
""",
    find=find,
)
