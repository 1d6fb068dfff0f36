"""Where a guideline asks for something, as people find it there: headings from the general to the particular."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.form.places.titles import titles
from guidelint.validation.rule.names import plain
from guidelint.validation.rule.parameters.naming import NameOf
from guidelint.validation.rule.parameters.said import questions_named, said
from guidelint.validation.rule.scope import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.language.form.guideline import Attribute, Guideline, RuleUse
    from guidelint.validation.rule.rule import Rule

BETWEEN: Final = " › "
"""Stands between two headings of a place."""
OF_QUESTION: Final = ": "
"""Stands between a question and what an author calls a rule about it."""
EVERY_SUBMISSION: Final = "Every submission"
WHOLE_SUBMISSION: Final = "Whole submission"
CLASSES: Final = "Classes"
HOW_TO_DRAW: Final = "How to draw"
DRAWN_ON: Final = "Drawn on"
LABELS: Final = "Labels"
IMAGE: Final = "Image"
"""Heading of what an image must be, and of what is asked about it."""
RELATIONS: Final = "Relations"
ESCALATION: Final = "Escalation"
READERS: Final = "Readers"
ANNOTATORS: Final = "Annotators"
EXAM: Final = "Exam"
BOUNDARY: Final = "Boundary"
SIZE: Final = "Size"
NOTHING_TO_MARK: Final = "When there is nothing to mark"
_SPELT_OUT: Final = 2
"""So many classes are named one by one in a heading."""


def place(*headings: str) -> str:
    """Join headings to a place."""
    return BETWEEN.join(headings)


TOLD_NOWHERE: Final = frozenset({EVERY_SUBMISSION, place(CLASSES, LABELS)})
"""Places of what goes without saying: annotators read nothing there."""


def heading(classes: Sequence[str], guideline: Guideline) -> str:
    """Name classes in a heading: one by its title, two as alternatives, more by the title of their guideline."""
    if len(classes) > _SPELT_OUT:
        return guideline.title
    return " or ".join(guideline.classes[name].title for name in classes if name in guideline.classes)


def question_place(part: Attribute, guideline: Guideline) -> str:
    """Tell where a question is found: under what it is asked about."""
    whole = part.over.capitalize() if part.over else IMAGE
    return place(heading(part.of, guideline) or whole, part.title)


def class_place(rule: Rule, title: str) -> str:
    """Tell where a class asks for a rule on its regions, or on what is read of it."""
    if rule.scope.section != ROOT:
        return place(title, rule.scope.section[0].capitalize())
    return place(title, SIZE if rule.about == "size" else BOUNDARY)


def submission_place(rule: Rule, guideline: Guideline) -> str:
    """Tell where a rule on everything that is handed in is found: at its question, if it is about one."""
    part = question_of(rule, guideline)
    return question_place(part, guideline) if part else place(WHOLE_SUBMISSION, matter(rule, guideline))


def section_place(section: str, rule: Rule, guideline: Guideline) -> str:
    """Tell where a rule of a part that a scope has for itself is found."""
    return place(section.capitalize(), matter(rule, guideline))


def use_place(where: str, key: str, use: RuleUse, guideline: Guideline) -> str:
    """Tell uses of one rule apart that stand at one place: by what the author calls them, and by their conditions."""
    named = _named(where, key, use, guideline) if use.is_named else where
    return f"{named} (if {plain(use.when.told(titles(guideline)))})" if use.when is not None else named


def _named(where: str, key: str, use: RuleUse, guideline: Guideline) -> str:
    """Put the name of a use in the place of what its rule is about; a question is named beside it."""
    words = _in_words(key)
    if question_of(use.rule, guideline) is not None:
        return f"{where}{OF_QUESTION}{words}"
    return place(where.rpartition(BETWEEN)[0], words)


def _in_words(key: str) -> str:
    return key.replace("-", " ").capitalize()


def matter(rule: Rule, guideline: Guideline, classes: Sequence[str] = ()) -> str:
    """Name what a rule is about: its question, else its classes, else what it asks in the words of its name."""
    if part := question_of(rule, guideline):
        return part.title
    named = classes_of(rule) or tuple(classes)
    shown = [guideline.classes[name].title for name in named if name in guideline.classes]
    return " and ".join(shown) if 0 < len(shown) <= _SPELT_OUT else rule_words(rule)


def rule_words(rule: Rule) -> str:
    """Spell the name of a rule in plain words."""
    return _in_words(rule.id())


def question_of(rule: Rule, guideline: Guideline) -> Attribute | None:
    """Find the question that a rule is about, as the types of its parameters say."""
    return next(filter(None, (guideline.attributes.get(name) for name in questions_named(rule))), None)


def classes_of(rule: Rule) -> tuple[str, ...]:
    """List the classes that a rule names in its parameters, each once, in their order."""
    named = (one for one in said(rule) if one.at == "value" and (name := one.of(NameOf)) and name.kind == "class")
    return tuple(dict.fromkeys(str(one.value) for one in named))
