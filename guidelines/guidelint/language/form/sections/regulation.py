"""What laws and standards ask for."""

from typing import Annotated

from guidelint.language.form.fields import Line, Name, Written
from guidelint.language.form.shorthand import OneOrMore
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.amount import OneOrAFew
from guidelint.validation.rule.parameters.day import Day


class Law(Written):
    """A law or a standard."""

    title: Annotated[Line, AlsoCalled("label", "name")]
    """What it is called."""
    applies_from: Annotated[Day | None, AlsoCalled("in_force", "date", "effective")] = None
    """Day from which on it applies to this work, as 2026-03-31; left out: none is told."""
    asks: Annotated[Line | None, AlsoCalled("requires")] = None
    """What it asks of this work."""


class Retention(Written):
    """How long data are kept."""

    years: OneOrAFew
    """For how many years."""
    after: Line
    """Counted from when, e.g. the end of the study."""


class Regulation(Written):
    """What laws and standards ask for; how images are de-identified stands under `images: privacy:`."""

    laws: Annotated[dict[Name, Law], AlsoCalled("standards")] = {}
    """Laws and standards by name."""
    retention: Retention | None = None
    """How long data are kept."""
    access: Annotated[dict[Name, Line], AlsoCalled("who_sees")] = {}
    """Role → what they may see."""
    audit_trail: Annotated[tuple[Line, ...], OneOrMore, AlsoCalled("audit")] = ()
    """What is recorded of who did what."""
    reporting: Annotated[tuple[Line, ...], OneOrMore, AlsoCalled("checklist", "checklists")] = ()
    """Reporting checklists that the data set answers to, e.g. CLAIM."""
