"""What is handed over in a delivery."""

from typing import Annotated

from guidelint.language.form.enforced import by_people, later
from guidelint.language.form.fields import Line, Written
from guidelint.language.form.shorthand import OneOrMore
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.amount import Fraction

_NOT_HELD = later("a delivery is not yet held against it")


class Handover(Written):
    """What is handed over in a delivery."""

    file_names: Annotated[Line | None, AlsoCalled("naming"), _NOT_HELD] = None
    """How its files are named, e.g. {task}-{annotator}.json."""
    includes: Annotated[tuple[Line, ...], OneOrMore, AlsoCalled("hands_over", "contents"), _NOT_HELD] = ()
    """What belongs to it beside the annotations, e.g. who read which task."""
    min_accepted_share: Annotated[Fraction | None, AlsoCalled("conformance", "threshold"), _NOT_HELD] = None
    """Share of submissions that must be accepted, 1 being all."""
    legacy: Annotated[Line | None, AlsoCalled("baseline"), by_people("whoever checks gives `check --baseline`")] = None
    """What is so of older data, and is not found fault with again."""
