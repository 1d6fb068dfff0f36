"""Facts of the frames of an enhanced DICOM object, out of its functional groups (PS3.3 C.7.6.16)."""

from __future__ import annotations

import warnings
from sys import intern
from typing import TYPE_CHECKING, Final

from guidelint.imaging.beside import FRAME_FACTS, TAGS
from guidelint.imaging.files.dicom_header import FRAME_GROUPS, SHARED_GROUPS, HeaderError, read_header, written

if TYPE_CHECKING:
    from pathlib import Path

    from pydicom.dataset import Dataset

MOST_ITEMS: Final = 60_000
"""Most items of the functional groups of one file: each costs as much time as a small header."""
_BEHIND: Final = FRAME_GROUPS + 1
_MEASURES: Final = 0x00289110
_GROUPS: Final = {
    "position": 0x00209113,
    "orientation": 0x00209116,
    "pixel_spacing": _MEASURES,
    "slice_thickness": _MEASURES,
    "slice_spacing": _MEASURES,
}
"""Fact → the functional group in which an enhanced object has what others have by themselves."""
PLACES: Final = {name: (group, TAGS[name][0] << 16 | TAGS[name][1]) for name, group in _GROUPS.items()}
"""Fact → its functional group, and the element that tells it there."""

FrameValues = tuple[str, ...]
"""What is said of one frame, in the order of ``FRAME_FACTS``; empty: nothing."""


def shared_values(path: Path) -> FrameValues:
    """Read what holds for all frames. Raises HeaderError."""
    header = read_header(path, [SHARED_GROUPS], FRAME_GROUPS)
    shared = header[SHARED_GROUPS].value if SHARED_GROUPS in header else None
    return _values(shared[0]) if shared else ("",) * len(FRAME_FACTS)


def frame_values(path: Path, count: int) -> tuple[FrameValues, ...]:
    """Read what is said of each of so many frames. Raises HeaderError where that is not to be read."""
    header = read_header(path, [FRAME_GROUPS], _BEHIND, MOST_ITEMS)
    with warnings.catch_warnings():  # pydicom warns of every value that is not to the letter of the standard
        warnings.simplefilter("ignore")
        try:
            groups = header[FRAME_GROUPS].value if FRAME_GROUPS in header else ()
            found = tuple(_values(group) for group in groups or ())
        except Exception as error:  # a hostile value can make a parser raise anything
            raise HeaderError(f"they cannot be read ({type(error).__name__}). Export it again") from error
    if found and len(found) != count:
        raise HeaderError(f"it states {count:,} frames, and tells of {len(found):,}. Export it again")
    return found


def _values(groups: Dataset) -> FrameValues:
    return tuple(intern(_value(groups, name)) for name in FRAME_FACTS)


def _value(groups: Dataset, name: str) -> str:
    group, element = PLACES[name]
    found = groups[group].value if group in groups else None
    return written(found[0], element) if found else ""
