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
    within_hours: float | None
    readers: int
    persons: tuple[str, ...] = ()
    message: str = ""
    hold: bool = False


class ReturnOfWork(msgspec.Struct, frozen=True, kw_only=True):
    """What happens to a returned annotation."""

    mode: Literal["keep", "requeue"] = "keep"
    requeue_after_minutes: float = 30.0


class GuidelineRef(msgspec.Struct, frozen=True, kw_only=True):
    """Which guideline a plan was compiled from."""

    name: str
    version: str
    title: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class WhenJson(msgspec.Struct, frozen=True, kw_only=True):
    """The condition of a check as it is written."""

    condition: dict[str, Any]
    optional: tuple[str, ...]
    asks_regions: bool


class CheckJson(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One check as it is written. What is added here later is meaning, unless ``meaning`` leaves it out."""

    rule: str
    revision: int
    """How often the rule has been changed to measure otherwise."""
    parameters: dict[str, Any]
    """Every parameter, also where it has its default: that of another engine may be another."""
    words: dict[str, Any] = {}
    """Parameters beside the meaning; a list of ``parameters`` stands here again in the order in which it is read."""
    clause: str
    classes: tuple[str, ...] | None = None
    but_for: tuple[str, ...] = ()
    level: Level = "error"
    escalates_to: str | None = None
    note: str = ""
    heading: str = ""
    name: str = ""
    when: WhenJson | None = None
    """Left out where a check is always asked, so that other plans keep their digest."""
    when_titles: dict[str, str] = {}
    """What annotators call the questions of the condition."""


class PlanJson(msgspec.Struct, frozen=True, kw_only=True):
    """A plan as it is written."""

    format: int
    guideline: GuidelineRef
    text_digest: str = ""
    digest: str
    seal: str = ""
    checks: tuple[CheckJson, ...]
    vocabulary: Vocabulary
    routes: dict[str, RouteJson]
    return_of_work: ReturnOfWork
    formats: tuple[str, ...] = (AT_HOME,)
