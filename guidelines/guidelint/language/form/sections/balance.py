"""What a data set must be made of."""

from typing import Annotated

from guidelint.language.form.fields import Line, Name, Written
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.amount import Count, Share
from guidelint.validation.rule.parameters.bound import Lower, Upper


class GroupLimits(Written):
    """How much of a data set a group of patients or images makes up."""

    min_share: Annotated[Share, Lower("share of a group")] | None = None
    """Least share of all tasks, 1 being all."""
    max_share: Annotated[Share, Upper("share of a group")] | None = None
    """Largest share of all tasks."""
    min_tasks: Annotated[Count, Lower("tasks of a group")] | None = None
    """Fewest tasks."""


class Balance(Written):
    """What a data set must be made of; shares of classes are asked for with the rule `class-balance`."""

    groups: Annotated[dict[Name, dict[Line, GroupLimits]], AlsoCalled("by", "strata", "per")] = {}
    """Property, e.g. sex, age, site, scanner → group, e.g. female → how much of it."""
    max_synthetic_share: Annotated[Share | None, AlsoCalled("synthetic", "synthetic_cap")] = None
    """Largest share of images that were made by a program, 1 being all."""
