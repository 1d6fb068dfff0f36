"""One rule is asked twice of the same with the same limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw, in_words
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for uses of one rule with the same parameters and classes that do the same on a departure."""
    first: dict[tuple[object, ...], Use] = {}
    for use in draft.uses:
        if use.is_conditional:
            continue
        given = tuple((name, repr(value)) for name, value in use.rule if name in use.rule.model_fields_set)
        other = first.setdefault((type(use.rule), given, frozenset(use.judged(draft.written)), _to(use, draft)), use)
        if other is not use:
            message = f"`{in_words(other.path)}` asks for the same already"
            yield Flaw(message, use.path, "Delete one of the two, or write what is meant here.", "key")


def _to(use: Use, draft: Draft) -> str:
    """Name the route that a departure leads to; empty where work is returned."""
    return draft.written.escalation.when[str(use.path[2])].to if use.escalates else ""


LINT = Lint(
    code="asked-twice",
    level="warning",
    means="One rule is asked twice of the same with the same limits.",
    why=("Everything would be told twice, and most often a copied part was not changed."),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, rules: {simple-outline: {}}}
rules: {simple-outline: {}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, rules: {closed-outline: {}}}
rules: {simple-outline: {}}
""",
    find=find,
)
