"""Rules on an answer that follows from several tasks and that nobody enters: they tell it, or say that it escalates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeVar

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.question import OptionTitles, OwnOption, Titles, titled
from guidelint.validation.rule.beside import Beside, UnlessEmpty
from guidelint.validation.rule.gathering import GatheringRule
from guidelint.validation.rule.left_open import LeftOpen, NothingBefore, NotRead
from guidelint.validation.rule.parameters.free_text import TimePoint, Words
from guidelint.validation.rule.parameters.naming import DepartsOn, QuestionName
from guidelint.validation.rule.parameters.source import From
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.says import DERIVED, NOT_TOLD, Says
from guidelint.validation.rule.titles import QuestionTitles, TitlesOfOptions
from guidelint.validation.rule.wording import measure
from guidelint.validation.scopes.annotator import NO_ANNOTATOR
from guidelint.validation.scopes.patient import ANSWERED_PATIENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from guidelint.annotation.region_ref import RegionRef
    from guidelint.validation.deriving.follows import Follows
    from guidelint.validation.rule.evidence import Evidence
    from guidelint.validation.rule.gathering import Contributed
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Reply

C = TypeVar("C")
LISTED = "listed"
"""Kind of a departure: the answer is one that somebody else must see."""
AT_TIME_POINT = " at {time_point}"
"""What stands behind the question in all that is said of one time point."""
ListedTimePoints = Annotated[
    tuple[TimePoint, ...],
    UnlessEmpty(),
    From("images.time_points", given="`images: time_points:`", fills_in=True),
]
"""Time points in the order that the guideline lists."""


def says_what_follows(at: str = "", *, of_first: bool = False) -> dict[str, Says]:
    """Say what follows, that nothing does, or that somebody else must see it; ``at``: of what in the subject."""

    def says(what: str, do: str, *, tells_value: bool) -> Says:
        return Says(f"{{question}}{at} {what}", do, tells_value=tells_value, of_first=of_first, of_absence=True)

    open_by_mistake = "Nothing is to be done, unless a question was left open by mistake."
    return {
        DERIVED: says("is {shown}: {because}", "Nothing is to be done.", tells_value=True),
        NOT_TOLD: says("does not follow: {because}", open_by_mistake, tells_value=True),
        LISTED: says("is {shown}: {because}", "Check the answers that it follows from.", tells_value=False),
    }


class ToldOfSeveral(GatheringRule[C]):
    """Tells an answer that follows from several tasks; of some answers, that somebody else must see them."""

    attribute: Annotated[QuestionName, From("attributes.*", "name")]
    """Key of the question."""
    title: Annotated[Words, Beside(), From("attributes.*.title", fills_in=True)] = ""
    """The question as annotators see it."""
    titles: OptionTitles = {}  # noqa: RUF012 - pydantic copies it
    """The options as annotators see them: key → title."""
    values: Annotated[tuple[OwnOption, ...], DepartsOn("attribute"), UnlessEmpty()] = ()
    """Answers that somebody else must see; none: whatever follows is told, and decides nothing."""
    question_titles: QuestionTitles = {}  # noqa: RUF012 - pydantic copies it
    """The questions as annotators see them: key → title."""
    option_titles: TitlesOfOptions = {}  # noqa: RUF012 - pydantic copies it
    """Their options as annotators see them: question → key → title."""

    scope = ANSWERED_PATIENT
    needs = frozenset({"answers", "separate objects"})

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        if self.values:
            return f"{self.told_of(names)} is not {names.answers(self.attribute, self.values)}."
        return f"{self.told_of(names)} follows from {self.told_sources(names)}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        if self.values:
            return f"{self.told_of(names)} is {names.answers(self.attribute, self.values)}"
        return f"{self.told_of(names)} follows from {self.told_sources(names)}"

    def told_of(self, names: Names) -> str:
        """Name the question, and of what it is told."""
        return f"{names.question(self.attribute, self.title)} of a {(self.over() or self.scope).name}"

    def told_sources(self, names: Names) -> str:
        """Name to annotators from what it follows."""
        raise NotImplementedError

    @property
    def told_question(self) -> str | None:
        """The question that nobody answers."""
        return None if self.values else self.attribute

    @property
    def known_titles(self) -> Titles:
        """What annotators call the questions that it follows from."""
        return Titles(self.question_titles, self.option_titles)

    def check_gathered(self, contributions: Sequence[Contributed[C]]) -> Iterator[Reply]:
        """Tell what follows from the work of one known annotator."""
        if None in {one.annotator for one in contributions}:
            raise NotMeasurable(NO_ANNOTATOR)
        try:
            yield from self.follows_from([one.value for one in contributions])
        except NotRead as error:
            yield CannotTell(str(error), (), of_absence=True)

    def follows_from(self, contributed: Sequence[C]) -> Iterator[Reply]:
        """Tell what follows."""
        raise NotImplementedError

    def tells(
        self,
        follows: Follows,
        unit: str = "",
        about: str | None = None,
        regions: Sequence[RegionRef] = (),
        **evidence: Evidence,
    ) -> Iterator[Reply]:
        """Tell what follows, or why nothing does; where some answers escalate, only those.

        Raises NotMeasurable where it cannot be told.
        """
        if isinstance(follows, NothingBefore):
            return
        if isinstance(follows, LeftOpen):
            yield self._not_told(str(follows), about, regions, evidence)
            return
        if isinstance(follows, NotMeasurable):
            raise follows
        value = follows.value
        if self.values and value not in self.values:
            return
        yield self.departs(
            LISTED if self.values else DERIVED,
            *regions,
            place=None,
            about=about,
            question=self.title or self.attribute,
            shown=titled(value, self.titles) if isinstance(value, str) else measure(value, unit),
            because=follows.because,
            attribute=self.attribute,
            value=follows.plain(unit),
            **evidence,
        )

    def _not_told(
        self, because: str, about: str | None, regions: Sequence[RegionRef], evidence: Mapping[str, Evidence]
    ) -> Reply:
        """Say why nothing follows: whether an answer escalates is then not known."""
        asked = self.title or self.attribute
        if self.values:
            at = f" at {evidence['time_point']}" if "time_point" in evidence else ""
            return CannotTell(f"{asked}{at} does not follow: {because}", tuple(regions), of_absence=True)
        return self.departs(NOT_TOLD, *regions, place=None, about=about, question=asked, because=because, **evidence)
