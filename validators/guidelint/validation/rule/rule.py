"""What a rule is: typed parameters, a check, the sentences it says, and cases drawn in text."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from guidelint.annotation.region import NotMeasurable, Region
from guidelint.annotation.shape import Tool
from guidelint.validation.judging.finding import Evidence, Level, Place, Says
from guidelint.validation.rule.case import Case
from guidelint.validation.rule.described import description, first_sentence
from guidelint.validation.rule.wording import number

if TYPE_CHECKING:
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names

CannotEvaluate = NotMeasurable
"""Raised by a check whose question has no answer here; the reason is for the reader."""

ENCLOSING: frozenset[Tool] = frozenset({"polygon", "rectangle", "ellipse", "brush", "bitmask", "vector"})
"""Tools that enclose an area."""
PAINTED: frozenset[Tool] = frozenset({"brush", "bitmask"})
"""Tools that paint pixels."""
DRAWN: frozenset[Tool] = frozenset({"polygon", "vector", "rectangle", "ellipse", "keypoint"})
"""Tools that place points, sides or radii, which can lie outside the image."""
OUTLINES: frozenset[Tool] = frozenset({"polygon", "vector"})
"""Tools that place vertices."""

Scope = Literal["region", "submission", "object"]


@dataclass(frozen=True, slots=True)
class Departure:
    """What a check yields: a kind that the rule ``says``, the evidence, and the regions concerned."""

    kind: str
    evidence: Mapping[str, Evidence]
    regions: tuple[Region | SliceMeasure, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class CannotTell:
    """What a check yields when its question has no answer for some regions, and it goes on with the others."""

    reason: str
    """For the reader."""
    regions: tuple[Region | SliceMeasure, ...]


Reply = Departure | CannotTell


@dataclass(frozen=True, slots=True)
class SliceMeasure:
    """The measures of one object on one slice."""

    task: str
    annotation: str
    region_id: str
    region_title: str
    number: int
    class_name: str | None
    tool: str
    values: tuple[float, ...]
    """One number per quantity that the rule measures, always in the same order; nan for what it does not ask."""
    item: int = 0
    """Which item of the delivered result draws the region, from 1; 0: not told."""
    no_spacing: str = ""
    """Why nothing is known in millimetres; empty when it is."""


class Rule(BaseModel):
    """A rule with its parameters. One file per rule; class, id and file share one name."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    scope: ClassVar[Scope]
    level: ClassVar[Level] = "error"
    """Level of a departure unless the guideline chooses another."""
    always: ClassVar[bool] = False
    """Judged under every guideline, whether an author writes it or not."""
    fixed_because: ClassVar[str] = ""
    """What would be accepted if a guideline could set a rule that is always on; empty: it may be set."""
    given_by: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """Parameters that another part of the guideline gives: parameter → that part, in words."""
    tools: ClassVar[frozenset[Tool] | None] = None
    """Tools whose regions it concerns; None: all."""
    says: ClassVar[Mapping[str, Says]] = MappingProxyType({})
    cases: ClassVar[tuple[Case, ...]] = ()

    @classmethod
    def id(cls) -> str:
        """Name in guidelines: the class name in kebab-case."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def settable(cls) -> bool:
        """Whether a guideline may write it: every rule but those without which work would be accepted unread."""
        return not cls.fixed_because

    @classmethod
    def parameters(cls) -> tuple[str, ...]:
        """Parameters that an author gives, in their order."""
        return tuple(name for name in cls.model_fields if name not in cls.given_by)

    def told(self, names: Names) -> str:  # noqa: ARG002 - a rule that says it better names classes by their titles
        """Tell annotators in a sentence what is asked, with its limits and the titles of what it speaks of."""
        return first_sentence(type(self)) + "".join(f" {meant}" for meant in self._numbers())

    def told_if(self, names: Names) -> str:
        """Tell annotators when work escalates, which it does on a departure, in words that read on from "if"."""
        return f"this is not so: {self.told(names)}".rstrip(".")

    def _numbers(self) -> Iterator[str]:
        """List the numbers that a guideline gives it, each with its meaning."""
        for name in type(self).model_fields:
            value: object = getattr(self, name)
            if name in self.model_fields_set and isinstance(value, int | float) and not isinstance(value, bool):
                yield f"{description(type(self), name).rstrip('.')}: {number(value)}."

    @staticmethod
    def departs(
        kind: str, *regions: Region | SliceMeasure, place: Place | None = None, **evidence: Evidence
    ) -> Departure:
        """Make a departure of one kind with its evidence."""
        return Departure(kind, evidence, regions, place)


class RegionRule(Rule):
    """Judges one region."""

    scope: ClassVar[Scope] = "region"

    @abstractmethod
    def check(self, region: Region) -> Iterator[Reply]:
        """Yield how the region departs; raise CannotEvaluate when that cannot be told."""


class SubmissionRule(Rule):
    """Judges everything one annotator handed in for one task."""

    scope: ClassVar[Scope] = "submission"

    @abstractmethod
    def check(self, submission: Submission) -> Iterator[Reply]:
        """Yield how the submission departs; raise CannotEvaluate when that cannot be told."""


class ObjectRule(Rule):
    """Judges an object: the same lesion over the slices of a series, or the region itself where there is no series."""

    scope: ClassVar[Scope] = "object"

    of: Literal["object", "region"] = "object"
    """What is judged: the object over all its slices, or every region by itself."""

    def needs_all_slices(self) -> bool:
        """Whether the object is known only with all its slices; otherwise each slice tells all there is."""
        return True

    @property
    def whole(self) -> str:
        """What is measured as one, in words after the class, where the guideline says so."""
        if not {"of"} & self.model_fields_set:
            return ""
        return ", over all its slices," if self.of == "object" else ", each region by itself,"

    @abstractmethod
    def measure(self, region: Region) -> tuple[float, ...]:
        """Measure what one slice contributes; raise CannotEvaluate when that cannot be told."""

    @abstractmethod
    def check_slice(self, region: Region, values: tuple[float, ...]) -> Iterator[Reply]:
        """Yield what one slice alone proves of its object, given its measures."""

    @abstractmethod
    def check_object(self, slices: tuple[SliceMeasure, ...]) -> Iterator[Reply]:
        """Yield how the object departs, given the measures of all its slices."""

    def check_alone(self, region: Region, values: tuple[float, ...]) -> Iterator[Reply]:
        """Yield how a region departs that is judged by itself."""
        yield from self.check_object((slice_measure(region, values),))


def slice_measure(region: Region, values: tuple[float, ...], task: str = "", annotation: str = "") -> SliceMeasure:
    """Keep of a region only what its object is judged by."""
    return SliceMeasure(
        task,
        annotation,
        region.id,
        region.title,
        region.number,
        region.class_name,
        region.tool,
        values,
        region.item,
        region.no_spacing,
    )
