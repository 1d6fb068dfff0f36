"""What is rare or hard, and what is done then."""

from typing import Annotated

from guidelint.language.form.enforced import READ, by_people
from guidelint.language.form.fields import ClassKey, Line, RouteKey, Text, Written
from guidelint.language.form.shorthand import OneOrMore
from guidelint.validation.rule.parameters.also_called import AlsoCalled


class EdgeCase(Written):
    """A case that is rare or hard, and what is done then."""

    title: Annotated[Line, AlsoCalled("label", "name"), READ]
    """Name that annotators see."""
    seen_as: Annotated[Text | None, AlsoCalled("definition", "description", "when"), READ] = None
    """How it is recognised."""
    picture: Annotated[Line | None, AlsoCalled("image", "example"), READ] = None
    """File of a picture beside the guideline; it is carried along in the instructions."""
    do: Annotated[Text, AlsoCalled("action", "what_to_do"), READ]
    """What is done then."""
    ask: Annotated[RouteKey | None, AlsoCalled("whom", "contact"), by_people("whoever works asks")] = None
    """Route of `escalation` whose people are asked where it is not clear."""
    of: Annotated[tuple[ClassKey, ...], OneOrMore, AlsoCalled("class", "classes"), READ] = ()
    """Classes that it concerns; left out: all."""
