"""A rule is about the answers to a question that is answered in another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.names.references import question_of
from guidelint.language.lint.questions.asked import answered, keys_of, whom
from guidelint.validation.rule.parameters.naming import (
    CHOSEN,
    NUMBER,
    SEVERAL_CHOSEN,
    TEXT,
    AnswerOf,
    OptionOf,
    QuestionOf,
)
from guidelint.validation.rule.parameters.said import item_meanings, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from guidelint.language.form.written import WrittenAttribute
    from guidelint.language.lint.draft import Draft
    from guidelint.validation.rule.parameters.said import Said


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare kind and scope of every question that is named with what its type asks for."""
    for one, named in draft.saying(QuestionOf):
        if question := draft.written.attributes.get(str(one.value)):
            yield from _of_wrong_kind(one, named, question)
            yield from _of_wrong_scope(one, named, question)
    for one, limit in draft.saying(AnswerOf):
        name = question_of(one, limit)
        question = draft.written.attributes.get(name)
        if one.value is not None and question is not None and question.kind not in limit.kinds:
            message = f"`{one.path[-1]}` compares {_what(limit)}, and `{name}` is answered {answered(question)}"
            yield Flaw(message, one.path, _remedy(limit, question, type(one.owner)), "key")


def _of_wrong_kind(one: Said, named: QuestionOf, question: WrittenAttribute) -> Iterator[Flaw]:
    if question.kind not in named.kinds:
        message = f"`{one.value}` is answered {answered(question)}, which this cannot be asked of"
        yield Flaw(message, one.path, f"Name a question with {keys_of(named.kinds)}.", one.at)


def _of_wrong_scope(one: Said, named: QuestionOf, question: WrittenAttribute) -> Iterator[Flaw]:
    if named.about == "image" and not question.per_image:
        message = f"`{one.value}` asks {whom(question)}, and a question about the whole image is wanted"
        yield Flaw(message, one.path, "Name a question with `of: image`.", one.at)
    if named.about == "regions" and question.per_image:
        message = f"`{one.value}` asks the whole image, and a question about regions is wanted"
        yield Flaw(message, one.path, "Name a question that is `of:` a class.", one.at)


def _what(limit: AnswerOf) -> str:
    if limit.kinds == TEXT:
        return "the length of a text"
    if limit.kinds == SEVERAL_CHOSEN:
        return "sets of options"
    return "numbers" if limit.kinds & NUMBER else "options in their order"


def _remedy(limit: AnswerOf, question: WrittenAttribute, owner: type[BaseModel]) -> str:
    """Advise another question, or the parameter that takes the options of this one."""
    other = f"Name a question with {keys_of(limit.kinds)}."
    if question.kind not in CHOSEN:
        return other
    given = {name for name, source in sources(owner).items() if source.given}
    takes = (name for name in owner.model_fields if name not in given and _holds_options(owner, name))
    if (name := next(takes, None)) is None:
        return other
    return f"Give the answers that are meant under `{name}:`, or name a question with {keys_of(limit.kinds)}."


def _holds_options(owner: type[BaseModel], name: str) -> bool:
    return any(isinstance(one, OptionOf) for one in item_meanings(owner, name))


LINT = Lint(
    code="wrong-question",
    means="A rule is about the answers to a question that is answered in another way, or asked of something else.",
    why=(
        "It would never find anything: options are not compared as numbers, and what is asked of regions is not "
        "answered for the image. Name the question that is meant, or the answers in the way it has them."
    ),
    wrong="""\
attributes:
  kind: {title: Kind, of: lesion, choose_one: {round: Round, flat: Flat, unsure: Cannot tell}}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {in-doubt: {uncertain-escalates: {attribute: kind, at_most: 2}, to: senior}}
""",
    right="""\
attributes:
  kind: {title: Kind, of: lesion, choose_one: {round: Round, flat: Flat, unsure: Cannot tell}}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {in-doubt: {uncertain-escalates: {attribute: kind, values: [unsure]}, to: senior}}
""",
    find=find,
)
