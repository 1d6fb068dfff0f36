"""Every answer to a question is among those that are meant."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from guidelint.language.form.guideline import may_stay_open
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.parameters.naming import OptionOf
from guidelint.validation.rule.parameters.said import item_meanings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.lint.draft import Draft
    from guidelint.validation.rule.rule import Rule


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for lists of options that hold all there are; of two that oppose each other, an open answer is a third."""
    for use in draft.uses:
        lists = _lists_of_options(type(use.rule))
        are_opposed = any(option.apart_from for option in lists.values())
        for name, option in lists.items():
            asked = str(getattr(use.rule, option.question, ""))
            question = draft.written.attributes.get(asked)
            if question is None or (are_opposed and may_stay_open(question.required)):
                continue
            listed = {*getattr(use.rule, name)}
            if listed and listed == {*question.options}:
                message = f"`{name}` lists every answer to `{asked}`"
                remedy = "Leave out the answers that are not meant, or delete the rule."
                yield Flaw(message, (*use.path, name), remedy, "key")


@cache
def _lists_of_options(kind: type[Rule]) -> Mapping[str, OptionOf]:
    """Find the parameters that list options of a question."""
    said = ((name, one) for name in kind.model_fields for one in item_meanings(kind, name))
    return MappingProxyType({name: one for name, one in said if isinstance(one, OptionOf)})


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
