"""One object over the slices of a series."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from guidelint.annotation.region_ref import RegionRef
from guidelint.validation.rule.rule import Rule, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.reply import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceMeasure(RegionRef):
    """The measures of one object on one slice."""

    tool: str
    values: tuple[float, ...]
    """One number per quantity that the rule measures, always in the same order; nan for what it does not ask."""
    no_spacing: str = ""
    """Why nothing is known in millimetres; empty when it is."""


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
        region.id,
        region.title,
        region.class_name,
        region.number,
        task,
        annotation,
        region.item,
        tool=region.tool,
        values=values,
        no_spacing=region.no_spacing,
    )
