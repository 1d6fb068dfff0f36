"""What annotators call the classes, questions and options of the guideline, by their keys."""

from __future__ import annotations

from typing import Annotated

from guidelint.validation.rule.beside import Beside
from guidelint.validation.rule.parameters.free_text import Words
from guidelint.validation.rule.parameters.naming import ClassName, ImageName, OptionName, QuestionName
from guidelint.validation.rule.parameters.source import From

ClassTitles = Annotated[
    dict[ClassName, Words], Beside(), From("classes.*.title", given="the titles of the classes", fills_in=True)
]
"""Class → title."""
ImageTitles = Annotated[
    dict[ImageName, Words],
    Beside(),
    From("images.of_task.*.title", given="the titles of the images of a task", fills_in=True),
]
"""Named image of a task → title."""
QuestionTitles = Annotated[
    dict[QuestionName, Words], Beside(), From("question_titles", given="the titles of the questions", fills_in=True)
]
"""Question → title."""
TitlesOfOptions = Annotated[
    dict[QuestionName, dict[OptionName, Words]],
    Beside(),
    From("option_titles", given="the titles of the options", fills_in=True),
]
"""Question → option → title."""
