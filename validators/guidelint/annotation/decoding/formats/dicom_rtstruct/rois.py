"""The regions of interest (ROI) of a structure set: what each is called, who drew it, and how."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.dicom_values import codes, counted, items, person, plain, text
from guidelint.annotation.decoding.files.json_record import PayloadError

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

    from guidelint.annotation.decoding.files.dicom_values import Person


@dataclass(frozen=True, slots=True)
class Roi:
    """One region of interest, which is one object over all slices."""

    number: int
    name: str
    """ROI Name (3006,0026)."""
    object_name: str
    """Its name, with its number where several have that."""
    algorithm: str = ""
    """ROI Generation Algorithm (3006,0036)."""
    reference: str = ""
    """Referenced Frame of Reference UID (3006,0024): what its points are relative to."""
    called: tuple[str, ...] = ()
    """ROI Observation Label (3006,0085), and what its identification code means and is."""
    interpreter: Person | None = None
    """ROI Interpreter (3006,00A6); None: nobody is named."""

    @property
    def words(self) -> str:
        """How people find it."""
        return f"ROI {self.number} ({self.name[:40]})"


@dataclass(slots=True)
class Rois:
    """The regions of interest of a file by their numbers."""

    by_number: dict[int, Roi] = field(default_factory=dict[int, Roi])
    repeated: set[int] = field(default_factory=set[int])
    """Numbers that several have."""
    unread: list[str] = field(default_factory=list[str])
    """Those that cannot be read, for people."""

    def of(self, number: int | None) -> Roi:
        """Find one by its number. Raises PayloadError where that is not clear."""
        if number is None:
            raise PayloadError("nothing says of which ROI they are")
        if number in self.repeated:
            raise PayloadError(f"their ROI number {number} is that of several ROIs")
        if number not in self.by_number:
            raise PayloadError(f"their ROI number {number} is that of no ROI")
        return self.by_number[number]


def rois(dataset: Dataset) -> Rois:
    """Read Structure Set ROI Sequence (3006,0020) and what is observed of each (3006,0080)."""
    found = Rois()
    for place, item in enumerate(items(dataset, 0x30060020), start=1):
        try:
            _add(item, found)
        except Exception as error:  # noqa: BLE001 - a hostile value can make a parser raise anything
            why = str(error) if isinstance(error, PayloadError) else type(error).__name__
            found.unread.append(f"ROI {place} of the file cannot be read: {why}")
    _name_apart(found)
    for place, item in enumerate(items(dataset, 0x30060080), start=1):
        try:
            _observe(item, found)
        except Exception as error:  # noqa: BLE001 - a hostile value can make a parser raise anything
            found.unread.append(f"observation {place} of the file cannot be read ({type(error).__name__})")
    return found


def _add(item: Dataset, found: Rois) -> None:
    number = counted(item, 0x30060022)
    if number is None:
        raise PayloadError("it has no ROI Number (3006,0022) that is a number")
    if number in found.by_number:
        found.repeated.add(number)
    name = text(item, 0x30060026)
    found.by_number[number] = Roi(number, name, name, plain(item, 0x30060036).upper(), plain(item, 0x30060024))


def _name_apart(found: Rois) -> None:
    """Name those apart that have one name; no name at all is none of an object's."""
    names = Counter(roi.name for roi in found.by_number.values())
    for number, roi in found.by_number.items():
        if not roi.name or names[roi.name] > 1:
            found.by_number[number] = replace(roi, object_name=f"{roi.name or 'ROI'} ({number})")


def _observe(item: Dataset, found: Rois) -> None:
    number = counted(item, 0x30060084)
    if number is None or number not in found.by_number:
        return
    roi = found.by_number[number]
    called = tuple(filter(None, (text(item, 0x30060085), *codes(item, 0x30060086))))
    by = person(item, 0x300600A6)
    found.by_number[number] = replace(roi, called=(*roi.called, *called), interpreter=by if by.id else roi.interpreter)
