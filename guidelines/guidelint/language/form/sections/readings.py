"""How far readers must agree, and what becomes of it where they do not."""

from typing import Annotated, Literal, Self

from pydantic import model_validator

from guidelint.language.form.enforced import EnforcedBy, by_people, later
from guidelint.language.form.fields import ClassKey, Name, QuestionKey, RouteKey, Written
from guidelint.language.form.shorthand import NothingBeneath
from guidelint.validation.rule.condition import SizeIs
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.amount import Few, OverlapFraction, SameFraction, SlackMm, Tolerance
from guidelint.validation.rule.parameters.bound import Lower, Upper
from guidelint.validation.rule.parameters.naming import NUMBER, ONE_CHOSEN, SEVERAL_CHOSEN, AnswerOf
from guidelint.validation.rule.parameters.quantity import Amount

ToleranceMm = Annotated[float, Amount("distance", "mm", above_least=True, sensible=(0.001, 50))]
_NOT_MEASURED = later("agreement of this kind is not yet measured")
_NOT_BUILT = later("no consensus is made of readings yet")


class AnswerAgreement(Written):
    """How far readers must agree in their answers to a question."""

    min_kappa: Annotated[Annotated[OverlapFraction, Lower("kappa")] | None, AlsoCalled("kappa")] = None
    """Least kappa: Cohen's of two readers, Fleiss' of more; weighted where the question is a scale."""
    min_alpha: Annotated[Annotated[OverlapFraction, Lower("alpha")] | None, AlsoCalled("alpha")] = None
    """Least alpha of Krippendorff."""
    min_icc: Annotated[Annotated[OverlapFraction, Lower("intraclass correlation")] | None, AlsoCalled("icc")] = None
    """Least intraclass correlation of numbers, two-way, absolute agreement, single reader."""


class AnswersOfTask(Written):
    """How far the answers of two readers of one task may be apart; without a limit they are the same."""

    max_steps: Annotated[
        Annotated[Few, AnswerOf("", ONE_CHOSEN, is_one=False), Upper("steps between answers")] | None,
        AlsoCalled("steps"),
    ] = None
    """Most steps from one option to the other, in their order."""
    tolerance: Annotated[Tolerance, AnswerOf("", NUMBER, is_one=False), Upper("difference of answers")] | None = None
    """By how much two numbers may differ, in the unit of the question."""
    min_overlap: Annotated[
        Annotated[OverlapFraction, AnswerOf("", SEVERAL_CHOSEN, is_one=False), Lower("options chosen by both")] | None,
        AlsoCalled("overlap"),
    ] = None
    """Least fraction of the options chosen by one or the other that both chose."""
    match_iou: SameFraction | None = None
    """Least overlap (IoU) with which two regions are one object, of which both are asked."""
    drawn_by_one: Literal["departs", "left-out"] | None = None
    """What becomes of an answer about an object that the other reader did not draw: it departs, or is left out."""
    to: RouteKey | None = None
    """Route of `escalation` that a task takes whose readers are farther apart; left out: it is returned."""


class QuestionAgreement(AnswerAgreement):
    """How far readers must agree in their answers to a question: over all tasks, and on each."""

    on_each_task: Annotated[
        AnswersOfTask | None,
        NothingBeneath,
        AlsoCalled("each_task", "per_task"),
        EnforcedBy(rules=("answer-agreement",)),
    ] = None
    """How far the answers of two readers of one task may be apart; see `answer-agreement`, which judges it."""


class SurfaceDice(Written):
    """How far borders must lie within a tolerance of one another."""

    min: Annotated[SameFraction, Lower("surface Dice coefficient")]
    """Least share of the borders."""
    tolerance_mm: Annotated[ToleranceMm, AlsoCalled("tau", "tau_mm", "at_mm")]
    """That tolerance in mm."""


class RegionTargets(Written):
    """How far readers must agree in what they mark, and in what they answer about it."""

    min_dice: Annotated[Annotated[OverlapFraction, Lower("Dice coefficient")] | None, AlsoCalled("dice")] = None
    """Least Dice coefficient; of all classes alike, `overlap-agreement` asks for it and judges it."""
    max_hd95_mm: Annotated[Annotated[SlackMm, Upper("distance of borders")] | None, AlsoCalled("hd95", "hd95_mm")] = (
        None
    )
    """Largest distance in mm within which 95 % of each border lies from the other; see `overlap-agreement`."""
    min_detection_f1: Annotated[
        Annotated[OverlapFraction, Lower("detection F1")] | None, AlsoCalled("f1", "detection_f1")
    ] = None
    """Least F1 of what one reader marks, held against another."""
    surface_dice: Annotated[SurfaceDice | None, AlsoCalled("nsd", "normalised_surface_distance")] = None
    """Least share of the borders that lie within a tolerance of one another."""
    answers: dict[QuestionKey, AnswerAgreement] = {}
    """Question about these regions → agreement that its answers must reach, where it is another than of all."""


class AgreementOfSize(RegionTargets):
    """How far readers must agree in regions of some sizes."""

    size: SizeIs
    """How large they are, e.g. {longest_mm: {below: 10}}."""

    @model_validator(mode="after")
    def _some_target(self) -> Self:
        if not self.model_fields_set - {"size"}:
            raise ValueError("say how far readers must agree in regions of this size, e.g. `min_dice`")
        return self


class RegionAgreement(RegionTargets):
    """How far readers must agree in what they mark of a class."""

    by_size: Annotated[dict[Name, AgreementOfSize], AlsoCalled("sizes", "bands", "size_bands")] = {}
    """Agreement that regions of some sizes must reach in place of this, by a name of the author's."""


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
    answers: Annotated[dict[QuestionKey, QuestionAgreement], _NOT_MEASURED] = {}
    """Question → agreement that its answers must reach."""
    regions: Annotated[dict[ClassKey, RegionAgreement], _NOT_MEASURED] = {}
    """Class → agreement that its regions must reach, of all sizes or `by_size`."""
    consensus: Annotated[Consensus | None, _NOT_BUILT] = None
    """What is made of several readings."""
    keep_disagreement: Annotated[bool | None, by_people("whoever makes the data set keeps it")] = None
    """true: every reading stays beside the consensus, and is delivered with it."""
