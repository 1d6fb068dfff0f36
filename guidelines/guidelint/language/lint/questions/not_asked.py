"""A rule is about the answers of a class that is not asked the question, or waits for an answer from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.counting import counting
from guidelint.language.lint.questions.asked import whom
from guidelint.language.lint.questions.conditions import waits
from guidelint.validation.rule.parameters.naming import Concerned
from guidelint.validation.rule.parameters.said import fields_of
from guidelint.validation.rule.wording import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.written import WrittenAttribute
    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.counting import Counting
    from guidelint.language.lint.rule_uses import Use
    from guidelint.language.text.tree import KeyPath


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the classes of every use with those that its question asks, and both questions of every condition."""
    for use in draft.uses:
        for name, asks in fields_of(type(use.rule), Concerned).items():
            if asks.asked:
                yield from _of_use(use, name, str(getattr(use.rule, asks.asked)), draft)
    for one in counting(draft):
        yield from _of_count(one, draft)
    for wait in waits(draft):
        question, other = (draft.written.attributes.get(name) for name in (wait.question, wait.other))
        if question is not None and other is not None and wait.question != wait.other and not _meets(question, other):
            message = (
                f"`{wait.question}` asks {whom(question)}, and `{wait.other}` asks {whom(other)}: "
                "where the one is asked, the other is not answered"
            )
            remedy = "Name a question about the whole image, or one of the same classes."
            yield Flaw(message, wait.path, remedy, "key")


def _of_use(use: Use, parameter: str, name: str, draft: Draft) -> Iterator[Flaw]:
    question = draft.written.attributes.get(name)
    if question is None:
        return
    for path, given in _given(use, parameter):
        if given in draft.written.classes and given not in question.of:
            message = f"`{given}` is not asked `{name}`, which asks {whom(question)}"
            remedy = f"Delete `{path[-2]}:`." if question.per_image else f"Name {whom(question)}, or another question."
            yield Flaw(message, path, remedy)


def _of_count(one: Counting, draft: Draft) -> Iterator[Flaw]:
    """Find the classes that are counted for each answer to a question which they are not asked."""
    question = draft.written.attributes.get(one.each)
    if question is not None and not question.per_image:
        others = tuple(name for name in one.classes if name not in question.of)
        if others:
            message = f"{either(f'`{name}`' for name in others)} is not asked `{one.each}`, which asks {whom(question)}"
            yield Flaw(message, one.each_path, f"Count {whom(question)}, or name another question.")


def _given(use: Use, parameter: str) -> Iterator[tuple[KeyPath, str]]:
    """Yield the classes that a use is for, with their places: its own, else those of its criterion."""
    own: tuple[str, ...] = getattr(use.rule, parameter)
    if own:
        yield from (((*use.path, parameter, at), name) for at, name in enumerate(own))
    elif use.escalates:
        yield from (((*use.path[:-1], "class", at), name) for at, name in enumerate(use.classes))


def _meets(question: WrittenAttribute, other: WrittenAttribute) -> bool:
    """Whether somebody is asked both: what is answered about the image holds for its regions, not the reverse."""
    return other.per_image or bool({*question.of} & {*other.of})


LINT = Lint(
    code="not-asked",
    means="A question is used for something that it does not ask.",
    why=(
        "The answer is never there, so the rule would find nothing, or everything. Only the classes under `of` are "
        "asked; an answer about the image holds for all its regions."
    ),
    wrong="""\
attributes:
  quality: {title: Image quality, of: image, choose_one: {good: Good, poor: Poor}}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {poor: {class: lesion, answer-escalates: {attribute: quality, values: [poor]}, to: senior}}
""",
    right="""\
attributes:
  quality: {title: Image quality, of: image, choose_one: {good: Good, poor: Poor}}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {poor: {answer-escalates: {attribute: quality, values: [poor]}, to: senior}}
""",
    find=find,
)
