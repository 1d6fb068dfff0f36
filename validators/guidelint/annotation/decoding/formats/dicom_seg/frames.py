"""What each frame of a segmentation shows: which segment, on which image, in which plane."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from guidelint.annotation.decoding.files.dicom_values import items, plain, whole
from guidelint.annotation.decoding.parts.referred_image import referred
from guidelint.imaging.files.dicom_header import FRAME_GROUPS, SHARED_GROUPS
from guidelint.imaging.supplied.frame_groups import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydicom.dataset import Dataset

    from guidelint.annotation.decoding.parts.referred_image import Referred

_DERIVATION: Final = 0x00089124
_SOURCE: Final = 0x00082112
_SEGMENT: Final = 0x0062000A
_NO_FRAME: Final = "its Referenced Frame Number (0008,1160) is that of no frame: they count from 1"
_NOT_HELD: Final = "it is described, but the Number of Frames (0028,0008) is {}"


@dataclass(frozen=True, slots=True)
class SegFrame:
    """One frame."""

    number: int
    """From 1."""
    segment: int | None = None
    """Number of the segment that it shows; None: not told, as of a frame that shows several."""
    images: tuple[Referred, ...] = ()
    """Which images it was drawn on."""
    plane: Mapping[str, str] = field(default_factory=dict[str, str])
    """Where it lies, by facts as DICOM writes them."""
    problem: str = ""
    """Why it cannot be read."""


def seg_frames(dataset: Dataset, count: int) -> Iterator[SegFrame]:
    """Read the functional groups frame by frame; a frame that cannot be read costs no other.

    ``count``: Number of Frames (0028,0008); what is described beyond it has no pixels.
    """
    shared = next(iter(items(dataset, SHARED_GROUPS)), None)
    groups = items(dataset, FRAME_GROUPS)
    for number in range(1, max(count, len(groups)) + 1):
        own = groups[number - 1] if number <= len(groups) else None
        try:
            frame = _frame(number, own, shared)
            yield frame if number <= count else replace(frame, problem=_NOT_HELD.format(count))
        except Exception as error:  # noqa: BLE001 - a hostile value can make a parser raise anything
            yield SegFrame(number, problem=f"what is told of it cannot be read ({type(error).__name__})")


def _frame(number: int, own: Dataset | None, shared: Dataset | None) -> SegFrame:
    plane = {name: _told(own, shared, *where) for name, where in PLACES.items()}
    derived = _group(own, shared, _DERIVATION)
    identified = next(iter(_group(own, shared, _SEGMENT)), None)
    images = referred(source for item in derived for source in items(item, _SOURCE))
    return SegFrame(
        number,
        None if identified is None else whole(identified, 0x0062000B),
        images,
        {name: value for name, value in plane.items() if value},
        _NO_FRAME if any(image.frame == 0 for image in images) else "",
    )


def _group(own: Dataset | None, shared: Dataset | None, tag: int) -> tuple[Dataset, ...]:
    """Give a functional group of a frame, or else that of all frames."""
    return tuple(items(own, tag)) or tuple(items(shared, tag))


def _told(own: Dataset | None, shared: Dataset | None, group: int, tag: int) -> str:
    found = next(iter(_group(own, shared, group)), None)
    return "" if found is None else plain(found, tag)
