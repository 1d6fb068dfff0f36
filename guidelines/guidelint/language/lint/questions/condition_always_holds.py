"""A question waits for an answer that is always given."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.parameters.naming import Condition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for conditions with every answer to a question that must be answered."""
    for one, _ in draft.saying(Condition):
        for name, options in cast("Mapping[str, tuple[str, ...]]", one.value or {}).items():
            question = draft.written.attributes.get(name)
            if question is not None and question.options and {*question.options} == {*options}:
                message = f"whatever is answered to `{name}`, the condition holds"
                yield Flaw(
                    message, (*one.path, name), "Leave out the answers that are not meant, or write `true`.", "key"
                )


LINT = Lint(
    code="condition-always-holds",
    level="warning",
    means="A question waits for an answer that is always given.",
    why=("A condition with every answer in it holds whatever is answered. Name the answers that are meant."),
    wrong="""\
attributes:
  kind: {title: Kind, of: lesion, choose_one: {round: Round, flat: Flat}, required: true}
  rim: {title: Rim, of: lesion, choose_one: {sharp: Sharp, faint: Faint}, required: {when: {kind: [round, flat]}}}
""",
    right="""\
attributes:
  kind: {title: Kind, of: lesion, choose_one: {round: Round, flat: Flat}, required: true}
  rim: {title: Rim, of: lesion, choose_one: {sharp: Sharp, faint: Faint}, required: {when: {kind: [round]}}}
""",
    find=find,
)
