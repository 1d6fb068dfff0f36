"""What is told of one image beside the task data: by rows of a table, or by headers of files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from guidelint.imaging.keys import ImageKeys, delivered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.imaging.pixels.frame import Frame

KEYWORDS: Final[Mapping[str, str]] = MappingProxyType(
    {name: key for name, key in delivered(ImageKeys()).items() if name != "image"}
)
"""DICOM keyword of each fact, by the name that the fact has among the keys of a guideline."""
TAGS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "pixel_spacing": (0x0028, 0x0030),
        "rows": (0x0028, 0x0010),
        "columns": (0x0028, 0x0011),
        "modality": (0x0008, 0x0060),
        "series_uid": (0x0020, 0x000E),
        "sop_uid": (0x0008, 0x0018),
        "position": (0x0020, 0x0032),
        "orientation": (0x0020, 0x0037),
        "slice_thickness": (0x0018, 0x0050),
        "slice_spacing": (0x0018, 0x0088),
        "instance_number": (0x0020, 0x0013),
        "patient": (0x0010, 0x0020),
        "study_uid": (0x0020, 0x000D),
        "study_date": (0x0008, 0x0020),
        "time_point": (0x0012, 0x0050),
        "view": (0x0018, 0x5101),
        "side": (0x0020, 0x0062),
        "body_part": (0x0018, 0x0015),
    }
)
"""Group and element of each fact that DICOM has by itself."""

FRAME_FACTS: Final[tuple[str, ...]] = ("position", "orientation", "pixel_spacing", "slice_thickness", "slice_spacing")
"""Facts that the frames of one object may have each of its own."""
IN_TASK_DATA: Final = "in the task data"
"""How the source of a fact ends that stands there under a key."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table, or the header of one file."""

    place: str
    """Where it stands, for people: ``images.csv, line 7`` or ``scan/12.dcm``."""
    image: str
    """The image that it is about, a path or an address or the end of one; empty: told by its SOP Instance UID."""
    values: tuple[str, ...]
    """What it says, in DICOM's text, in the order of ``KEYWORDS``; empty: nothing."""
    is_header: bool = False
    """Whether it is a header, whose facts are told by their tags."""
    frames: tuple[tuple[str, ...], ...] = ()
    """What it says of each of its frames, in the order of ``FRAME_FACTS``; none: it has one only, or says nothing."""
    guideline: str = ""
    """Under which guideline the image was annotated; empty: it does not say."""

    def value(self, name: str) -> str:
        """Tell what it says of one fact; empty: nothing."""
        return self.values[_ORDER[name]]

    def of_frame(self, frame: Frame | None) -> Record:
        """Tell of one frame alone; of which frame it is not told, what holds for all."""
        if frame is None or frame.number >= len(self.frames) or frame.of not in {0, len(self.frames)}:
            return self
        own: dict[str, str] = dict(zip(FRAME_FACTS, self.frames[frame.number], strict=True))
        values = tuple(own.get(name) or value for name, value in zip(KEYWORDS, self.values, strict=True))
        return replace(self, place=f"{self.place}, frame {frame.number + 1}", values=values, frames=())

    def source(self, name: str) -> str:
        """Tell where a fact stands, for people."""
        if not self.is_header:
            return f"{KEYWORDS[name]} of {self.place}"
        group, element = TAGS[name]
        return f"DICOM ({group:04X},{element:04X}) of {self.place}"


_ORDER = {name: number for number, name in enumerate(KEYWORDS)}


@dataclass(frozen=True, slots=True)
class Beside:
    """All that is told of one image."""

    records: tuple[tuple[int, Record], ...] = ()
    """Which of all records they are, and the records."""
    searched: str = ""
    """What was looked through, for people; empty: nothing was given."""
    doubtful: tuple[tuple[str, str], ...] = ()
    """Places of records that fit this image and another one, with that one."""

    def told(self, name: str) -> tuple[tuple[str, str], ...]:
        """Tell what is said of one fact, and where."""
        return tuple((value, one.source(name)) for _, one in self.records if (value := one.value(name)))

    @property
    def lacks(self) -> str:
        """Go on from "the task data has no Modality" for a fact that is not told here either."""
        if not self.searched:
            return ""
        if not self.records and self.doubtful:
            place, other = self.doubtful[0]
            return f", and {place} may be about this image or about {other}, as its path fits both"
        if not self.records:
            return f", and {self.searched} tells nothing of this image"
        return f", nor has {' or '.join(one.place for _, one in self.records)}"


NOTHING_BESIDE: Final = Beside()
