"""Every answer to a question is among those that are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.parameters.naming import OptionOf
from guidelint.validation.rule.parameters.said import item_meanings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.written import WrittenAttribute
    from guidelint.language.lint.draft import Draft
    from guidelint.validation.rule.rule import Rule


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for lists of options that hold all there are; of two that oppose each other, an open answer is a third."""
    for use in draft.uses:
        kind = type(use.rule)
        for name in type(use.rule).model_fields:
            option = next((one for one in item_meanings(kind, name) if isinstance(one, OptionOf)), None)
            question = draft.written.attributes.get(str(getattr(use.rule, option.question, ""))) if option else None
            given = {*getattr(use.rule, name)} if question is not None else set[str]()
            if question is not None and {*question.options} == given and (_is_asked(question) or not _is_opposed(kind)):
                message = f"`{name}` lists every answer to `{getattr(use.rule, option.question if option else '')}`"
                remedy = "Leave out the answers that are not meant, or delete the rule."
                yield Flaw(message, (*use.path, name), remedy, "key")


def _is_asked(question: WrittenAttribute) -> bool:
    """Whether it must always be answered."""
    return question.required is not None and not question.required.when


def _is_opposed(kind: type[Rule]) -> bool:
    """Whether the rule has options that mean the one, and others that mean its opposite."""
    said = (one for name in kind.model_fields for one in item_meanings(kind, name))
    return any(isinstance(one, OptionOf) and one.apart_from for one in said)


LINT = Lint(
    code="every-answer",
    level="warning",
    means="Every answer to a question is among those that are meant.",
    why=(
        "Whatever is answered, the rule finds the same: everything escalates, or nothing is ever marked. Leave out "
        "the answers that are not meant."
    ),
    wrong="""\
attributes:
  doubt: {title: Doubt, of: lesion, choose_one: {yes: In doubt, no: Sure}, required: true}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {in-doubt: {uncertain-escalates: {attribute: doubt, values: [yes, no]}, to: senior}}
""",
    right="""\
attributes:
  doubt: {title: Doubt, of: lesion, choose_one: {yes: In doubt, no: Sure}, required: true}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {in-doubt: {uncertain-escalates: {attribute: doubt, values: [yes]}, to: senior}}
""",
    find=find,
)
