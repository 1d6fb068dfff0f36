"""What is known before a run: entries of a baseline, waivers among them, and how a finding stands to its entry."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

By = Literal["baseline", "waiver"]
Count = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]
"""A whole number that a float holds, too."""


class About(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a finding was about, for people."""

    kind: str = ""
    series: str = ""
    task: str = ""
    annotation: str = ""
    annotator: str = ""
    which: str = ""
    """What tells it from others of its kind where none of the above does: the patient."""

    @property
    def name(self) -> str:
        """Name it, e.g. ``task 12, annotation 31``; what has no name of its own is named by its annotator or kind."""
        named = (("series", self.series), ("task", self.task), ("annotation", self.annotation), (self.kind, self.which))
        told = ", ".join(f"{kind} {value}" for kind, value in named if value)
        return told or (f"annotator {self.annotator}" if self.annotator else f"the {self.kind}" if self.kind else "")


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A line of a baseline: a finding that is known, with what was measured then. Only the id tells which it is."""

    id: str
    rule: str = ""
    kind: str = ""
    guideline: str = ""
    """By which of several guidelines it was found, for people."""
    subject: About = About()
    regions: tuple[str, ...] = ()
    clause: str = ""
    count: Count = 0
    """How many things it was about, where each of them counts by itself."""
    members: str = ""
    """What tells these from others, in base64."""
    measured: Count | float | None = None
    limit: Count | float | None = None
    unit: str = ""
    who: str = ""
    """Who waives it; empty: the entry is no waiver."""
    reason: str = ""
    until: dt.date | None = None
    """Last day (UTC) that a waiver counts."""

    @property
    def by(self) -> By:
        """By what it makes a finding known."""
        return "waiver" if self.who else "baseline"

    @property
    def name(self) -> str:
        """Name it to people, e.g. ``closed-outline on task 3, annotation 31``."""
        about = self.subject.name
        return (self.rule or f"finding {self.id}") + (f" on {about}" if about else "")

    def is_expired(self, today: dt.date) -> bool:
        """Whether it is a waiver whose last day is over."""
        return self.until is not None and today > self.until


@dataclass(frozen=True, slots=True)
class Standing:
    """How a finding stands to the entry with its id."""

    entry: Entry
    new_because: str = ""
    """Why it is new all the same, e.g. ``was 4.1 mm, is 6.0 mm``; empty: it is known."""
    is_worse: bool = False
    """Whether it is new because it lies farther beyond its limit."""

    @property
    def is_known(self) -> bool:
        """Whether the entry makes it known."""
        return not self.new_because
