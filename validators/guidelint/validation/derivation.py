"""How the answer to a question follows from others and from what is drawn, as data with every parameter written out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict

from guidelint.validation.asked_when import Which
from guidelint.validation.criteria.criteria import Way
from guidelint.validation.follows_from import FollowsFrom
from guidelint.validation.measured_in import Measured
from guidelint.validation.rule.beside import UnlessEmpty
from guidelint.validation.rule.condition import Between
from guidelint.validation.rule.later_parts import LaterParts
from guidelint.validation.rule.parameters.amount import Factor, OneOrMore, Tolerance
from guidelint.validation.rule.parameters.free_text import UnitSign
from guidelint.validation.rule.parameters.naming import Answers, Classes, ClassName, OptionName, QuestionName

if TYPE_CHECKING:
    from collections.abc import Sequence

How = Literal["points", "sum", "product", "ratio", "table", "rank", "worst-of", "first-of"]
"""points: those of the options that were chosen are added up. sum: numbers and measures are. product: numbers are
multiplied. ratio: one measure is divided by another. table: two answers lead to a third. rank: the place of a number
among all in the task, from the highest on. worst-of: the highest of several steps. first-of: the first option whose
criteria hold."""


Taken = Literal["largest", "smallest"]
"""Which of several numbers counts in place of their sum."""


Whole = Literal["series", "study", "patient"]
"""Over what a question is told that no one image answers."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class Part(_Part):
    """Something that is measured or counted of the regions of some classes."""

    measured: Measured
    """What is measured."""
    classes: Classes
    """Classes whose regions are."""


class Band(_Part):
    """Sums that lead to an option."""

    option: OptionName
    """The option."""
    limits: Between
    """The sums."""


class ChangeBand(_Part, LaterParts):
    """Changes that lead to an option; what is left out is not asked."""

    option: OptionName
    """The option."""
    itself: Between | None = None
    """The number at the time point itself."""
    since_baseline: Between | None = None
    """By how much it grew since the first time point, in its unit."""
    since_smallest: Between | None = None
    """By how much it grew since it was smallest, which may be at the first time point."""
    since_baseline_percent: Between | None = None
    """By how many percent of what it was then."""
    since_smallest_percent: Between | None = None
    """By how many percent of what it was then."""
    since_last: Annotated[Between | None, UnlessEmpty()] = None
    """By how much it grew since the time point before."""
    largest: Annotated[dict[ClassName, Between], UnlessEmpty()] = {}
    """Class → limits of what the largest of its objects counts at the time point itself; kept where there is none."""
    of: Annotated[tuple[QuestionName, ...], UnlessEmpty()] = ()
    """Of an object: questions whose numbers are compared; none: all."""
    in_at_least: Annotated[OneOrMore | None, UnlessEmpty()] = None
    """Of an object: in how many of them it must be so; None: in each."""

    @property
    def has_limits(self) -> bool:
        """Whether anything is asked; else it holds whenever nothing before does."""
        return self.model_copy(update={"of": (), "in_at_least": None}) != ChangeBand(option=self.option)


class Derivation(_Part, LaterParts):
    """How an answer follows."""

    how: How
    """In which way."""
    terms: tuple[FollowsFrom, ...] = ()
    """Questions from which it follows; of a table, that of the rows and that of the columns."""
    parts: tuple[Part, ...] = ()
    """What is measured and added up; of a ratio, what is divided."""
    divided_by: Annotated[Part | None, UnlessEmpty()] = None
    """Of a ratio: what it is divided by."""
    times: Annotated[Factor | None, UnlessEmpty()] = None
    """Of a product: by what it is multiplied besides."""
    take: Annotated[Taken | None, UnlessEmpty()] = None
    """Of a sum: which of the numbers is the answer in its place; None: they are added up."""
    which: Annotated[Which, UnlessEmpty()] = None
    """Which of the regions count that are measured: a condition on each; None: all."""
    asked: Annotated[tuple[FollowsFrom, ...], UnlessEmpty()] = ()
    """Questions in that condition."""
    per_mm2_of: Classes = ()
    """Classes by whose area in mm² the sum is divided; none: it is not."""
    per: Annotated[Whole | None, UnlessEmpty()] = None
    """Of a rank: over what all are ranked; None: what is marked in one task is."""
    among: Annotated[Answers, UnlessEmpty()] = {}
    """Of a rank: other question → answers of those that are ranked; none: all are."""
    bands: tuple[Band, ...] = ()
    """Sum → option; none: the sum is the answer."""
    cells: dict[OptionName, dict[OptionName, OptionName]] = {}
    """Of a table: answer to the first question → answer to the second → option."""
    first_of: Annotated[tuple[Way, ...], UnlessEmpty()] = ()
    """Options in their order, each with its criteria."""
    steps: tuple[OptionName, ...] = ()
    """Options of the question itself, from the lowest to the highest."""
    unit: UnitSign = ""
    """Unit of the question itself, in which sizes are added up."""
    step: Tolerance | None = None
    """Step to which a sum is rounded."""
    tolerance: Tolerance = 0.0
    """By how much a number that was entered may differ; of a ratio with bands, how near the band of another option may
    be that was entered."""
    is_entered: bool = True
    """Whether annotators answer it as well."""
    is_helper: Annotated[bool, UnlessEmpty()] = False
    """Whether other rules go by it alone: it is not told."""
    left_open: Annotated[OptionName, UnlessEmpty()] = ""
    """Of what is told of several tasks: the answer where nothing follows, since a question was left open."""

    def may_not_follow(self, *, per_region: bool) -> bool:
        """Whether nothing may follow though nothing is missing, for a question put to regions, or to images."""
        if self.divided_by is not None or self.take == "smallest" or not all(term.required for term in self.terms):
            return True
        if any(not term.required for term in self.asked):
            return True
        unsure = frozenset(term.question for term in self.terms if not term.is_always_asked)
        if self.how == "first-of":
            return all(way.criteria is None or not way.criteria.may_apply(unsure) for way in self.first_of)
        if self.how in ("product", "table", "worst-of") and not per_region:
            unsure |= {term.question for term in self.terms if term.of}
        if self.how in ("product", "rank", "table"):
            return bool(unsure)
        return bool(self.terms) and not self.parts and len(unsure) == len(self.terms)


class ChangeOf(_Part, LaterParts):
    """How an answer follows from the change of a number over the time points of a patient."""

    question: QuestionName
    """Question of which it is the change."""
    derivation: Derivation
    """How the number follows at each time point."""
    bands: tuple[ChangeBand, ...]
    """Change → option; the first that holds counts."""
    left_open: Annotated[OptionName, UnlessEmpty()] = ""
    """The answer at a time point where a number is missing, since a question was left open; empty: none follows."""


class ToldSource(_Part, LaterParts):
    """A question that is told of several tasks as well, from which another such answer follows."""

    question: QuestionName
    """The question."""
    derivation: Derivation
    """How its answer follows."""
    change: Annotated[ChangeOf | None, UnlessEmpty()] = None
    """Of what it is the change over the time points of a patient; none: of nothing."""


Sources = tuple[ToldSource, ...]


def is_told_from(by: Derivation, sources: Sequence[ToldSource]) -> bool:
    """Whether it follows from answers that are told of several tasks, and not from what is in a task."""
    return bool(by.terms) and {term.question for term in by.terms} <= {one.question for one in sources}


class Followed(_Part, LaterParts):
    """A number of an object that is followed over time."""

    asked: FollowsFrom
    """The question, with its unit."""
    derivation: Derivation | None = None
    """How it follows where nobody enters it; None: it is entered."""
    steps: Annotated[tuple[OptionName, ...], UnlessEmpty()] = ()
    """Its options in their order, of which the step counts; none: it is a number."""
    helpers: Annotated[tuple[ToldSource, ...], UnlessEmpty()] = ()
    """Other questions of the region that nobody enters from which it follows, each after those that its own does."""


class ChangeOfObject(_Part):
    """How an answer follows from the change of numbers of one object over the time points of a patient."""

    numbers: tuple[Followed, ...]
    """Numbers that are followed."""
    bands: tuple[ChangeBand, ...]
    """Changes → option; the first that holds counts."""
