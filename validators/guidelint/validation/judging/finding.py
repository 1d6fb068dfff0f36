"""Findings: how an annotation departs from its guideline, or why that could not be told."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Mapping  # noqa: TC003 - findings are read back from JSON
from dataclasses import dataclass
from typing import Literal

from guidelint.validation.rule.digits import as_measured, as_written

Level = Literal["error", "warning", "note"]
Outcome = Literal["departs", "cannot-evaluate", "rule-failed"]
LIMITS = frozenset({"limit", "tolerance", "step", "least", "before"})
"""Names under which rules give what they compare with."""
WRITTEN = LIMITS | {"answer"}
"""Names of numbers that somebody wrote and nobody measured."""
NAMED = 6
"""So many regions are named in a sentence."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as measured or as a limit."""

    value: float
    unit: str = ""


Evidence = Quantity | str | int


@dataclass(frozen=True, slots=True)
class Says:
    """What a rule says about one kind of departure: a sentence over the evidence, and what to do next."""

    text: str
    do: str = ""
    """For the annotator, who has the image open."""
    do_offline: str = ""
    """For whoever holds the file, where ``do`` speaks of what only the annotator can do; empty: the same."""
    of_first: bool = False
    """Whether the sentence reads on from the first region alone; it names the others itself, or need not."""
    leaves_nothing: bool = False
    """Whether a region that departs so has nothing to measure: other rules leave it out until it is drawn again."""
    beyond_reach: bool = False
    """Whether the image or an import is at fault, so that nothing done in the editor mends it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a message; evidence is what a renderer may stress."""

    text: str
    is_evidence: bool = False
    value: float | None = None
    """The number that it shows, if it shows a quantity."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point in the image, in pixels."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class RegionRef:
    """Which region a finding is about, and how people name it."""

    id: str
    title: str
    class_name: str | None = None
    number: int = 0
    task: str = ""
    """Task it stands on, where the subject spans several."""
    annotation: str = ""
    """Annotation it stands in, where the subject spans several."""
    item: int = 0
    """Which item of the delivered result draws it, from 1; 0: not told."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure (or one rule that could not be evaluated) of one subject."""

    id: str
    """Digest of rule, subject, regions, clause and kind: the same departure has the same id whatever its digits."""
    rule: str
    kind: str
    outcome: Outcome
    level: Level
    parts: tuple[Part, ...]
    do: str
    """What to do next, for the annotator, who has the image open."""
    regions: tuple[RegionRef, ...]
    evidence: Mapping[str, Evidence]
    clause: str
    """Where the guideline asks for it, e.g. ``Nodule › Boundary``."""
    escalates_to: str | None = None
    """Route that takes it, if departing escalates instead of returning the work."""
    place: Place | None = None
    do_offline: str = ""
    """What to do next, for whoever holds the file, where that is something else."""
    of_first: bool = False
    """Whether the sentence reads on from the first region alone."""
    beyond_reach: bool = False
    """Whether the image or an import is at fault, so that nothing done in the editor mends it."""

    @property
    def subjects(self) -> tuple[RegionRef, ...]:
        """Regions that the sentence reads on from."""
        return self.regions[:1] if self.of_first else self.regions

    @property
    def advice_offline(self) -> str:
        """What to do next, for whoever holds the file."""
        return self.do_offline or self.do

    @property
    def named_regions(self) -> tuple[RegionRef, ...]:
        """Regions that a sentence names; a slip of a whole submission concerns more than can be read."""
        return self.subjects[:NAMED]

    @property
    def unnamed(self) -> str:
        """What stands for the others, e.g. `` and 12 more``; empty when there are none."""
        more = len(self.subjects) - NAMED
        return f" and {more} more" if more > 0 else ""

    @property
    def message(self) -> str:
        """The sentence as plain text."""
        return "".join(part.text for part in self.parts)


def finding_id(rule: str, subject: str, region_ids: tuple[str, ...], clause: str, kind: str) -> str:
    """Digest that stays the same when wording or measured digits change."""
    text = "\x1f".join((rule, subject, *sorted(region_ids), clause, kind))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def render(text: str, evidence: Mapping[str, Evidence]) -> tuple[Part, ...]:
    """Fill a sentence with its evidence.

    A limit is written as its author wrote it; what was measured with as many decimals as it takes to see on which side
    of the limits in its unit it lies. Raises KeyError when the sentence names evidence that is not there.
    """
    parts: list[Part] = []
    for literal, name, _, _ in string.Formatter().parse(text):
        if literal:
            parts.append(Part(literal))
        if name is not None:
            parts.append(_shown(name, evidence))
    return tuple(parts)


def _shown(name: str, evidence: Mapping[str, Evidence]) -> Part:
    item = evidence[name]
    if not isinstance(item, Quantity):
        return Part(str(item), is_evidence=True)
    others = _others(item, evidence, of_limits=name not in WRITTEN)
    number = as_written(item.value, others) if name in WRITTEN else as_measured(item.value, others)
    return Part(f"{number} {item.unit}" if item.unit else number, is_evidence=True, value=item.value)


def _others(item: Quantity, evidence: Mapping[str, Evidence], *, of_limits: bool) -> tuple[float, ...]:
    """Find what a number is compared with: limits in its unit, or for a limit what was measured."""
    return tuple(
        other.value
        for name, other in evidence.items()
        if isinstance(other, Quantity) and other.unit == item.unit and (name in LIMITS) == of_limits
    )
