"""What a plan is made of beside its checks, and the shape in which a plan is written."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from guidelint.annotation.decoding.format_name import AT_HOME
from guidelint.annotation.vocabulary import Vocabulary
from guidelint.validation.rule.rule import Level

FORMAT: Final = 2


class PlanError(ValueError):
    """A plan that this engine cannot run."""


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes an escalation, and what is done."""

    who: str
    within_hours: float | None = None
    readers: int = 2
    """Readings the task needs once it is escalated (Label Studio's ``overlap``); 1: it is only looked at."""
    persons: tuple[str, ...] = ()
    """E-mail addresses of those who are asked by name, and who free what is held."""
    message: str = ""
    """What the annotator reads beside the verdict."""
    hold: bool = False
    """Whether nobody is given the task until one of the persons has dealt with it."""

    @property
    def asked(self) -> tuple[str, ...]:
        """Who is asked: persons by their addresses, else a role."""
        return self.persons or (self.who,)


class RouteJson(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A route as it is written. What routes do not do is left out, so that plans of before keep their digest."""

    who: str
    """Role or qualification, as people read it."""
    within_hours: float | None
    """Time limit in hours; null: none."""
    readers: int
    """Readings the task needs once it is escalated; 1: it is only looked at."""
    persons: tuple[str, ...] = ()
    """E-mail addresses of those who are asked by name."""
    message: str = ""
    """What the annotator reads beside the verdict."""
    hold: bool = False
    """Whether nobody is given the task until one of the persons has dealt with it."""


class ReturnOfWork(msgspec.Struct, frozen=True, kw_only=True):
    """What happens to a returned annotation."""

    mode: Literal["keep", "requeue"] = "keep"
    """keep: the annotation stays and is corrected. requeue: it comes back prefilled in the queue."""
    requeue_after_minutes: float = 30.0
    """How long an annotation may stay uncorrected before it is requeued."""


class GuidelineRef(msgspec.Struct, frozen=True, kw_only=True):
    """Which guideline a plan was compiled from."""

    name: str
    """Name of the guideline."""
    version: str
    """Its semantic version."""
    title: str
    """Its title."""

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class WhenJson(msgspec.Struct, frozen=True, kw_only=True):
    """The condition of a check as it is written."""

    condition: dict[str, Any]
    """What the author wrote under ``when``."""
    optional: tuple[str, ...]
    """Questions of the condition that need not always be answered."""
    asks_regions: bool
    """Whether each region is asked, and not the image."""


class CheckJson(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One check as it is written. What is added here later is meaning, unless ``meaning`` leaves it out."""

    rule: str
    """Id of the rule."""
    revision: int
    """How often the rule has been changed to measure otherwise."""
    parameters: dict[str, Any]
    """Every parameter, also where it has its default: that of another engine may be another."""
    words: dict[str, Any] = {}
    """Parameters beside the meaning; a list of ``parameters`` stands here again in the order in which it is read."""
    clause: str
    """Where the guideline asks for it, as a path."""
    classes: tuple[str, ...] | None = None
    """Class keys whose regions it concerns; null: every region."""
    but_for: tuple[str, ...] = ()
    """Class keys that have a check of the same rule to themselves."""
    level: Level = "error"
    """Level of a departure."""
    escalates_to: str | None = None
    """Route that a departure escalates to; null: it is returned."""
    note: str = ""
    """What the author wants the annotator to read with the finding."""
    heading: str = ""
    """Where the guideline asks for it, for people."""
    name: str = ""
    """What the author calls this use of the rule; empty: it has no name."""
    when: WhenJson | None = None
    """Left out where a check is always asked, so that other plans keep their digest."""
    when_titles: dict[str, str] = {}
    """What annotators call the questions of the condition."""


class PlanJson(msgspec.Struct, frozen=True, kw_only=True):
    """A plan as it is written."""

    format: int
    """Version of the format of plans."""
    guideline: GuidelineRef
    """Which guideline it was compiled from."""
    text_digest: str = ""
    """SHA-256 of the exact text of the guideline; empty: it was made without one."""
    digest: str
    """SHA-256 of what the plan means."""
    seal: str = ""
    """SHA-256 of everything in the plan."""
    checks: tuple[CheckJson, ...]
    """Rules to run."""
    vocabulary: Vocabulary
    """Names that a delivery may use, and what they mean."""
    routes: dict[str, RouteJson]
    """Who takes an escalation, by name of the route."""
    return_of_work: ReturnOfWork
    """What happens to returned work."""
    formats: tuple[str, ...] = (AT_HOME,)
    """In which formats deliveries are taken."""
