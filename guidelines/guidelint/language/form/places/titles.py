"""What annotators see in place of the keys of a guideline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.names import Names, QuestionNames

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.language.form.guideline import Attribute, Guideline


def titles(guideline: Guideline) -> Names:
    """Gather what annotators call the classes, the questions and their answers."""
    return Names(
        classes=class_titles(guideline),
        questions={name: _question(part) for name, part in guideline.attributes.items()},
        images={name: part.title for name, part in guideline.images.of_task.items()},
    )


def class_titles(guideline: Guideline) -> dict[str, str]:
    """Give every class its title."""
    return {name: part.title for name, part in guideline.classes.items()}


def option_titles(part: Attribute) -> dict[str, str]:
    """Give every option of a question its title."""
    return {key: option.title for key, option in part.options.items()}


def answered(part: Attribute, keys: Iterable[str]) -> str:
    """Name an answer as annotators give it: the question, and its options as alternatives."""
    return f"{part.title} with {' or '.join(part.options[key].title for key in keys)}"


def _question(part: Attribute) -> QuestionNames:
    return QuestionNames(part.title, option_titles(part), part.number.unit if part.number else "")
