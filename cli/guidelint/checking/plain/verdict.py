"""A verdict as it is shown, and what could not be read and so has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from guidelint.checking.plain.finding import Finding
    from guidelint.validation.judging.verdict import Decision


@dataclass(frozen=True, slots=True)
class Escalation:
    """A route that must look at the work, and what the guideline says of it."""

    route: str
    findings: tuple[str, ...]
    """Ids of the findings that say why."""
    who: str | None = None
    within_hours: float | None = None
    readers: int | None = None
    """How many readings are wanted in all."""
    persons: tuple[str, ...] | None = None
    hold: bool | None = None
    """Whether the task is given to nobody until then."""
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of an annotation, or of what lies above one, and what follows."""

    subject: str
    """What it is about: ``submission`` (one annotation), ``series``, ``task``, ``patient``,
    ``annotator``, ``delivery``, or ``image`` (before a task exists)."""
    task: str
    """Its id; a task without one is named by its record."""
    annotation: str
    """Its id; an annotation without one is named by its place."""
    series: str
    """Series Instance UID, for a verdict on a series."""
    name: str
    """What tells it from others where nothing else does: the patient."""
    decision: Decision
    """``returned``, ``unverified``, ``escalated``, ``accepted`` or ``skipped``."""
    findings: tuple[Finding, ...]
    escalations: tuple[Escalation, ...] = ()
    decision_but_for_known: Decision | None = None
    """What would be decided without known findings; None: the run is compared with no baseline."""
    file: str = ""
    """The export; empty for what may stand in several."""
    record: int = 0
    """Which record (task) of the file, from 1; 0: not one alone."""
    annotation_number: int = 0
    """Which annotation of the task, from 1; 0: not one alone."""
    image: str = ""
    """The image as the task data give it, without what its address is signed with."""
    annotator: str = ""
    """What tells the person from others; empty: not told."""
    annotator_name: str = ""
    """What the annotator is called; empty: not told."""
    link: str = ""
    """The task in Label Studio; empty: its address or project is not known."""
    guideline: str = ""
    """Name of the guideline that it is by."""
    guideline_version: str = ""
    plan_digest: str = ""
    """SHA-256 of what that guideline means."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file, a record or an annotation that could not be read: it has no verdict, and is never accepted."""

    file: str
    reason: str
    """Why, and what to do about it."""
    record: int = 0
    """Which record of the file, from 1; 0: the file itself."""
    offset_bytes: int | None = None
    """Where it begins in the unpacked text; None: the format counts no bytes."""
    task: str = ""
    annotation_number: int = 0
    """Which annotation of the task, from 1; 0: the task itself."""
    link: str = ""

    @property
    def decision(self) -> Literal["unreadable"]:
        """Stands in the place of a decision, so that whoever looks for what is not accepted finds it."""
        return "unreadable"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """None: nothing was judged."""
        return ()
