"""The titles of a guideline, for sentences that annotators read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.names import Names, QuestionNames

if TYPE_CHECKING:
    from guidelint.guideline.model import Attribute, Guideline


def titles(guideline: Guideline) -> Names:
    """Gather what annotators call the classes, the questions and their answers."""
    return Names(
        classes={name: part.title for name, part in guideline.classes.items()},
        questions={name: _question(part) for name, part in guideline.attributes.items()},
    )


def _question(part: Attribute) -> QuestionNames:
    options = {key: option.title for key, option in part.options.items()}
    return QuestionNames(part.title, options, part.number.unit if part.number else "")
