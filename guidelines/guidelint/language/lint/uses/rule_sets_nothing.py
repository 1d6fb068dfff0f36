"""A rule is judged under every guideline, and nothing of it is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.suggest import listed
from guidelint.language.text.tree import keys_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for uses of such rules with nothing beneath them."""
    for use in draft.uses:
        rule = type(use.rule)
        if rule.always and not keys_at(draft.root, use.path):
            message = f"`{rule.id()}` is judged under every guideline, and nothing of it is set here"
            keys = listed(("level", "note", *rule.parameters()))
            yield Flaw(message, use.path, f"Give it one of {keys}, or delete it.", "key", fix="take-out")


LINT = Lint(
    code="rule-sets-nothing",
    means="The rule is judged under every guideline, and nothing of it is set.",
    why="Limits and level of such a rule can be set; without them the line says nothing.",
    wrong="""\
rules: {inside-image: {}}
""",
    right="""\
rules: {inside-image: {tolerance_px: 3, level: warning}}
""",
    find=find,
    is_consequence=True,
)
