"""A rule above one submission goes by an answer that nobody enters, or anything by one that is told of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.lint.derivations.derived import following
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.counting import counting
from guidelint.language.lint.targets import targets_of_tasks
from guidelint.validation.rule.gathering import GatheringRule
from guidelint.validation.rule.parameters.naming import QuestionOf
from guidelint.validation.rule.parameters.said import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use
    from guidelint.language.text.tree import KeyPath


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for questions that nobody is asked in rules on what several have handed in, and for those of several."""
    never = {one.name for one in following(draft) if not one.derive.is_entered}
    told = {
        name: part.over or "whole object" for name, part in draft.written.attributes.items() if part.is_told_of_several
    }
    for one in counting(draft):
        if one.each in never and one.over != "image" and one.path[0] == "classes":
            yield Flaw(_message(one.each), one.each_path, _REMEDY)
    for use in draft.uses if never or told else ():
        over_several = isinstance(use.rule, GatheringRule) and use.rule.over() is not None
        for name in sorted(_named(use)):
            if name in told and use.rule.of_several and use.when is None and not use.classes:
                continue  # the rule that tells it asks
            if name in told:
                yield _told(name, told[name], use.path)
            elif name in never and over_several:
                yield Flaw(_message(name), use.path, _REMEDY, "key")
    for path, name in _gone_by(draft) if told else ():
        if name in told:
            yield _told(name, told[name], path)
    yield from _compared(draft, {*never, *told})


def _compared(draft: Draft, not_entered: set[str]) -> Iterator[Flaw]:
    """Find the questions by which readers are to be compared."""
    for path, _ in targets_of_tasks(draft):
        if (name := str(path[2])) in not_entered:
            message = f"`{name}` is entered by nobody, and readers are compared by what they entered"
            yield Flaw(message, path, _COMPARED, "key")


def _message(name: str) -> str:
    return f"`{name}` is entered by nobody, and what is judged over several submissions is what was entered"


def _told(name: str, over: str | None, path: KeyPath) -> Flaw:
    known = f"`{name}` is told of a {over} once all of it is read"
    message = f"{known}, and only `answer-escalates` goes by it, without conditions"
    return Flaw(message, path, "Name questions that it follows from.", "key")


def _gone_by(draft: Draft) -> Iterator[tuple[KeyPath, str]]:
    """Find the questions that other questions go by, each with the place where."""
    for own, question in draft.written.attributes.items():
        for key in ("required", "forbidden"):
            waits = getattr(question, key)
            for name in (*waits.when, *waits.when_number) if waits else ():
                yield ("attributes", own, key), name
        for name in question.derive.questions if question.derive and question.over is None else ():
            yield ("attributes", own, "derive"), name


def _named(use: Use) -> frozenset[str]:
    asked = frozenset(str(getattr(use.rule, name)) for name in fields_of(type(use.rule), QuestionOf))
    return asked if use.when is None else asked | use.when.questions


_COMPARED: Final = (
    "Write `on_each_task` under the questions that it follows from. An answer about an image or its regions may be "
    "entered as well: delete `entered: never`."
)
_REMEDY: Final = "Let it be entered as well, or name questions that it follows from."

LINT = Lint(
    code="derived-over-several",
    means="A rule over several submissions goes by an answer that nobody enters, or any by one told of several.",
    why=(
        "Rules over several submissions see what was entered; what follows from it is worked out for each submission "
        "by itself. What follows from a whole series, study or patient is known when all is in, and is told; "
        "`answer-escalates` may name it, under no further condition, which might hold on some of the tasks alone."
    ),
    wrong="""\
attributes:
  left: {title: Left, of: image, scale: {0: None, 1: Mild}, higher_means: worse, required: true}
  grade:
    title: Grade
    of: image
    scale: {0: None, 1: Mild}
    higher_means: worse
    derive: {worst_of: left, entered: never}
readers: {rules: {enough-readers: {min: 2}, overlap-agreement: {min_dice: 0.7, when: {answer: {grade: 1}}}}}
""",
    right="""\
attributes:
  left: {title: Left, of: image, scale: {0: None, 1: Mild}, higher_means: worse, required: true}
  grade:
    title: Grade
    of: image
    scale: {0: None, 1: Mild}
    higher_means: worse
    derive: {worst_of: left, entered: never}
readers: {rules: {enough-readers: {min: 2}, overlap-agreement: {min_dice: 0.7, when: {answer: {left: 1}}}}}
""",
    find=find,
)
