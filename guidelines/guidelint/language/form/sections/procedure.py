"""How work is done, step by step."""

from typing import Annotated, Literal

from guidelint.language.form.enforced import READ, by_people
from guidelint.language.form.fields import Line, Name, QuestionKey, StepKey, Text, Written
from guidelint.language.form.shorthand import OneOrMore
from guidelint.validation.rule.parameters.also_called import AlsoCalled

_CHECKED = by_people("whoever is named looks at it", tool="who works")


class Checkpoint(Written):
    """Where work stops until somebody has looked at it."""

    who: Line
    """Who looks: a role or a qualification."""
    check: Annotated[Text, AlsoCalled("what")]
    """What they look at, and what must be so."""


class Step(Written):
    """One step of the work."""

    do: Annotated[Text, AlsoCalled("action", "description", "text"), READ]
    """What is done."""
    shall: Annotated[tuple[Line, ...], OneOrMore, AlsoCalled("must"), READ] = ()
    """What must be done in it."""
    shall_not: Annotated[tuple[Line, ...], OneOrMore, AlsoCalled("must_not"), READ] = ()
    """What must not be done in it."""
    record: Annotated[tuple[QuestionKey, ...], OneOrMore, AlsoCalled("answer", "questions"), READ] = ()
    """Questions that are answered in it."""
    decide: Annotated[dict[Line, StepKey], AlsoCalled("decision", "next"), READ] = {}
    """What is found → step that follows then; where nothing of it is found, the next one follows."""
    checkpoint: Annotated[Checkpoint | None, _CHECKED] = None
    """Who looks at the work before it goes on."""


class Procedure(Written):
    """How work is done, step by step."""

    reading: Annotated[
        Literal["blinded", "unblinded", "sequential"] | None,
        AlsoCalled("read_protocol"),
        by_people("who prepares the tasks leaves out what is not to be seen"),
    ] = None
    """blinded: without what else is known of the patient; sequential: first without it, then with it."""
    blinded_to: Annotated[tuple[Line, ...], OneOrMore, by_people("who prepares the tasks leaves it out")] = ()
    """What readers are not told, e.g. the earlier report."""
    steps: dict[Name, Step] = {}
    """Steps by name, in their order."""
