"""How the answer to a question follows from others, as an author writes it.

Annotations are evaluated as in ``guideline``.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from guidelint.language.form.change import ChangeLimits
from guidelint.language.form.fields import AnswerKeys, QuestionKey, Written
from guidelint.language.form.ratio import ClassKey, Ratio
from guidelint.language.form.shorthand import OneOrMore, OtherwiseAlone
from guidelint.validation.criteria.criteria import Criteria
from guidelint.validation.derivation import Taken, Whole
from guidelint.validation.measured_in import Measured
from guidelint.validation.rule.condition import Between, Condition
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.amount import Factor, Tolerance
from guidelint.validation.rule.parameters.free_text import UnitSign
from guidelint.validation.rule.parameters.naming import ChosenQuestion, NumberedQuestion, OptionOf

OwnOption = Annotated[str, OptionOf()]
OptionKey = Annotated[str, Field(min_length=1, max_length=64)]


class Table(Written):
    """Two answers that lead to a third."""

    rows: ChosenQuestion
    """Question whose options are the keys of the rows."""
    columns: ChosenQuestion
    """Question whose options are the keys of the columns."""
    cells: dict[OptionKey, dict[OptionKey, OptionKey]]
    """Option of the rows → option of the columns → option of this question."""


class Derive(Written):
    """How the answer follows: in one way, which `entered` and `tolerance` stand beside."""

    points: Annotated[tuple[ChosenQuestion, ...], OneOrMore] = ()
    """Questions of whose options the `points` are added up."""
    sum: Annotated[tuple[NumberedQuestion, ...], OneOrMore] = ()
    """Questions whose numbers are added up."""
    measured: Annotated[dict[Measured, Annotated[tuple[ClassKey, ...], OneOrMore]], AlsoCalled("measures")] = {}
    """What is measured → classes of whose regions it is added up, in the unit of this question."""
    where: Annotated[Condition | None, AlsoCalled("which", "only")] = None
    """With `measured`: which regions count, a condition on each, of its answers, its size or its source. An object on
    several images counts if it is so on any of them, a size if it is so of its largest."""
    take: Annotated[Taken | None, AlsoCalled("pick", "aggregate")] = None
    """With `sum` or `measured`: `largest` or `smallest`, which is the answer in place of the sum."""
    product: Annotated[tuple[NumberedQuestion, ...], OneOrMore, AlsoCalled("multiply", "multiplied")] = ()
    """Questions whose numbers are multiplied; what comes of lengths is given in the unit of this question."""
    times: Annotated[Factor | None, AlsoCalled("factor")] = None
    """With `product`: by what it is multiplied besides; of an ellipsoid 0.5236, π / 6."""
    ratio: Ratio | None = None
    """One measure divided by another; times 100 where the unit is %."""
    table: Table | None = None
    """Two answers that lead to this one."""
    worst_of: Annotated[tuple[ChosenQuestion, ...], OneOrMore, AlsoCalled("highest_of", "max_of")] = ()
    """Questions with the options of this one, of which the highest step is the answer."""
    rank_of: Annotated[NumberedQuestion | None, AlsoCalled("place_of", "order_by")] = None
    """Question of the same regions: the place of its number among all in the task, from the highest on."""
    per: Annotated[Whole | None, AlsoCalled("over")] = None
    """With `rank_of`: series, study or patient, of which all objects are ranked together, by their names, once all
    tasks are in; left out: the task."""
    among: Annotated[AnswerKeys, AlsoCalled("of_those")] = {}
    """With `rank_of`: other question → answers of those that are ranked; left out: all are."""
    first_of: Annotated[
        dict[OwnOption, Annotated[Criteria | None, OtherwiseAlone]], AlsoCalled("cases", "criteria", "first_that_holds")
    ] = {}
    """Option of this question → when it is the answer; the first that holds is. The last one says `otherwise`."""
    change_of: Annotated[tuple[QuestionKey, ...], OneOrMore] = ()
    """Numbers, or options in an order, whose change over the time points of a patient leads to the answer: of a patient
    one question of a study, of a class questions of its regions, which are followed for each object."""
    changes: dict[OwnOption, Annotated[ChangeLimits | None, OtherwiseAlone]] = {}
    """With `change_of`: option of this question → changes that lead to it; the first that holds is it, the last may
    say `otherwise`."""
    per_mm2_of: Annotated[tuple[ClassKey, ...], OneOrMore] = ()
    """Classes by whose area in mm² the sum is divided: a count per mm²."""
    bands: dict[OwnOption, Between] = {}
    """Option of this question → sums, products or ratios that lead to it: `at_least`, `above`, `at_most`, `below`."""
    unit: UnitSign = ""
    """Unit of the sum, product or ratio, where this question is not a number with a unit."""
    tolerance: Tolerance = 0.0
    """By how much a number that was entered may differ; of a ratio with bands, how near it must lie to the band of
    another option for that answer to be accepted, too."""
    left_open: Annotated[
        OwnOption | None, AlsoCalled("missing", "if_missing", "not_evaluable", "unknown", "if_left_open")
    ] = None
    """Of a series, a study or a patient: option of this question that is the answer where nothing follows, since a
    question was left open; of a change, at the time point without a number, and at all that come after such a first
    one."""
    entered: Literal["compared", "never"] = "compared"
    """compared: annotators answer it, and it must be what follows. never: nobody is asked, and what follows is told."""
    told: Annotated[bool, AlsoCalled("shown", "visible")] = True
    """false: with `entered: never`, a helper that conditions go by, and no verdict, column or instruction shows."""

    @property
    def is_entered(self) -> bool:
        """Whether annotators answer it."""
        return self.entered != "never"

    @property
    def questions(self) -> tuple[str, ...]:
        """Questions from which it follows."""
        counted = (name for one in self.criteria for name in one.questions_of_regions)
        return tuple(dict.fromkeys((*self.questions_beside, *counted, *self.questions_of_where)))

    @property
    def questions_of_where(self) -> tuple[str, ...]:
        """Questions to the regions that are measured, which say whether they count."""
        return tuple(sorted(self.where.questions)) if self.where is not None else ()

    @property
    def questions_beside(self) -> tuple[str, ...]:
        """Questions from which it follows, but for those that only the regions are asked which are counted."""
        if self.rank_of:
            return (self.rank_of, *self.among)
        if self.table:
            return self.table.rows, self.table.columns
        of_criteria = tuple(dict.fromkeys(name for one in self.criteria for name in one.questions))
        return self.points or self.worst_of or self.sum or self.product or of_criteria

    @property
    def criteria(self) -> tuple[Criteria, ...]:
        """Criteria of all options that have some."""
        return tuple(one for one in self.first_of.values() if one is not None)

    @property
    def names_times(self) -> bool:
        """Whether its criteria ask for anything at other time points."""
        return any(one.names_times for one in self.criteria)

    @property
    def classes(self) -> tuple[str, ...]:
        """Classes that the criteria name."""
        return tuple(dict.fromkeys(name for one in self.criteria for name in one.classes))

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = (
            self.points,
            self.sum or self.measured,
            self.product,
            self.rank_of,
            self.ratio,
            self.table,
            self.worst_of,
            self.first_of,
        )
        if sum(map(bool, (*ways, self.change_of))) != 1:
            known = "`points`, `sum` or `measured`, `product`, `ratio`, `rank_of`, `table`, `worst_of`, `first_of`"
            raise ValueError(f"say in one way how it follows: {known}, or `change_of`")
        if bool(self.change_of) != bool(self.changes):
            raise ValueError("say of what it is the change (`change_of`) and which leads to which answer (`changes`)")
        if not self.told and self.is_entered:
            raise ValueError("only what nobody enters may be kept from being told: write `entered: never` beside it")
        if self.where is not None and not self.measured:
            raise ValueError("say what is measured of those: `where` stands beside `measured`")
        if self.take is not None and not (self.sum or self.measured):
            raise ValueError("say of what: `take` stands beside `sum` or `measured`")
        if self.take is not None and (self.per_mm2_of or "count" in self.measured):
            raise ValueError("a count is of all together: `take` chooses among numbers and sizes")
        if self.among and not self.rank_of:
            raise ValueError("say what is ranked: `among` stands beside `rank_of`")
        if self.per is not None and not self.rank_of:
            raise ValueError("say what is ranked: `per` stands beside `rank_of`")
        if self.times is not None and not self.product:
            raise ValueError("say what is multiplied: `times` stands beside `product`")
        return self
