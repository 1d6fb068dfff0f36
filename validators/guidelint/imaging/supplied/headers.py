"""Facts out of the headers of the DICOM files below a folder."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from sys import intern
from typing import TYPE_CHECKING, Final

from guidelint.imaging.beside import KEYWORDS, TAGS, Record
from guidelint.imaging.files.dicom_header import HeaderError, NotDicomError, read_header

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydicom.dataset import Dataset

    from guidelint.imaging.files.walk import Walk

_FRAMES: Final = 0x00280008
_BEHIND_SPACING: Final = 0x00280031
_SHARED_GROUPS: Final = 0x52009229
_FRAME_GROUPS: Final = 0x52009230
"""Per-Frame Functional Groups: as long as there are frames, and of no frame in particular."""
_ELEMENTS: Final = {name: group << 16 | element for name, (group, element) in TAGS.items()}
_SHARED: Final = {
    "pixel_spacing": "PixelMeasuresSequence",
    "slice_thickness": "PixelMeasuresSequence",
    "slice_spacing": "PixelMeasuresSequence",
    "orientation": "PlaneOrientationSequence",
}
"""Sequence of the Shared Functional Groups in which an enhanced object has what others have by itself."""
LONGEST_TEXT: Final = 200
"""So much of a text is kept; no fact is longer."""
MOST_PARTS: Final = 8
"""So many parts of a value are kept; no fact has more."""
FIRST: Final = 5
"""So many files are named."""


@dataclass(slots=True)
class Headers:
    """The headers below a folder, and what could not be read."""

    walk: Walk
    unreadable: list[str] = field(default_factory=list[str])
    """Files whose header could not be read, each with the reason and the remedy."""
    others: list[str] = field(default_factory=list[str])
    """Files that are no DICOM files."""

    def records(self) -> Iterator[Record]:
        """Read one header after the other."""
        for path in self.walk.files():
            name = path.relative_to(self.walk.folder).as_posix()
            try:
                values, faults = header_values(path)
            except NotDicomError:
                self.others.append(name)
            except HeaderError as error:
                self.unreadable.append(f"{name}: {error}")
            else:
                self.unreadable += (f"{name}: its {fault} cannot be read" for fault in faults)
                yield Record(f"{self.walk.folder.name or self.walk.folder}/{name}", name, values, is_header=True)

    def notes(self) -> Iterator[str]:
        """Say what was passed over, each kind once."""
        folder = self.walk.folder
        yield from self.walk.problems
        if self.others:
            yield f"{folder}: {len(self.others)} left alone, no DICOM: {_first(self.others)}"
        if self.unreadable:
            yield f"{folder}: not everything could be read. {_first(self.unreadable)}"


def header_values(path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read what a header says of each fact, as text, and which it says in no readable way. Raises HeaderError."""
    header = read_header(path, [*_ELEMENTS.values(), _FRAMES], _BEHIND_SPACING)
    shared = _shared(path) if _FRAMES in header and _ELEMENTS["pixel_spacing"] not in header else None
    with warnings.catch_warnings():  # pydicom warns of every value that is not to the letter of the standard
        warnings.simplefilter("ignore")
        texts = {name: _text(name, header, shared) for name in KEYWORDS}
    if not any(texts.values()):
        raise HeaderError("its header tells nothing of an image. Export it again, or take it out")
    faults = tuple(KEYWORDS[name] for name, text in texts.items() if text is None)
    return tuple(intern(text or "") for text in texts.values()), faults


def _shared(path: Path) -> Dataset | None:
    """Read the functional groups that all frames share."""
    groups = read_header(path, [_SHARED_GROUPS], _FRAME_GROUPS)
    found = groups[_SHARED_GROUPS].value if _SHARED_GROUPS in groups else None
    return found[0] if found else None


def _text(name: str, header: Dataset, shared: Dataset | None) -> str | None:
    """Write what is said of a fact; None: it cannot be read."""
    if name not in _ELEMENTS:
        return ""
    try:
        if shared is not None and name in _SHARED and (group := shared.get(_SHARED[name])):
            return _joined(group[0].get(KEYWORDS[name]))
        return _joined(header[_ELEMENTS[name]].value) if _ELEMENTS[name] in header else ""
    except Exception:  # noqa: BLE001 - a hostile value can make a parser raise anything
        return None


def _joined(value: object) -> str:
    """Write a value as DICOM does, its parts between backslashes."""
    if value is None:
        return ""
    if isinstance(value, str) or not isinstance(value, Iterable):
        return str(value)[:LONGEST_TEXT]
    return "\\".join(map(str, islice(value, MOST_PARTS)))


def _first(names: list[str]) -> str:
    return ", ".join(names[:FIRST]) + (f" and {len(names) - FIRST} more" if len(names) > FIRST else "")
