"""One object over the slices of a series; its verdict is on the series."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from guidelint.annotation.refs import task_called
from guidelint.annotation.region_ref import RegionRef
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.slice_place import SlicePlace
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule, Unknown
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.rule import may_depart
from guidelint.validation.rule.scope import Scope
from guidelint.validation.scopes.series import series_shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.reply import Reply
    from guidelint.validation.rule.rule import Question
    from guidelint.validation.rule.scope import Share

NO_NAME = (
    "its slices cannot be joined: the region has no object name. In Label Studio, name the object in the region's "
    "text, with the same name on every slice; in a DICOM segmentation, give its segment a Tracking UID"
)
NOT_JOINED = (
    "it cannot be joined with what is marked on other images: the region has no object name. In Label Studio, name the "
    "object in the region's text, with the same name on every image"
)
NO_READER = "its slices cannot be joined: the annotation does not say who made it"

OBJECT = Scope(
    name="object",
    judges="one object, over the slices of a series or by itself",
    per_class=True,
    of_regions=True,
    of_one_reader=True,
    shares=series_shares,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(RegionRef):
    """What marks one object on one slice."""

    object_name: str = ""
    """What joins it with other slices; empty: nothing does."""

    @property
    def object_key(self) -> str:
        """What all marks of its object have in common; empty: nothing joins it."""
        return object_key(self.class_name, self.object_name)

    @property
    def given(self) -> dict[str, Any]:
        """All that makes it a mark, for what keeps more of a region beside."""
        return {name: getattr(self, name) for name in Mark.__dataclass_fields__}


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceMeasure(Mark):
    """The measures of one object on one slice."""

    tool: str
    values: tuple[float, ...]
    """One number per quantity that the rule measures, always in the same order; nan for what it does not ask."""
    no_spacing: str = ""
    """Why nothing is known in millimetres; empty when it is."""
    place: SlicePlace = field(default_factory=SlicePlace)
    """Where the slice lies; its position along the normal follows."""
    image: int = 0
    """Which image of the task it is, from 0; of images that all have one grid, the first."""


class ObjectRule(GatheringRule[SliceMeasure]):
    """Judges an object: the same lesion over the slices of a series, or the region itself where there is no series.

    A limit that is a multiple of an image fact follows from the largest value among the slices of the object, so no
    slice alone proves anything then.
    """

    scope = OBJECT
    contribution: ClassVar[type] = SliceMeasure

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

    def over(self) -> Scope | None:
        """Gather the slices of objects; a region by itself needs no others."""
        return self.scope if self.of == "object" else None

    @abstractmethod
    def measure(self, region: Region) -> tuple[float, ...]:
        """Measure what one slice contributes; raise NotMeasurable when that cannot be told."""

    @abstractmethod
    def check_slice(self, region: Region, values: tuple[float, ...]) -> Iterator[Reply]:
        """Yield what one slice alone proves of its object, given its measures."""

    @abstractmethod
    def check_object(self, slices: tuple[SliceMeasure, ...]) -> Iterator[Reply]:
        """Yield how the object departs, given the measures of all its slices."""

    def check_alone(self, region: Region, values: tuple[float, ...]) -> Iterator[Reply]:
        """Yield how a region departs that is judged by itself."""
        yield from self.check_object((slice_measure(region, values),))

    def questions(self, submission: Submission, regions: tuple[Region, ...]) -> Iterator[Question]:
        """Ask each region what it alone proves that may prove anything."""
        for region in may_depart(self, submission, regions):
            yield partial(self._on_slice, region, submission), (region,)

    def _on_slice(self, region: Region, submission: Submission) -> Iterable[Reply]:
        values = self.measure(region)
        if self.of == "object" and submission.image_of(region).series_uid:
            return () if self.varies else self.check_slice(region, values)
        return self.check_alone(region, values)

    def gather(self, share: Share) -> Iterator[Gathered[SliceMeasure] | Unknown]:
        """Contribute each region to the object that its name and class tell."""
        for region in share.regions:
            yield self._contribution(region, share.submission)

    def _contribution(self, region: Region, submission: Submission) -> Gathered[SliceMeasure] | Unknown:
        name = region.object_name or "" if submission.annotator is not None else ""
        group = object_key(region.class_name, name)
        bare = replace(
            slice_measure(region, (), submission.task, submission.annotation),
            title=_title(region, submission, name),
            object_name=name,
            place=submission.image_of(region).place,
            image=submission.grid_of(region),
        )
        try:
            return Gathered(replace(bare, values=self.measure(region)), group, region.image_index)
        except NotMeasurable as error:
            return Unknown(str(error), (bare,), group) if name else Gathered(bare, group, region.image_index)

    def check_gathered(self, contributions: Sequence[Contributed[SliceMeasure]]) -> Iterator[Reply]:
        """Judge the object; slices that nothing joins are judged alone, where one alone tells all there is."""
        slices = tuple(one.value for one in contributions)
        if slices[0].object_name:
            yield from self.check_object(slices)
        elif self.varies or self.needs_all_slices():
            yield CannotTell(NO_NAME if contributions[0].annotator is not None else NO_READER, slices)


def object_key(class_name: str | None, name: str) -> str:
    """Join what joins the regions of one object, its class and its name; empty: nothing does."""
    return f"{class_name or ''}\x1f{name}" if name else ""


def mark_of(region: Region, submission: Submission) -> Mark:
    """Keep of a region only which object it marks."""
    name = region.object_name or ""
    return Mark(
        region.id,
        _title(region, submission, name),
        region.class_name,
        region.number,
        submission.task,
        submission.annotation,
        region.item,
        object_name=name,
    )


def _title(region: Region, submission: Submission, name: str) -> str:
    joined = f"Object {name}: " if name else ""
    return f"{joined}{region.title} of {task_called(submission.task)}"


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
