"""A limit on the answers to a question lies where no answer is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.names.references import question_of
from guidelint.language.lint.numbers.answers import answers_of
from guidelint.validation.rule.parameters.bound import Bound, Upper
from guidelint.validation.rule.parameters.naming import TEXT, AnswerOf
from guidelint.validation.rule.wording import bounds, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.written import WrittenAttribute
    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare each such limit with the smallest and the largest answer that the question allows."""
    yield from _too_wide(draft)
    for one, answer in draft.saying(AnswerOf):
        if not answer.is_one or not isinstance(one.value, int | float):
            continue
        name = question_of(one, answer)
        question = draft.written.attributes.get(name)
        if question is not None and question.kind in answer.kinds:
            least, most = answers_of(question)
            is_least_for_all = one.of(Bound) is None and most is not None and one.value >= most
            if (least is not None and one.value < least) or (most is not None and one.value > most) or is_least_for_all:
                meant = "every answer lies" if most is not None and one.value >= most else "no answer lies"
                message = f"`{one.path[-1]}: {number(one.value)}` divides nothing: {meant} below it"
                remedy = f"Write a number among the answers to `{name}`, which are {bounds(least, most)}."
                yield Flaw(message, one.path, remedy)


def _too_wide(draft: Draft) -> Iterator[Flaw]:
    """Compare what two answers may be apart with how far any two can be."""
    for one, answer in draft.saying(AnswerOf):
        question = draft.written.attributes.get(question_of(one, answer))
        bound = one.of(Upper)
        if answer.is_one or bound is None or not isinstance(one.value, int | float) or question is None:
            continue
        farthest = _farthest(question) if question.kind in answer.kinds and answer.kinds != TEXT else None
        if farthest is not None and one.value >= farthest:
            message = f"`{one.path[-1]}: {number(one.value)}` limits nothing: no two answers are farther apart"
            yield Flaw(message, one.path, f"Write less than {number(farthest)}, or delete it.")


def _farthest(question: WrittenAttribute) -> float | None:
    """Tell how far two answers can be apart: in steps of the options, or as numbers; None: there is no end to it."""
    if question.options:
        return len(question.options) - 1
    least, most = answers_of(question)
    return None if least is None or most is None else most - least


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
