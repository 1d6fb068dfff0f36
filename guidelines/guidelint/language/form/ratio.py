"""One measure divided by another, as an author writes it.

Annotations are evaluated as in ``guideline``.
"""

from typing import Annotated, Self

from pydantic import Field, model_validator

from guidelint.language.form.fields import Written
from guidelint.language.form.shorthand import OneOrMore
from guidelint.validation.measured_in import OF_OBJECTS, Measured, dimension_of, in_words
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.naming import NameOf

ClassKey = Annotated[str, NameOf("class")]
OneMeasure = Annotated[dict[Measured, Annotated[tuple[ClassKey, ...], OneOrMore]], Field(min_length=1, max_length=1)]


class Ratio(Written):
    """One measure divided by another of its kind, each of all regions of its classes together."""

    of: Annotated[OneMeasure, AlsoCalled("numerator", "part")]
    """What is measured → classes of whose regions it is."""
    to: Annotated[OneMeasure, AlsoCalled("denominator", "by", "whole", "divided_by")]
    """By what it is divided, in the same way; an area by an area, a length by a length, a count by a count."""

    @property
    def measures(self) -> tuple[Measured, Measured]:
        """What is divided by what."""
        (of,), (to,) = self.of, self.to
        return of, to

    @model_validator(mode="after")
    def _alike(self) -> Self:
        of, to = self.measures
        if "volume" in self.measures:
            raise ValueError(f"{OF_OBJECTS}, and a ratio is of what is drawn on an image")
        if dimension_of(of) != dimension_of(to):
            raise ValueError(f"{in_words(of)} is divided by {in_words(to)}, which is no ratio: measure both alike")
        return self
