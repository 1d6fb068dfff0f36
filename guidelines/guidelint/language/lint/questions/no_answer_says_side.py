"""A rule compares answers with a side of the patient, and no answer says that side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.sides import says_side
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.parameters.naming import SaysSide
from guidelint.validation.rule.parameters.said import fields_of, questions_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for sides that neither the use names nor the question."""
    for use in draft.uses:
        for name, says in fields_of(type(use.rule), SaysSide).items():
            if name not in use.rule.model_fields_set:
                yield from _of_use(use, says, draft)


def _of_use(use: Use, says: SaysSide, draft: Draft) -> Iterator[Flaw]:
    classes = draft.written.classes
    for name in questions_named(use.rule):
        question = draft.written.attributes.get(name)
        if question is not None and question.options and not says_side(says.side, name, question, classes):
            message = f"no option of `{name}` is known to say the patient's {says.side}"
            remedy = f"Name them: `{says.side}: [option]`, here or under `laterality:` of a class, beside `asked_in`."
            yield Flaw(message, use.path, remedy, "key")


LINT = Lint(
    code="no-answer-says-side",
    means="A rule compares answers with a side of the patient, and no answer says that side.",
    why="No answer would ever be on the wrong side. Options called `left` and `right` say so by themselves.",
    wrong="""\
attributes:
  eye: {title: Eye, of: lesion, choose_one: {od: Right eye, os: Left eye}, required: true}
rules:
  side-matches-position: {attribute: eye, right: [od]}
""",
    right="""\
attributes:
  eye: {title: Eye, of: lesion, choose_one: {od: Right eye, os: Left eye}, required: true}
rules:
  side-matches-position: {attribute: eye, right: [od], left: [os]}
""",
    find=find,
)
