"""A question is asked only when it is itself answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.questions.conditions import waits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for questions that wait for themselves."""
    for wait in waits(draft):
        if wait.question == wait.other:
            message = f"`{wait.question}` is asked only when it is itself answered"
            yield Flaw(message, wait.path, "Name another question.", "key")


LINT = Lint(
    code="asks-itself",
    means="A question is asked only when it is itself answered.",
    why="Nobody would ever be asked. Name the other question that decides.",
    wrong="""\
attributes:
  kind:
    title: Kind
    of: lesion
    choose_one: {round: Round, flat: Flat}
    required: {when: {kind: round}}
""",
    right="""\
attributes:
  kind: {title: Kind, of: lesion, choose_one: {round: Round, flat: Flat}, required: true}
""",
    find=find,
)
