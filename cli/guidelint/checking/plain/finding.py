"""A finding as it is shown: how a piece of work departs from its guideline, or why that could not be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.checking.known import By
    from guidelint.validation.judging.derived_value import DerivedValue
    from guidelint.validation.judging.finding import Outcome
    from guidelint.validation.rule.evidence import Evidence, Place
    from guidelint.validation.rule.rule import Level


@dataclass(frozen=True, slots=True)
class Region:
    """A region that a finding is about; in a finding on many annotations, also a task or an annotation."""

    id: str
    """Its id in the delivery; empty: it has none."""
    number: int
    """How people count it, from 1; 0: it is no region."""
    class_name: str | None
    """Key of its class; None: its label is no class of the guideline."""
    title: str
    """How people read of it: ``Region 1 Nodule``."""
    task: str = ""
    """Task it stands on, where the verdict is on more than one annotation."""
    annotation: str = ""
    """Annotation it stands in, where the verdict is on more than one."""
    item: int = 0
    """Which item of the delivered result draws it, from 1; 0: not told."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a baseline says of a finding: what was measured when it was written, and who waives it."""

    measured: float | None
    limit: float | None
    unit: str
    who: str = ""
    """Who waives it; empty: the entry is no waiver."""
    reason: str = ""
    until: str = ""
    """Last day (UTC) that the waiver counts, like 2027-01-31."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure from the guideline, or one question of it that could not be answered."""

    id: str
    """Stays the same when wording or measured digits change."""
    rule: str
    """The rule; ``guidelint explain RULE`` tells about it."""
    kind: str
    """Which of the departures that the rule knows."""
    outcome: Outcome
    """``departs``, ``cannot-evaluate`` or ``rule-failed``; the last two are never a pass."""
    level: Level
    """``error`` returns the work; ``warning`` and ``note`` change no decision."""
    message: str
    """What was found, in the words of the guideline."""
    do: str
    """What to do next."""
    clause: str
    """Where the guideline asks for it, in the words that annotators read."""
    clause_path: str
    """The same as a path in the guideline: ``classes.nodule.rules.area-limits``."""
    escalates_to: str | None
    """Route that takes it, where a departure escalates instead of returning the work."""
    regions: tuple[Region, ...]
    """What it is about; empty: the whole."""
    regions_not_listed: int
    """How many more it is about."""
    measured: float | None
    """The number that was measured, in ``unit``; None: nothing was."""
    limit: float | None
    """The limit that it was compared with, in ``unit``."""
    unit: str
    """Unit of both; empty: a count, or no number."""
    evidence: Mapping[str, Evidence]
    """Everything that the sentence tells, by name."""
    place: Place | None
    """A point in the image, in pixels (x, y)."""
    derived: DerivedValue | None = None
    """The answer that it tells, which follows from others and which nobody enters; None: it tells a departure."""
    known: By | None = None
    """``baseline`` or ``waiver``: by what it is known; None: it is new, or nothing was compared."""
    new_because: str = ""
    """Why an entry of the baseline does not make it known: ``was 4.1 mm, is 6.0 mm``."""
    entry: Entry | None = None
    """Its entry in the baseline; None: it has none."""
