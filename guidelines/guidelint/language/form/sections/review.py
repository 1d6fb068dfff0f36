"""Who looks at work once more, and at how much of it."""

from typing import Annotated, Literal

from guidelint.language.form.fields import ClassKey, Line, Name, Written
from guidelint.language.form.shorthand import OneOrMore
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.amount import Count, Fraction


class Tier(Written):
    """Who looks at work once more."""

    who: Line
    """Role or qualification."""
    share: Annotated[Fraction, AlsoCalled("rate", "fraction")] = 1.0
    """Share of the work of the tier before that they see, 1 being all of it."""
    own_work: bool = False
    """true: they may look at work that they did themselves."""


class Audit(Written):
    """A random sample of work that was accepted."""

    share: Annotated[Fraction, AlsoCalled("rate", "fraction")]
    """Share that is drawn, 1 being all of it."""
    by: Annotated[tuple[Literal["tier", "class", "annotator"], ...], OneOrMore, AlsoCalled("per", "stratified_by")] = ()
    """Within each of which so many are drawn; none: of all together."""
    classes: Annotated[dict[ClassKey, Fraction], AlsoCalled("of", "rates")] = {}
    """Class → share of the work with it, where that is another."""
    seed: Count | None = None
    """Number that the draw begins with, so that anybody can draw the same again."""
    plan: Line | None = None
    """Published sampling plan, e.g. ISO 2859-1, level II, AQL 1.0."""


class Review(Written):
    """Who looks at work once more, and at how much of it."""

    tiers: dict[Name, Tier] = {}
    """Tiers by name, in their order: each looks at the work of the one before, the first at that of annotators."""
    audit: Audit | None = None
    """Random sample of what was accepted."""
