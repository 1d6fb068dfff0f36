"""An empty submission is an answer, and a question must say so all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for both ways to say that there is nothing."""
    empty = draft.written.empty_reading
    if empty is not None and empty.means is not None and empty.say:
        message = "`say:` has no effect beside `means:`: whoever hands in nothing need not answer anything"
        remedy = "Delete `means:` if the question must be answered, else `say:`."
        yield Flaw(message, ("empty_reading", "say"), remedy, "key")


LINT = Lint(
    code="nothing-to-say",
    means="An empty submission is an answer, and a question must say so all the same.",
    why=(
        "With `means`, handing in nothing is enough; `say` asks for an answer where nothing is marked. Only one of "
        "the two holds."
    ),
    wrong="""\
attributes:
  finding: {title: Finding, of: image, choose_one: {none: No lesion, some: At least one}}
empty_reading: {means: There is no lesion., say: {finding: none}}
""",
    right="""\
attributes:
  finding: {title: Finding, of: image, choose_one: {none: No lesion, some: At least one}}
empty_reading: {say: {finding: none}}
""",
    find=find,
)
