"""The volume of what is marked on the slices of one series: area times the distance of the slices."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from guidelint.annotation.refs import task_called
from guidelint.geometry.measures.volume import volume_mm3
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.slice_place import SlicePlace
from guidelint.imaging.stack import is_whole, stacked

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from guidelint.imaging.stack import Stack

MM3_PER_ML: Final = 1000.0
NO_SERIES: Final = (
    "a volume is that of an object over the slices of a series, and the image does not say of which it is; deliver "
    "Series Instance UID (0020,000E)"
)


@dataclass(frozen=True, slots=True)
class MarkedSlice:
    """What is marked on one slice."""

    name: str
    """What tells it from others, for people."""
    image: str
    """The image, for people: two of one image lie at one place and count both."""
    place: SlicePlace = field(default_factory=SlicePlace)
    area_mm2: float | None = None
    """None: it was read, and nothing is marked on it."""


def volume_ml(slices: Sequence[MarkedSlice]) -> float:
    """Add up area times distance. Raises NotMeasurable with the reason.

    Slices on which nothing is marked say how far those beside them reach.
    """
    stack = stacked({one.name: one.place for one in slices})
    if stack.normal_problem:
        raise NotMeasurable(stack.normal_problem)
    images = {one.name: one.image for one in slices if one.area_mm2 is not None}
    _refuse_two_at_one_place(stack, images)
    _refuse_uneven(stack, images.keys())
    along_mm = stack.along_mm
    areas_mm2 = [one.area_mm2 or 0.0 for one in slices]
    mm3 = volume_mm3(areas_mm2, [along_mm[one.name] for one in slices], stack.single_slab_mm())
    return mm3 / MM3_PER_ML


def image_called(task: str, image: int) -> str:
    """Name an image of a task: the first by its task."""
    called = task_called(task)
    return f"image {image + 1} of {called}" if image else called


def _refuse_two_at_one_place(stack: Stack, images: dict[str, str]) -> None:
    for level in stack.levels:
        marked = sorted({images[name] for name in level.slices if name in images})
        if marked[1:]:
            raise NotMeasurable(f"{marked[0]} and {marked[1]} show the same place, which would count twice")


def _refuse_uneven(stack: Stack, marked: Collection[str]) -> None:
    """Raise where it is not known how far something reaches that is marked beside."""
    for step in stack.steps():
        is_beside = any(name in marked for name in (*step.before.slices, *step.after.slices))
        if is_beside and not is_whole(step.mm / step.expected_mm, 1):
            before, after = step.before.slices[0], step.after.slices[0]
            raise NotMeasurable(
                f"{before} and {after} lie {step.mm:.3g} mm apart where {step.expected_mm:.3g} mm is usual"
            )
