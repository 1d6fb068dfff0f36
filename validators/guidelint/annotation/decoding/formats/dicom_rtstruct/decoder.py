"""DICOM structure sets of radiotherapy (PS3.3 A.19): contours in the patient, by regions of interest.

A task is an image that contours lie on. Each ROI is the work of whoever its ROI Interpreter (3006,00A6) names, else of
the Operators' Name (0008,1070) or, where nobody is named, of the file itself.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.decoder import UnreadRecord
from guidelint.annotation.decoding.files.dicom_object import dicom_object, refuse_class, sop_class_in
from guidelint.annotation.decoding.files.dicom_values import Person, person, plain
from guidelint.annotation.decoding.formats.dicom_rtstruct.contours import contours
from guidelint.annotation.decoding.formats.dicom_rtstruct.drawing import Drawing
from guidelint.annotation.decoding.formats.dicom_rtstruct.marked_images import MarkedImages
from guidelint.annotation.decoding.formats.dicom_rtstruct.planes import Planes
from guidelint.annotation.decoding.formats.dicom_rtstruct.rois import rois

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydicom.dataset import Dataset

    from guidelint.annotation.decoding.carried import Carried
    from guidelint.annotation.decoding.decoder import Decoded, Opened

TITLE = "a DICOM structure set (RTSTRUCT)"
_CLASS = "1.2.840.10008.5.1.4.1.1.481.3"
_MOST_TOLD = 20
"""So many contours that lie on no image are told, the others counted."""
_EMPTY = (
    "it holds no contour, and does not say on which images nothing was found, so that it tells nothing of any. "
    "Leave it out, or hand in work that says so image by image"
)


@dataclass(frozen=True, slots=True)
class DicomRtstruct:
    """Reads structure sets."""

    name: str = "dicom-rtstruct"
    title: str = TITLE
    endings: tuple[str, ...] = (".dcm", ".dcm.gz")
    carries: frozenset[Carried] = frozenset({"annotators", "origins", "object names", "separate objects"})
    has_schema: bool = False
    has_legend: bool = False

    def fits(self, head: bytes) -> bool:
        """Whether it is a DICOM file that says it is an object of this kind."""
        return sop_class_in(head) == _CLASS

    def records(self, opened: Opened) -> Iterator[Decoded]:
        """Read image after image. Raises FormatError where it is no structure set, or not to be read."""
        dataset = dicom_object(opened.blocks, opened.source.size_bytes, "ROIs").dataset
        with warnings.catch_warnings():  # pydicom warns of every value that is not to the letter of the standard
            warnings.simplefilter("ignore")
            tasks, unread = _read(dataset, opened)
        for number, reason in enumerate(unread):
            yield UnreadRecord(reason=reason, repeats=number >= _MOST_TOLD)
        yield from tasks


DECODER = DicomRtstruct()


def _read(dataset: Dataset, opened: Opened) -> tuple[list[Decoded], list[str]]:
    """Find which contours lie on which image, and what cannot be read."""
    kind = plain(dataset, 0x00080016)
    if kind != _CLASS and plain(dataset, 0x00080060) != "RTSTRUCT":
        refuse_class(dataset, "structure set")
    known, planes = rois(dataset), Planes(opened)
    images = MarkedImages(dataset, opened.vocabulary.image, planes)
    for contour in contours(dataset, known):
        images.add(contour)
    by = person(dataset, 0x00081070)
    drawing = Drawing(opened, planes, by if by.id else Person(_stem(opened), ""))
    tasks: list[Decoded] = [drawing.task(image, place) for place, image in enumerate(images.found(), start=1)]
    unread = [*known.unread, *images.unread]
    return tasks, unread if tasks or unread else [_EMPTY]


def _stem(opened: Opened) -> str:
    return PurePath(opened.source.name).name.partition(".")[0]
