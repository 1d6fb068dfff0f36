"""The images that the frames of a segmentation lie on: each with its frames, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from guidelint.annotation.decoding.files.dicom_values import plain
from guidelint.annotation.decoding.parts.referred_image import listed
from guidelint.imaging.agreement import agree
from guidelint.imaging.header_values import UnreadableError, numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydicom.dataset import Dataset

    from guidelint.annotation.decoding.formats.dicom_seg.frames import SegFrame
    from guidelint.annotation.decoding.parts.referred_image import Listed, Referred
    from guidelint.imaging.keys import ImageKeys

_IN_ONE_PLANE: Final = {"position": 3, "orientation": 6, "pixel_spacing": 2}
"""What the frames of one image have in common → how many numbers it is."""
_NOWHERE = "it refers to no image, and its position (0020,0032) is not told"


@dataclass(frozen=True, slots=True)
class MarkedImage:
    """One image, and the frames that were drawn on it."""

    task: str
    data: Mapping[str, object]
    """What is told of it, under the keys of the guideline."""
    frames: tuple[SegFrame, ...]


def marked_images(dataset: Dataset, frames: Sequence[SegFrame], keys: ImageKeys) -> tuple[list[MarkedImage], list[str]]:
    """Gather the frames of each image, in their order; and tell of frames of which no image is known."""
    images = listed(dataset)
    places = _Places(_reference(dataset, images))
    on_image: dict[str, list[SegFrame]] = {}
    data: dict[str, dict[str, object]] = {}
    unread: list[str] = []
    for frame in frames:
        task, told = _image(frame, images, places, keys)
        if not task:
            unread.append(f"frame {frame.number} of the file cannot be read: {frame.problem or _NOWHERE}")
            continue
        on_image.setdefault(task, []).append(_at_place(frame, on_image.get(task, ())))
        data.setdefault(task, {**_of_plane(frame, keys), **told})
    shared = _shared(dataset, keys)
    return [MarkedImage(task, {**shared, **data[task]}, tuple(found)) for task, found in on_image.items()], unread


@dataclass(frozen=True, slots=True)
class _Places:
    """Names images by where they lie."""

    reference: str
    """What their positions are relative to."""

    def name(self, frame: SegFrame) -> str:
        try:
            place = " ".join(f"{round(part, 2) + 0.0:.2f}" for part in numbers(frame.plane.get("position"), 3))
        except UnreadableError:
            return ""
        return f"position {place} of {self.reference}"


def _reference(dataset: Dataset, images: Listed) -> str:
    """Tell what positions are relative to: the frame of reference, else the narrowest that all images share."""
    told = {"": plain(dataset, 0x00200052), "series ": images.only_series, "study ": plain(dataset, 0x0020000D)}
    told["patient "] = plain(dataset, 0x00100020)
    return next((f"{what}{name}" for what, name in told.items() if name), "the patient")


def _image(frame: SegFrame, images: Listed, places: _Places, keys: ImageKeys) -> tuple[str, dict[str, object]]:
    """Name the image of a frame: the only one that it refers to, else that at its position; empty: none is told."""
    known = _referred(frame, images)
    if known is not None:
        return known.name, {**known.data(keys), **images.told(known.uid, keys)}
    name = places.name(frame)
    return name, {keys.image: name, **({keys.series_uid: images.only_series} if images.only_series else {})}


def _referred(frame: SegFrame, images: Listed) -> Referred | None:
    if frame.images:
        return frame.images[0] if len(frame.images) == 1 else None
    return None if "position" in frame.plane else images.only_image


def _at_place(frame: SegFrame, others: Sequence[SegFrame]) -> SegFrame:
    """Refuse a frame that lies elsewhere than an earlier one of the same image."""
    for name in _IN_ONE_PLANE:
        first = next((other.plane[name] for other in others if name in other.plane), None)
        own = frame.plane.get(name)
        if not frame.problem and first is not None and own is not None and _differ(name, first, own):
            told = f"its {name.replace('_', ' ')} is {own}, and that of an earlier frame of the same image {first}"
            return replace(frame, problem=told)
    return frame


def _differ(name: str, one: str, other: str) -> bool:
    if one == other:
        return False
    try:
        first, second = (tuple(numbers(value, _IN_ONE_PLANE[name])) for value in (one, other))
    except UnreadableError:
        return False
    return not agree(name, first, second)


def _of_plane(frame: SegFrame, keys: ImageKeys) -> dict[str, object]:
    return {getattr(keys, name): value for name, value in frame.plane.items()}


def _shared(dataset: Dataset, keys: ImageKeys) -> dict[str, object]:
    """Tell what holds for all images of the file."""
    told = {keys.rows: 0x00280010, keys.columns: 0x00280011, keys.patient: 0x00100020}
    return {key: value for key, tag in told.items() if (value := plain(dataset, tag))}
