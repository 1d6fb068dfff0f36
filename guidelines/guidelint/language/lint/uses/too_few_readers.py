"""A rule compares readers, and a task may have fewer than it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw, in_words
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.most_readers import most_readers
from guidelint.validation.rule.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for rules that compare more readers than a task may have, whatever is marked on it."""
    most = most_readers(draft)
    for use in draft.uses:
        wanted = use.rule.compares_readers
        for end in most:
            if end.value < wanted:
                allowed = f"`{in_words(end.path)}` allows {number(end.value)}"
                message = f"`{use.rule.id()}` compares {wanted} readers, and {allowed}"
                yield Flaw(message, use.path, "Allow more readers, or delete the rule.", "key")


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
