"""Facts out of the headers of the DICOM files below a folder."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field, replace
from sys import intern
from typing import TYPE_CHECKING, Final

from guidelint.imaging.beside import FRAME_FACTS, KEYWORDS, TAGS, Record
from guidelint.imaging.files.dicom_header import HeaderError, NotDicomError, joined, read_header, written
from guidelint.imaging.pixels.frame import Frame
from guidelint.imaging.supplied.frame_groups import frame_values, shared_values

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydicom.dataset import Dataset

    from guidelint.imaging.files.walk import Walk
    from guidelint.imaging.supplied.frame_groups import FrameValues

_FRAMES: Final = 0x00280008
_BEHIND_SPACING: Final = 0x00280031
_ELEMENTS: Final = {name: group << 16 | element for name, (group, element) in TAGS.items()}
_NO_IMAGES: Final = frozenset({"SEG", "RTSTRUCT", "RTDOSE", "RTPLAN", "OPTHSEG"})
"""Values of Modality (0008,0060) of what has frames and is no image."""
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
                header = _header(path)
                values, faults = _values(path, header)
            except NotDicomError:
                self.others.append(name)
            except HeaderError as error:
                self.unreadable.append(f"{name}: {error}")
            else:
                self.unreadable += (f"{name}: its {fault} cannot be read" for fault in faults)
                place = f"{self.walk.folder.name or self.walk.folder}/{name}"
                yield _by_frames(Record(place, name, values, is_header=True), self._frames(path, header, name))

    def _frames(self, path: Path, header: Dataset, name: str) -> tuple[FrameValues, ...]:
        try:
            return _frames(path, header)
        except HeaderError as error:
            self.unreadable.append(f"{name}: where its frames lie is not known, since {error}")
            return ()

    def notes(self) -> Iterator[str]:
        """Say what was passed over, each kind once."""
        folder = self.walk.folder
        yield from self.walk.problems
        if self.others:
            yield f"{folder}: {len(self.others)} left alone, no DICOM: {_first(self.others)}"
        if self.unreadable:
            yield f"{folder}: not everything could be read. {_first(self.unreadable)}"


def _by_frames(record: Record, frames: tuple[FrameValues, ...]) -> Record:
    """Let a record tell of its frames; what is said of the only frame is said of the image."""
    told = replace(record, frames=frames)
    return told.of_frame(Frame(0, 1)) if len(frames) == 1 else told


def header_values(path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read what a header says of each fact, as text, and which it says in no readable way. Raises HeaderError."""
    header = _header(path)
    return _values(path, header)


def header_facts(path: Path) -> dict[str, str]:
    """Read what a header says of each fact, by its name among ``KEYWORDS``; empty: nothing. Raises HeaderError."""
    return dict(zip(KEYWORDS, header_values(path)[0], strict=True))


def _header(path: Path) -> Dataset:
    return read_header(path, [*_ELEMENTS.values(), _FRAMES], _BEHIND_SPACING)


def _values(path: Path, header: Dataset) -> tuple[tuple[str, ...], tuple[str, ...]]:
    shared = dict(zip(FRAME_FACTS, shared_values(path), strict=True)) if _is_enhanced(header) else {}
    with warnings.catch_warnings():  # pydicom warns of every value that is not to the letter of the standard
        warnings.simplefilter("ignore")
        texts = {name: shared.get(name) or _text(name, header) for name in KEYWORDS}
    if not any(texts.values()):
        raise HeaderError("its header tells nothing of an image. Export it again, or take it out")
    faults = tuple(KEYWORDS[name] for name, text in texts.items() if text is None)
    return tuple(intern(text or "") for text in texts.values()), faults


def _is_enhanced(header: Dataset) -> bool:
    """Whether facts may stand in functional groups."""
    return _FRAMES in header and _ELEMENTS["pixel_spacing"] not in header


def _frames(path: Path, header: Dataset) -> tuple[FrameValues, ...]:
    """Read what is said of each frame of an enhanced image; marks on images are none. Raises HeaderError."""
    if not _is_enhanced(header) or written(header, _ELEMENTS["modality"]) in _NO_IMAGES:
        return ()
    count = written(header, _FRAMES)
    return frame_values(path, int(count) if count.isdecimal() else 1)


def _text(name: str, header: Dataset) -> str | None:
    """Write what is said of a fact; None: it cannot be read."""
    if name not in _ELEMENTS:
        return ""
    try:
        return joined(header[_ELEMENTS[name]].value) if _ELEMENTS[name] in header else ""
    except Exception:  # noqa: BLE001 - a hostile value can make a parser raise anything
        return None


def _first(names: list[str]) -> str:
    return ", ".join(names[:FIRST]) + (f" and {len(names) - FIRST} more" if len(names) > FIRST else "")
