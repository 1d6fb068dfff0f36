"""How far readers must agree, and what becomes of it where they do not."""

from typing import Annotated, Literal

from guidelint.language.form.enforced import EnforcedBy, by_people, later
from guidelint.language.form.fields import ClassKey, QuestionKey, RouteKey, Written
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.amount import OverlapFraction, SameFraction
from guidelint.validation.rule.parameters.quantity import Amount

ToleranceMm = Annotated[float, Amount("distance", "mm", above_least=True, sensible=(0.001, 50))]
_NOT_MEASURED = later("agreement of this kind is not yet measured")
_NOT_BUILT = later("no consensus is made of readings yet")


class AnswerAgreement(Written):
    """How far readers must agree in their answers to a question."""

    min_kappa: Annotated[OverlapFraction | None, AlsoCalled("kappa")] = None
    """Least kappa: Cohen's of two readers, Fleiss' of more; weighted where the question is a scale."""
    min_alpha: Annotated[OverlapFraction | None, AlsoCalled("alpha")] = None
    """Least alpha of Krippendorff."""
    min_icc: Annotated[OverlapFraction | None, AlsoCalled("icc")] = None
    """Least intraclass correlation of numbers, two-way, absolute agreement, single reader."""


class SurfaceDice(Written):
    """How far borders must lie within a tolerance of one another."""

    min: SameFraction
    """Least share of the borders."""
    tolerance_mm: Annotated[ToleranceMm, AlsoCalled("tau", "tau_mm", "at_mm")]
    """That tolerance in mm."""


class RegionAgreement(Written):
    """How far readers must agree in what they mark, beside what `overlap-agreement` asks of two outlines."""

    min_detection_f1: Annotated[OverlapFraction | None, AlsoCalled("f1", "detection_f1")] = None
    """Least F1 of what one reader marks, held against another."""
    surface_dice: Annotated[SurfaceDice | None, AlsoCalled("nsd", "normalised_surface_distance")] = None
    """Least share of the borders that lie within a tolerance of one another."""


class Consensus(Written):
    """What is made of several readings."""

    method: Literal["none", "majority", "staple", "adjudication", "mean", "median", "two-most-concordant"]
    """How they become one; none: each stays as it is."""
    adjudicator: Annotated[RouteKey | None, AlsoCalled("adjudicated_by")] = None
    """Route of `escalation` whose people decide where readers disagree."""
    adjudicator_sees_readings: bool = False
    """true: they see what the readers did; else they read for themselves first."""


class Readings(Written):
    """How far readers must agree, and what becomes of it where they do not."""

    blinded_to_each_other: Annotated[
        bool | None,
        AlsoCalled("blinded", "independent"),
        EnforcedBy("by people only", "who sets up the project hides the work of others", tool="who works"),
    ] = None
    """Whether readers do not see each other's work."""
    answers: Annotated[dict[QuestionKey, AnswerAgreement], _NOT_MEASURED] = {}
    """Question → agreement that its answers must reach."""
    regions: Annotated[dict[ClassKey, RegionAgreement], _NOT_MEASURED] = {}
    """Class → agreement that its regions must reach; Dice and HD95 are asked for with `overlap-agreement`."""
    consensus: Annotated[Consensus | None, _NOT_BUILT] = None
    """What is made of several readings."""
    keep_disagreement: Annotated[bool | None, by_people("whoever makes the data set keeps it")] = None
    """true: every reading stays beside the consensus, and is delivered with it."""
