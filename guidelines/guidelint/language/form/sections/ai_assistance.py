"""What models may suggest, and how it is watched."""

from typing import Annotated

from guidelint.language.form.fields import ClassKey, Line, Name, Written
from guidelint.language.form.shorthand import OneOrMore
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.amount import Fraction


class Model(Written):
    """A model that makes suggestions."""

    title: Annotated[Line, AlsoCalled("label", "name")]
    """What people call it."""
    version: Line
    """Which version of it; work under another one is told apart."""


class AiAssistance(Written):
    """What models may suggest, and how it is watched."""

    of: Annotated[tuple[ClassKey, ...], OneOrMore, AlsoCalled("class", "classes", "prelabel")]
    """Classes that may be suggested; everything else annotators find for themselves."""
    models: dict[Name, Model] = {}
    """Models that make suggestions, by name."""
    max_unchanged_share: Annotated[Fraction | None, AlsoCalled("unedited")] = None
    """Largest share of suggestions that an annotator accepts as they are, before somebody looks at it."""
    planted_share: Annotated[Fraction | None, AlsoCalled("planted", "seeded_errors")] = None
    """Share of suggestions that are wrong on purpose, to see whether they are looked at."""
