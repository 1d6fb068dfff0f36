"""DICOM segmentations (PS3.3 A.51): frames that say of each pixel of an image whether it belongs to a segment.

A task is an image that frames were drawn on. One file is the work of one annotator: whoever Content Creator's Name
(0070,0084) names or, where nobody is named, the file itself.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.decoder import UnreadRecord
from guidelint.annotation.decoding.files.dicom_object import dicom_object, refuse_class, sop_class_in
from guidelint.annotation.decoding.files.dicom_values import Person, person, plain, whole
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.formats.dicom_seg.drawing import Drawing
from guidelint.annotation.decoding.formats.dicom_seg.frames import seg_frames
from guidelint.annotation.decoding.formats.dicom_seg.marked_images import marked_images
from guidelint.annotation.decoding.formats.dicom_seg.segments import segments
from guidelint.annotation.decoding.formats.dicom_seg.stored import stored_frames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.decoding.carried import Carried
    from guidelint.annotation.decoding.decoder import Decoded, Opened
    from guidelint.annotation.decoding.files.dicom_object import DicomObject

TITLE = "a DICOM segmentation (SEG)"
_STORAGE = "1.2.840.10008.5.1.4.1.1.66."
_CLASSES = frozenset({f"{_STORAGE}4", f"{_STORAGE}7"})
"""Segmentation Storage, and Label Map Segmentation Storage."""
_TILES = 0x00480006
"""Total Pixel Matrix Columns."""


@dataclass(frozen=True, slots=True)
class DicomSeg:
    """Reads DICOM segmentations."""

    name: str = "dicom-seg"
    title: str = TITLE
    endings: tuple[str, ...] = (".dcm", ".dcm.gz")
    carries: frozenset[Carried] = frozenset({"annotators", "origins", "object names", "separate objects"})
    has_schema: bool = False
    has_legend: bool = False

    def fits(self, head: bytes) -> bool:
        """Whether it is a DICOM file that says it is an object of this kind."""
        return sop_class_in(head) in _CLASSES

    def records(self, opened: Opened) -> Iterator[Decoded]:
        """Read image after image. Raises FormatError where it is no segmentation, or not to be read."""
        content = dicom_object(opened.blocks, opened.source.size_bytes, "series or by segments")
        with warnings.catch_warnings():  # pydicom warns of every value that is not to the letter of the standard
            warnings.simplefilter("ignore")
            images, unread = _read(content, opened)
        for number, reason in enumerate(unread):
            yield UnreadRecord(reason=reason, repeats=number >= _MOST_TOLD)
        yield from images


DECODER = DicomSeg()
_MOST_TOLD = 20
"""So many frames that lie on no image are told, the others counted."""


def _read(content: DicomObject, opened: Opened) -> tuple[list[Decoded], list[str]]:
    """Find what is marked on which image, and what cannot be read."""
    dataset = content.dataset
    _refuse_others(content)
    stored, known = stored_frames(content), segments(dataset)
    frames = tuple(seg_frames(dataset, stored.count))
    images, unread = marked_images(dataset, frames, opened.vocabulary.image)
    by = person(dataset, 0x00700084)
    padding = whole(dataset, 0x00280120) or 0
    nothing = 0 if padding in known.by_number else padding  # what has a meaning of its own is never left out
    drawing = Drawing(opened, stored, known, by if by.id else Person(_stem(opened), ""), nothing)
    tasks: list[Decoded] = [drawing.task(image, position) for position, image in enumerate(images, start=1)]
    return tasks, [*known.unread, *unread]


def _refuse_others(content: DicomObject) -> None:
    dataset = content.dataset
    kind = plain(dataset, 0x00080016)
    if kind not in _CLASSES and plain(dataset, 0x00080060) != "SEG":
        refuse_class(dataset, "segmentation")
    if _TILES in dataset:
        raise FormatError("its frames are tiles of a slide, which are not read. Convert it to one frame for an image")


def _stem(opened: Opened) -> str:
    return PurePath(opened.source.name).name.partition(".")[0]
