"""What was measured of work, once: what every proposal is made from, and held against."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.annotation.tool import Tool
    from guidelint.annotation.vocabulary import AttributeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionFact:
    """One region."""

    place: str
    """Where it stands, for people."""
    group: str
    """What hangs together with it: a series, else a patient, else a task."""
    class_key: str
    tool: Tool
    thing: str
    """The object of one reader, over the slices of a series; a region without a name is one by itself."""
    longest_mm: float | None
    longest_px: float | None
    answered: frozenset[str]
    """Questions that were answered on it."""
    inside: Mapping[str, bool | None] = field(default_factory=dict[str, "bool | None"])
    """Class that is there as well → whether it lies inside its regions; None: it cannot be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionFact:
    """Everything that one annotator handed in for one task."""

    place: str
    group: str
    counts: Mapping[str, int]
    """Class → its regions; a class that is not there has none."""
    answered: frozenset[str]
    """Questions about the image that were answered."""
    apart: Mapping[tuple[str, str], bool] = field(default_factory=dict[tuple[str, str], bool])
    """Two classes that are both there → whether none of their regions overlap."""


@dataclass(frozen=True, slots=True)
class ClassSeen:
    """A label, as work used it."""

    title: str
    tools: tuple[Tool, ...]
    is_named: bool = False
    """Whether its regions mostly name the object that they are a slice of."""


@dataclass(frozen=True, slots=True)
class QuestionSeen:
    """A control that was answered with, as work used it."""

    control: str
    title: str
    kind: AttributeKind
    of_regions: bool
    values: tuple[str, ...] = ()
    """Options that were chosen, sorted."""


@dataclass(frozen=True)
class Observed:
    """Everything that was measured."""

    classes: Mapping[str, ClassSeen]
    questions: Mapping[str, QuestionSeen]
    controls: Mapping[str, Tool]
    """Names of drawing controls → their tool."""
    regions: tuple[RegionFact, ...]
    submissions: tuple[SubmissionFact, ...]
    unread: int = 0
    """Annotations that could not be read."""

    @cached_property
    def by_class(self) -> Mapping[str, tuple[RegionFact, ...]]:
        """Class → its regions; of a class without any, none."""
        found: dict[str, list[RegionFact]] = {key: [] for key in self.classes}
        for one in self.regions:
            found[one.class_key].append(one)
        return {key: tuple(regions) for key, regions in found.items()}
