"""Findings: how an annotation departs from its guideline, or why that could not be told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping  # noqa: TC003 - findings are read back from JSON
from dataclasses import dataclass, replace
from typing import Literal

import msgspec

from guidelint.annotation.region_ref import RegionKey, RegionRef  # noqa: TC001 - findings are read back from JSON
from guidelint.validation.judging.derived_value import OF_RETURNED, DerivedValue, derived_value, tells_derived
from guidelint.validation.rule.evidence import Evidence, Place  # noqa: TC001 - findings are read back from JSON
from guidelint.validation.rule.rule import Level  # noqa: TC001 - findings are read back from JSON
from guidelint.validation.rule.says import MessagePart
from guidelint.validation.rule.wording import NAMED

Outcome = Literal["departs", "cannot-evaluate", "rule-failed"]
_OF_RETURNED = " (it goes by work that is returned)"
KEPT = 100
"""So many of what a finding lists are kept where verdicts are stored."""


@dataclass(frozen=True, slots=True)
class Of:
    """What a finding is about that rests on a group of contributions."""

    group: str
    about: str
    """What tells it from others of its kind in the group."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure (or one rule that could not be evaluated) of one subject."""

    id: str
    """Digest of rule, subject, regions, clause and kind: the same departure has the same id, whatever is measured and
    however the guideline words it."""
    rule: str
    kind: str
    outcome: Outcome
    level: Level
    parts: tuple[MessagePart, ...]
    do: str
    """What to do next, for the annotator, who has the image open."""
    regions: tuple[RegionRef, ...]
    evidence: Mapping[str, Evidence]
    clause: str
    """Where the guideline asks for it, as a path: ``classes.nodule.rules.closed-outline``."""
    escalates_to: str | None = None
    """Route that takes it, if departing escalates instead of returning the work."""
    place: Place | None = None
    do_offline: str = ""
    """What to do next, for whoever holds the file, where that is something else."""
    of_first: bool = False
    """Whether the sentence reads on from the first region alone."""
    names_all: bool = False
    """Whether the sentence itself names all that it is about, and reads on from no region."""
    beyond_reach: bool = False
    """Whether the image or an import is at fault, so that nothing done in the editor mends it."""
    count: int = 0
    """How many things it is about, where ``regions`` lists only the first of them; 0: it lists all."""
    members: bytes = b""
    """A digest of each of them, those that are listed first, where each counts by itself; empty: it is one thing."""
    of_absence: bool = False
    """Whether a task of its subject that is still to come may take it back."""
    heading: str = ""
    """Where the guideline asks for it, for people: ``Nodule › Boundary``."""

    @property
    def asked_at(self) -> str:
        """Where the guideline asks for it, in words where there are any."""
        return self.heading or self.clause

    @property
    def subjects(self) -> tuple[RegionRef, ...]:
        """Regions that the sentence reads on from."""
        if self.names_all:
            return ()
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
    def unlisted(self) -> int:
        """How many things it is about besides those that it lists."""
        return max(self.count - len(self.regions), 0)

    @property
    def tells_derived(self) -> bool:
        """Whether it tells an answer that follows, and no departure."""
        return tells_derived(self.kind, self.outcome)

    @property
    def derived(self) -> DerivedValue | None:
        """The answer that it tells, which follows and which nobody enters; None: nothing to rely on."""
        return derived_value(self.kind, self.outcome, self.evidence)

    @property
    def message(self) -> str:
        """The sentence as plain text."""
        return "".join(part.text for part in self.parts)


def of_returned(finding: Finding) -> Finding:
    """Say of a value that follows that it goes by work that is returned, so that nobody relies on it."""
    if not finding.tells_derived or OF_RETURNED in finding.evidence:
        return finding
    parts = (*finding.parts, MessagePart(_OF_RETURNED))
    return replace(finding, parts=parts, evidence={**finding.evidence, OF_RETURNED: 1})


def finding_id(rule: str, subject: str, regions: Iterable[RegionKey] | Of, clause: str, kind: str) -> str:
    """Digest that stays the same when titles, wording or measured digits change, or the order of a guideline.

    Where a finding is about what many contribute, its regions come and go: it is told by what they have in common.
    """
    what = regions if isinstance(regions, Of) else sorted(regions)
    told = msgspec.json.encode((rule, subject, what, clause, kind))
    return hashlib.sha256(told).hexdigest()[:16]


def brief(finding: Finding) -> Finding:
    """Give a finding as it is stored: each change of a large project stores it anew, so that it lists fewer things."""
    if not finding.members:
        return finding
    return replace(finding, regions=finding.regions[:KEPT], members=b"")
