"""Who may annotate, and how much."""

from typing import Annotated

from guidelint.language.form.enforced import EnforcedBy, later
from guidelint.language.form.fields import ClassKey, Line, Name, Written
from guidelint.language.form.shorthand import OneOrMore
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.amount import Fraction, Minutes, OneOrAFew
from guidelint.validation.rule.parameters.amount import OneOrMore as FromOne

_JUDGED = EnforcedBy(rules=("qualified",))
_NOT_KNOWN = later("nobody's qualification is known yet", tool="who works")


class Exam(Written):
    """What somebody passes before they work."""

    tasks: FromOne
    """Tasks in it."""
    min_share: Annotated[Fraction, AlsoCalled("pass_mark")]
    """Share of them that must be right, 1 being all."""
    min_share_of: Annotated[dict[ClassKey, Fraction], AlsoCalled("pass_marks", "min_share_of_class")] = {}
    """Class → share of the tasks with it that must be right as well; who fails it may not mark that class."""
    attempts: Annotated[OneOrAFew | None, AlsoCalled("max_attempts", "tries")] = None
    """How many times somebody may take it under one version; left out: any number."""
    max_minutes: Annotated[Minutes | None, AlsoCalled("time_limit", "time_limit_minutes")] = None
    """Longest time for all of it, in minutes; what is handed in later is not right. Left out: any time."""


class Role(Written):
    """A kind of annotator."""

    title: Annotated[Line, AlsoCalled("label", "name")]
    """Name of the role."""
    qualification: Annotated[Line | None, AlsoCalled("requires")] = None
    """What they must have learnt, e.g. radiologist with five years of chest CT."""
    of: Annotated[tuple[ClassKey, ...], OneOrMore, AlsoCalled("class", "classes"), _JUDGED] = ()
    """Classes that they may mark; left out: all."""
    valid_months: Annotated[OneOrAFew | None, AlsoCalled("expires", "expiry"), _JUDGED] = None
    """After how many months they must show it again."""
    exam: Annotated[Exam | None, _JUDGED] = None
    """What they pass before they work."""
    supervised_tasks: FromOne | None = None
    """Tasks from the first on that somebody else looks at, every one."""
    max_tasks_per_hour: FromOne | None = None
    """Most tasks in an hour; the least time for a task is asked for with the rule `minimum-time`."""
    max_session_minutes: Minutes | None = None
    """Longest time at work without a break, in minutes."""


class Staff(Written):
    """Who may annotate, and how much."""

    roles: Annotated[dict[Name, Role], AlsoCalled("qualifications"), _NOT_KNOWN] = {}
    """Kinds of annotators by name."""
