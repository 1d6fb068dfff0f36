"""What the segments of a segmentation are: labels, the object that each tracks, who drew it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.dicom_values import codes, items, plain, text, whole

if TYPE_CHECKING:
    from pydicom.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment."""

    label: str
    """Segment Label (0062,0005)."""
    codes: tuple[str, ...] = ()
    """What its Segmented Property Type (0062,000F) means, and its code."""
    object_name: str | None = None
    """Tracking UID (0062,0021), which is one in all files and series that show the object."""
    algorithm: str = ""
    """Segment Algorithm Type (0062,0008)."""


@dataclass(slots=True)
class Segments:
    """The segments of a file by their numbers."""

    by_number: dict[int, Segment] = field(default_factory=dict[int, Segment])
    problems: dict[int, str] = field(default_factory=dict[int, str])
    """Numbers that mean nothing clear → why."""
    unread: list[str] = field(default_factory=list[str])
    """Segments without a number that can be read, for people."""

    def problem(self, number: int | None) -> str:
        """Say why a number is that of no segment; empty: it is one."""
        if number is None:
            return "nothing says which segment it shows"
        if number in self.problems:
            return self.problems[number]
        return "" if number in self.by_number else f"it shows segment {number}, which is none of the file"


def segments(dataset: Dataset) -> Segments:
    """Read Segment Sequence (0062,0002); one that cannot be read costs no other."""
    found = Segments()
    for place, item in enumerate(items(dataset, 0x00620002), start=1):
        try:
            number = whole(item, 0x00620004)
            segment = _segment(item)
        except Exception as error:  # noqa: BLE001 - a hostile value can make a parser raise anything
            found.unread.append(f"segment {place} of the file cannot be read ({type(error).__name__})")
            continue
        if number is None:
            found.unread.append(f"segment {place} of the file has no number (0062,0004) that can be read")
        elif number in found.by_number or number in found.problems:
            found.by_number.pop(number, None)
            found.problems[number] = f"its segment number {number} is that of several segments"
        else:
            found.by_number[number] = segment
    return found


def _segment(item: Dataset) -> Segment:
    return Segment(
        text(item, 0x00620005),
        tuple(codes(item, 0x0062000F)),
        plain(item, 0x00620021) or None,
        plain(item, 0x00620008).upper(),
    )
