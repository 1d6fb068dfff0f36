"""What a rule is: typed parameters, a check, the sentences it says, and cases drawn in text.

Annotations are evaluated once, here: pydantic would evaluate the text of each again for every rule.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict

from guidelint.annotation.decoding.carried import Carried
from guidelint.annotation.tool import Tool
from guidelint.validation.rule.case import Case
from guidelint.validation.rule.described import description, first_sentence
from guidelint.validation.rule.parameters.multiple import follows_from_image
from guidelint.validation.rule.parameters.said import sources
from guidelint.validation.rule.reply import Departure, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.scope import Scope
from guidelint.validation.rule.wording import Worded, number

if TYPE_CHECKING:
    from guidelint.annotation.region import Region
    from guidelint.annotation.region_ref import RegionRef
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.evidence import Evidence, Place
    from guidelint.validation.rule.filled import Filled
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.several import Several

Level = Literal["error", "warning", "note"]
STRICTNESS: Final[Mapping[Level, int]] = MappingProxyType({"note": 0, "warning": 1, "error": 2})
"""How much a level asks of those who depart: more of it is stricter."""


Question = tuple[Callable[[], Iterable[Reply]], tuple["Region", ...]]
"""Something to ask, and the regions that the answer is about where it names none."""


class Rule(BaseModel):
    """A rule with its parameters. One file per rule; class, id and file share one name."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    scope: ClassVar[Scope]
    level: ClassVar[Level] = "error"
    """Level of a departure unless the guideline chooses another."""
    revision: ClassVar[int] = 1
    """Raised when it measures otherwise than before: finds what it did not find, no longer finds what it did, or tells
    it under another id."""
    always: ClassVar[bool] = False
    """Judged under every guideline, whether an author writes it or not."""
    fixed_because: ClassVar[str] = ""
    """What would be accepted if a guideline could set a rule that is always on; empty: it may be set."""
    follows: ClassVar[str] = ""
    """Path of the part of a guideline that asks for it without naming it, as in ``From``; empty: none does."""
    escalates_by: ClassVar[str] = ""
    """Key of that part which names the route that a departure takes; empty, or without that key: it is returned."""
    left_to: ClassVar[str] = ""
    """Path of a stricter rule that tells the same: classes that ask for that one do without this; empty: none is."""
    of_several: ClassVar[tuple[str, ...]] = ()
    """Ids of the rules that ask the same where its question is told of several tasks: the one that tells its answer."""
    about: ClassVar[Literal["boundary", "size"]] = "boundary"
    """What it is about, where a class asks for it."""
    needs: ClassVar[frozenset[Carried]] = frozenset()
    """What it rests on beside marks and their labels: of a format that does not carry it, nothing is judged by it."""
    of_people: ClassVar[bool] = False
    """Whether it judges who did the work, and nothing that was done: of an example that says nothing."""
    compares_readers: ClassVar[int] = 1
    """How many readers of a task it compares; with fewer it finds nothing."""
    compares_time_points: ClassVar[bool] = False
    """Whether it finds nothing in the images of one time point."""
    tools: ClassVar[frozenset[Tool] | None] = None
    """Tools whose regions it concerns; None: all."""
    says: ClassVar[Mapping[str, Says]] = MappingProxyType({})
    cases: ClassVar[tuple[Case, ...]] = ()

    def questions(
        self,
        submission: "Submission",  # noqa: ARG002 - what is asked of one submission, its scope knows
        regions: tuple["Region", ...],  # noqa: ARG002 - what is asked of one submission, its scope knows
    ) -> Iterator[Question]:
        """Tell what is asked of one submission, of which these regions are concerned, and about which regions."""
        yield from ()

    def suspects(
        self,
        submission: "Submission",  # noqa: ARG002 - what is known of several regions at once, it knows
        regions: tuple["Region", ...],
    ) -> Iterable["Region"]:
        """Leave out regions that surely do not depart, in their order.

        A hint: the check of what is left out would reply nothing and raise nothing. A rule gives it where it tells that
        faster of many regions together, or from their boxes alone.
        """
        return regions

    @property
    def told_question(self) -> str | None:
        """The question whose answer it tells where nobody enters it; None: it tells none."""
        return self.filled_question

    @property
    def tells_number(self) -> bool:
        """Whether that answer is one number, for all that is judged."""
        return False

    @property
    def filled_question(self) -> str | None:
        """The question that it answers where nobody enters it; None: it answers none."""
        return None

    def filled(
        self,
        submission: "Submission",  # noqa: ARG002 - a rule that answers a question knows
    ) -> "Iterable[Filled]":
        """Give answers that follow from others and that nobody enters."""
        return ()

    @classmethod
    def id(cls) -> str:
        """Name in guidelines: the class name in kebab-case."""
        return _kebab(cls.__name__)

    @classmethod
    def settable(cls) -> bool:
        """Whether a guideline may write it: every rule but those without which work would be accepted unread."""
        return not cls.fixed_because

    @classmethod
    def given_by(cls) -> Mapping[str, str]:
        """Parameters that another part of the guideline gives: parameter → that part, in words."""
        return {name: source.given for name, source in sources(cls).items() if source.given}

    @classmethod
    def parameters(cls) -> tuple[str, ...]:
        """Parameters that an author gives, in their order."""
        return _given_by_authors(cls)

    @cached_property
    def varies(self) -> bool:
        """Whether a limit of it is a multiple of an image fact, or has come from one."""
        return follows_from_image(self)

    def told(self, names: "Names") -> str:  # noqa: ARG002 - a rule that says it better names classes by their titles
        """Tell annotators in a sentence what is asked, with its limits and the titles of what it speaks of."""
        return first_sentence(type(self)) + "".join(f" {meant}" for meant in self._numbers())

    def told_if(self, names: "Names") -> str:
        """Tell annotators when work escalates, which it does on a departure, in words that read on from "if"."""
        return f"this is not so: {self.told(names)}".rstrip(".")

    def _numbers(self) -> Iterator[str]:
        """List the numbers that a guideline gives it, each with its meaning."""
        for name in type(self).model_fields:
            value: object = getattr(self, name)
            if isinstance(value, bool) or name not in self.model_fields_set:
                continue
            if isinstance(value, int | float | Worded):
                yield f"{description(type(self), name).rstrip('.')}: {number(value)}."

    @staticmethod
    def departs(
        kind: str,
        *regions: "Region | RegionRef",
        place: "Place | None" = None,
        about: str | None = None,
        **evidence: "Evidence",
    ) -> Departure:
        """Make a departure of one kind with its evidence; ``about``: what it is about, if its regions do not tell."""
        return Departure(kind, evidence, regions, place, about)

    @staticmethod
    def departs_by_each(kind: str, several: "Several", about: str = "", **evidence: "Evidence") -> Departure:
        """Make a departure of which each of several things is a part."""
        return Departure(kind, evidence, several.refs, None, about, several.count, several.members)


def may_depart(rule: Rule, submission: "Submission", regions: tuple["Region", ...]) -> Iterable["Region"]:
    """Give the regions that a rule is to check; all of them where its hint fails, so that the check says why."""
    try:
        return tuple(rule.suspects(submission, regions))
    except Exception:  # noqa: BLE001 - a hint that raises leaves out nothing
        return regions


@cache
def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


Catalogue = Mapping[str, type[Rule]]
"""Rules by their ids."""


@cache
def _given_by_authors(rule: type[Rule]) -> tuple[str, ...]:
    given = rule.given_by()
    return tuple(name for name in rule.model_fields if name not in given)
