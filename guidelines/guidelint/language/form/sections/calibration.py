"""How annotators are held against known answers, again and again."""

from typing import Annotated, Literal

from guidelint.language.form.enforced import EnforcedBy
from guidelint.language.form.fields import Line, Written
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.amount import Fraction, OneOrAFew
from guidelint.validation.rule.parameters.amount import OneOrMore as FromOne


class Calibration(Written):
    """How annotators are held against known answers, again and again."""

    gold_tasks: Annotated[FromOne, AlsoCalled("gold", "gold_set")]
    """Tasks whose answers are known, made by experts under this guideline."""
    every_tasks: Annotated[FromOne | None, AlsoCalled("frequency")] = None
    """After how many tasks an annotator gets one of them, without being told."""
    every_days: OneOrAFew | None = None
    """After how many days at the latest."""
    min_accepted_share: Annotated[Fraction, AlsoCalled("threshold")]
    """Share of them that must be accepted, 1 being all."""
    if_below: Annotated[Line, AlsoCalled("below", "otherwise")]
    """What happens with whoever does not reach it."""
    repeated_share: Annotated[Fraction | None, AlsoCalled("intra_reader", "repeats")] = None
    """Share of tasks that an annotator gets a second time, to be held against themselves."""
    again_after: Annotated[
        Literal["major", "minor", "patch"] | None, AlsoCalled("recertification"), EnforcedBy(rules=("qualified",))
    ] = None
    """After which kind of new version of the guideline everybody passes it again, and the exam of their role."""
