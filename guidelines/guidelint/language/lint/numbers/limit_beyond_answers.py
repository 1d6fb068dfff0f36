"""A limit on the answers to a question lies where no answer is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.answers import answers_of
from guidelint.validation.rule.parameters.bound import Bound
from guidelint.validation.rule.parameters.naming import AnswerOf
from guidelint.validation.rule.wording import bounds, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare each such limit with the smallest and the largest answer that the question allows."""
    for one, answer in draft.saying(AnswerOf):
        if not answer.is_one or not isinstance(one.value, int | float):
            continue
        name = str(getattr(one.owner, answer.question, ""))
        question = draft.written.attributes.get(name)
        if question is not None and question.kind in answer.kinds:
            least, most = answers_of(question)
            is_least_for_all = one.of(Bound) is None and most is not None and one.value >= most
            if (least is not None and one.value < least) or (most is not None and one.value > most) or is_least_for_all:
                meant = "every answer lies" if most is not None and one.value >= most else "no answer lies"
                message = f"`{one.path[-1]}: {number(one.value)}` divides nothing: {meant} below it"
                remedy = f"Write a number among the answers to `{name}`, which are {bounds(least, most)}."
                yield Flaw(message, one.path, remedy)


LINT = Lint(
    code="limit-beyond-answers",
    means="A limit on the answers to a question lies where no answer is.",
    why="Either every answer would depart from it or none. The limit lies among the answers that the question allows.",
    wrong="""\
attributes:
  certainty: {title: Certainty, of: lesion, scale: {1: Low, 2: Medium, 3: High}, higher_means: surer}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {in-doubt: {uncertain-escalates: {attribute: certainty, at_most: 0}, to: senior}}
""",
    right="""\
attributes:
  certainty: {title: Certainty, of: lesion, scale: {1: Low, 2: Medium, 3: High}, higher_means: surer}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {in-doubt: {uncertain-escalates: {attribute: certainty, at_most: 1}, to: senior}}
""",
    find=find,
)
