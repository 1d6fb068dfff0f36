"""A rule above one submission goes by an answer that nobody enters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.lint.derivations.derived import following
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.counting import counting
from guidelint.validation.rule.gathering import GatheringRule
from guidelint.validation.rule.parameters.naming import QuestionOf
from guidelint.validation.rule.parameters.said import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for questions that nobody is asked in rules on what several have handed in."""
    never = {one.name for one in following(draft) if not one.derive.is_entered}
    for one in counting(draft):
        if one.each in never and one.over != "image" and one.path[0] == "classes":
            yield Flaw(_message(one.each), one.each_path, _REMEDY)
    for use in draft.uses if never else ():
        if isinstance(use.rule, GatheringRule) and use.rule.over() is not None:
            for name in sorted(never & _named(use)):
                yield Flaw(_message(name), use.path, _REMEDY, "key")


def _message(name: str) -> str:
    return f"`{name}` is entered by nobody, and what is judged over several submissions is what was entered"


def _named(use: Use) -> frozenset[str]:
    asked = frozenset(str(getattr(use.rule, name)) for name in fields_of(type(use.rule), QuestionOf))
    return asked if use.when is None else asked | use.when.questions


_REMEDY: Final = "Let it be entered as well, or name questions that it follows from."

LINT = Lint(
    code="derived-over-several",
    means="A rule over a series, a patient or several readers goes by an answer that nobody enters.",
    why="Such rules see what was entered; what follows from it is worked out for each submission by itself.",
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
