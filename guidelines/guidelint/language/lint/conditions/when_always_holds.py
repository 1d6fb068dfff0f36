"""A condition that everything meets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.conditions.allowed import allowed
from guidelint.language.lint.conditions.alternatives import alternatives, can_hold, says_nothing
from guidelint.language.lint.every_condition import every_condition
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for an alternative that leaves nothing out of what the guideline allows."""
    everything = allowed(draft)
    for path, condition in every_condition(draft):
        found = alternatives(condition, draft.written)
        if any(can_hold(one, everything) and says_nothing(one, everything, draft.written) for one in found):
            message = "this always holds: it leaves out nothing that the guideline allows"
            yield Flaw(message, path, "Delete it, or write the condition that is meant.", "key")


LINT = Lint(
    code="when-always-holds",
    level="warning",
    means="A condition is one that everything meets.",
    why="It asks for nothing. Whoever reads it believes that some work is left out; delete it, or write what is meant.",
    wrong="""\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: polygon
    rules: {area-limits: {min_mm2: 4, when: {source: [manual, prediction, prediction-changed]}}}
""",
    right="""\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: polygon
    rules: {area-limits: {min_mm2: 4, when: {source: [prediction, prediction-changed]}}}
""",
    find=find,
)
