"""The images that the frames of a segmentation lie on: each with its frames, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.dicom_values import plain
from guidelint.annotation.decoding.parts.referred_image import listed
from guidelint.imaging.agreement import MOVED_MM
from guidelint.imaging.header_values import UnreadableError, numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydicom.dataset import Dataset

    from guidelint.annotation.decoding.formats.dicom_seg.frames import SegFrame
    from guidelint.annotation.decoding.parts.referred_image import Listed, Referred
    from guidelint.imaging.keys import ImageKeys

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
    images, places = listed(dataset), _Places(plain(dataset, 0x00200052))
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

    frame_of_reference: str

    def name(self, frame: SegFrame) -> str:
        try:
            place = " ".join(f"{round(part, 2) + 0.0:.2f}" for part in numbers(frame.plane.get("position"), 3))
        except UnreadableError:
            return ""
        return f"position {place} of {self.frame_of_reference or 'the patient'}"


def _image(frame: SegFrame, images: Listed, places: _Places, keys: ImageKeys) -> tuple[str, dict[str, object]]:
    """Name the image of a frame: the only one that it refers to, else that at its position; empty: none is told."""
    known = _referred(frame, images)
    if known is not None:
        series = images.series.get(known.uid, "")
        return known.name, {**known.data(keys), **({keys.series_uid: series} if series else {})}
    name = places.name(frame)
    return name, {keys.image: name, **({keys.series_uid: images.only_series} if images.only_series else {})}


def _referred(frame: SegFrame, images: Listed) -> Referred | None:
    if frame.images:
        return frame.images[0] if len(frame.images) == 1 else None
    return None if "position" in frame.plane else images.only_image


def _at_place(frame: SegFrame, others: Sequence[SegFrame]) -> SegFrame:
    """Refuse a frame that lies elsewhere than an earlier one of the same image."""
    first = next((other.plane["position"] for other in others if "position" in other.plane), None)
    own = frame.plane.get("position")
    if frame.problem or first is None or own is None or not _apart(first, own):
        return frame
    return replace(frame, problem=f"it lies at {own}, and an earlier frame of the same image at {first}")


def _apart(one: str, other: str) -> bool:
    try:
        pairs = zip(numbers(one, 3), numbers(other, 3), strict=True)
    except UnreadableError:
        return False
    return any(abs(a - b) > MOVED_MM for a, b in pairs)


def _of_plane(frame: SegFrame, keys: ImageKeys) -> dict[str, object]:
    return {getattr(keys, name): value for name, value in frame.plane.items()}


def _shared(dataset: Dataset, keys: ImageKeys) -> dict[str, object]:
    """Tell what holds for all images of the file."""
    told = {keys.rows: 0x00280010, keys.columns: 0x00280011, keys.patient: 0x00100020}
    return {key: value for key, tag in told.items() if (value := plain(dataset, tag))}
