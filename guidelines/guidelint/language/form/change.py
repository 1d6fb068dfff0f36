"""How a number changed from one time point of a patient to another, as an author writes it.

Annotations are evaluated as in ``guideline``.
"""

from typing import Annotated

from guidelint.language.form.fields import ClassKey, QuestionKey, Written
from guidelint.language.form.shorthand import OneOrMore
from guidelint.validation.rule.condition import Between
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.amount import OneOrMore as Positive


class ChangeLimits(Written):
    """When a change leads to an option: all that is given holds."""

    itself: Annotated[Between | None, AlsoCalled("now", "value")] = None
    """The number at the time point itself."""
    since_baseline: Between | None = None
    """By how much it grew since the first time point, in its unit; what shrank grew by less than 0."""
    since_smallest: Annotated[Between | None, AlsoCalled("since_nadir", "since_lowest")] = None
    """By how much it grew since the time point before at which it was smallest, which may be the first; of several as
    small, the last."""
    since_last: Annotated[Between | None, AlsoCalled("since_previous", "since_prior", "since_before")] = None
    """By how much it grew since the time point before; of options in an order, by how many steps."""
    since_baseline_percent: Between | None = None
    """By how many percent of what it was at the first time point."""
    of: Annotated[tuple[QuestionKey, ...], OneOrMore] = ()
    """Of an object: questions of `change_of` whose numbers are compared; left out: all."""
    in_at_least: Annotated[Positive | None, AlsoCalled("in", "in_any", "at_least")] = None
    """Of an object: in how many of them it must be so; left out: in each."""
    any_of: tuple["ChangeLimits", ...] = ()
    """Of an object: several, of which one must hold beside what else is given."""
    since_smallest_percent: Annotated[Between | None, AlsoCalled("since_nadir_percent", "since_lowest_percent")] = None
    """By how many percent of what it was when it was smallest; from 0 it grows by more than any percent."""
    largest: Annotated[dict[ClassKey, Between], AlsoCalled("each", "objects", "every", "largest_of")] = {}
    """Class → limits of the largest of its objects at the time point itself, each with what is added up of it; of a
    class of which there is none they hold. Lymph nodes under 10 mm count as gone: `{node: {below: 10}}`."""
