"""A criterion has a level, and escalates whatever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for levels beneath the rules of criteria."""
    for name, criterion in draft.written.escalation.when.items():
        if criterion.use.level is not None:
            path = ("escalation", "when", name, criterion.use.rule.id(), "level")
            message = f"`{name}` escalates whatever its `level:` is"
            yield Flaw(message, path, "Delete it here, or delete the criterion and use the rule elsewhere.", "key")


LINT = Lint(
    code="level-of-an-escalation",
    level="warning",
    means="A criterion has a level, and escalates whatever it is.",
    why=("A level says whether a departure returns the work. A criterion returns nothing: it escalates."),
    wrong="""\
escalation:
  routes: {senior: {who: Senior reader}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500, level: note}, to: senior}}
""",
    right="""\
escalation:
  routes: {senior: {who: Senior reader}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500}, to: senior}}
""",
    find=find,
)
