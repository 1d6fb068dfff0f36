"""What is seen in images, has a name, and is not marked."""

from typing import Annotated

from guidelint.language.form.enforced import READ, EnforcedBy
from guidelint.language.form.fields import Line, Term, Text, Written
from guidelint.validation.rule.parameters.also_called import AlsoCalled


class NotAnnotated(Written):
    """What is seen in images, has a name, and is not marked."""

    title: Annotated[Line, AlsoCalled("label", "name"), EnforcedBy(rules=("known-label",), tool="classes to choose")]
    """Name that annotators see."""
    definition: Annotated[Text, AlsoCalled("description"), READ]
    """What it is, in a sentence or two."""
    because: Annotated[Line | None, AlsoCalled("reason", "why"), READ] = None
    """Why it is not marked."""
    codes: Annotated[tuple[Term, ...], EnforcedBy("nothing", "it says which concept is meant")] = ()
    """The same concept in terminologies."""
