"""A rule compares readers, and a task may have fewer than it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.parameters.bound import READERS, Upper
from guidelint.validation.rule.parameters.said import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use
    from guidelint.language.text.tree import KeyPath


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for rules that compare more readers than a task may have, whatever is marked on it."""
    limits = [limit for use in draft.uses for limit in _most_readers(use)]
    for use in draft.uses:
        for most, path in limits:
            if most < use.rule.compares_readers:
                where = ": ".join(map(str, path))
                message = f"`{use.rule.id()}` compares {use.rule.compares_readers} readers, and `{where}` allows {most}"
                yield Flaw(message, use.path, "Allow more readers, or delete the rule.", "key")


def _most_readers(use: Use) -> Iterator[tuple[int, KeyPath]]:
    """Tell how many readers every task may have; a criterion or a class says it of some."""
    if use.classes or use.path[0] == "escalation" or getattr(use.rule, "classes", ()):
        return
    for one in said(use.rule, use.path):
        bound = one.of(Upper)
        if bound is not None and bound.of == READERS and isinstance(one.value, int):
            yield one.value, one.path


LINT = Lint(
    code="too-few-readers",
    means="A rule compares readers, and a task may not have as many as it needs.",
    why="One reader agrees with nobody: the rule would never find anything, and whoever reads the guideline believes "
    "that agreement is judged.",
    wrong="""\
readers: {rules: {enough-readers: {max: 1}, overlap-agreement: {min_dice: 0.7}}}
""",
    right="""\
readers: {rules: {enough-readers: {min: 2}, overlap-agreement: {min_dice: 0.7}}}
""",
    find=find,
)
