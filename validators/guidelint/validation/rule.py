"""What a rule is: typed parameters, a check, the sentences it says, and cases drawn in text."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from guidelint.annotation.region import NotMeasurable, Region
from guidelint.annotation.shape import Tool
from guidelint.annotation.submission import Submission
from guidelint.validation.case import Case
from guidelint.validation.finding import Evidence, Level, Place, Says

CannotEvaluate = NotMeasurable
"""Raised by a check whose question has no answer here; the reason is for the reader."""

Scope = Literal["region", "submission", "object"]


@dataclass(frozen=True, slots=True)
class Departure:
    """What a check yields: a kind that the rule ``says``, the evidence, and the regions concerned."""

    kind: str
    evidence: Mapping[str, Evidence]
    regions: tuple[Region, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class SliceMeasure:
    """The measure of one object on one slice."""

    task: str
    annotation: str
    region_id: str
    region_title: str
    class_name: str | None
    tool: str
    value: float


class Rule(BaseModel):
    """A rule with its parameters. One file per rule; class, id and file share one name."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)

    scope: ClassVar[Scope]
    level: ClassVar[Level] = "error"
    """Level of a departure unless the guideline chooses another."""
    always: ClassVar[bool] = False
    """Judged under every guideline; the compiler fills in its parameters and authors never write it."""
    tools: ClassVar[frozenset[Tool] | None] = None
    """Tools whose regions it concerns; None: all."""
    says: ClassVar[Mapping[str, Says]] = MappingProxyType({})
    cases: ClassVar[tuple[Case, ...]] = ()

    @classmethod
    def id(cls) -> str:
        """Name in guidelines: the class name in kebab-case."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()

    @staticmethod
    def departs(kind: str, *regions: Region, place: Place | None = None, **evidence: Evidence) -> Departure:
        """A departure of one kind with its evidence."""
        return Departure(kind, evidence, regions, place)


class RegionRule(Rule):
    """Judges one region."""

    scope: ClassVar[Scope] = "region"

    @abstractmethod
    def check(self, region: Region) -> Iterator[Departure]:
        """Yield how the region departs; raise CannotEvaluate when that cannot be told."""


class SubmissionRule(Rule):
    """Judges everything one annotator handed in for one task."""

    scope: ClassVar[Scope] = "submission"

    @abstractmethod
    def check(self, submission: Submission) -> Iterator[Departure]:
        """Yield how the submission departs; raise CannotEvaluate when that cannot be told."""


class ObjectRule(Rule):
    """Judges an object: the same lesion over the slices of a series, or the region itself where there is no series."""

    scope: ClassVar[Scope] = "object"

    @abstractmethod
    def measure(self, region: Region) -> float:
        """What one slice contributes; raise CannotEvaluate when that cannot be told."""

    @abstractmethod
    def check_slice(self, region: Region, value: float) -> Iterator[Departure]:
        """Yield what one slice alone proves of its object, given its measure."""

    @abstractmethod
    def check_object(self, slices: tuple[SliceMeasure, ...]) -> Iterator[Departure]:
        """Yield how the object departs, given the measures of all its slices."""

    def check_alone(self, region: Region, value: float) -> Iterator[Departure]:
        """Yield how a region departs that is the whole object."""
        yield from self.check_object(
            (SliceMeasure("", "", region.id, region.title, region.class_name, region.tool, value),)
        )
