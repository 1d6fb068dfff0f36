"""The pixels of a segmentation, frame by frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from guidelint.annotation.decoding.files.dicom_values import plain, whole
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.pixels.bounds import refuse_too_large, within_bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from guidelint.annotation.decoding.files.dicom_object import DicomObject

MAX_FRAMES: Final = 100_000
"""Most frames of one file: a segmentation of a hundred structures in a thousand slices."""
_NATIVE: Final = frozenset({"", "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99"})
_PACKED: Final = {"1.2.840.10008.1.2.5": "RLE", "1.2.840.10008.1.2.4.90": "JPEG 2000"}
"""What stands in fragments and is unpacked without loss here."""
_BITS: Final = {"BINARY": (1,), "FRACTIONAL": (8,), "LABELMAP": (8, 16)}
_CONVERT: Final = "Convert it to an uncompressed form"
_MAXIMUM: Final = 0x0062000E


@dataclass(frozen=True)
class StoredFrames:
    """Gives the values of a frame as they are stored."""

    content: DicomObject
    kind: str
    """Segmentation Type (0062,0001)."""
    shape: tuple[int, int]
    """Rows, columns."""
    count: int
    bits: int
    """Bits of each pixel."""
    most: int = 0
    """What stands for all of a pixel in a fractional one: Maximum Fractional Value (0062,000E)."""

    @property
    def size_bytes(self) -> int:
        """How many bytes the frames take that are not compressed: they follow one another without a gap."""
        return -(-self.count * self.shape[0] * self.shape[1] * self.bits // 8)

    def values(self, number: int) -> npt.NDArray[Any]:
        """Give the values (rows, columns) of a frame, from 1. Raises PayloadError where they are not there."""
        if self.content.is_packed:
            return self._unpacked(number)
        size = self.shape[0] * self.shape[1]
        first, end = (number - 1) * size * self.bits, number * size * self.bits
        part = self.content.pixels[first // 8 : -(-end // 8)]
        if len(part) * 8 < end - first // 8 * 8:
            raise PayloadError("its pixels are missing: the file ends before them")
        if self.bits == 1:
            return np.unpackbits(np.frombuffer(part, np.uint8), bitorder="little")[first % 8 :][:size].reshape(
                self.shape
            )
        return np.frombuffer(part, f"<u{self.bits // 8}").reshape(self.shape)

    def _unpacked(self, number: int) -> npt.NDArray[Any]:
        from pydicom.encaps import encapsulate  # noqa: PLC0415 - for those who read pixels
        from pydicom.pixels.utils import pixel_array  # noqa: PLC0415

        held = len(self._fragments)
        if number > held:
            raise PayloadError("its pixels are missing: the file ends before them")
        if held > self.count:
            raise PayloadError(f"the pixels are those of {held:,} frames, and the file states {self.count:,}")
        one = self._like_one
        one.PixelData = encapsulate([self._fragments[number - 1]])
        with within_bounds():
            return pixel_array(one, raw=True).reshape(self.shape)

    @cached_property
    def _fragments(self) -> Sequence[bytes]:
        from pydicom.encaps import generate_fragments, generate_frames  # noqa: PLC0415

        if _PACKED.get(self.content.syntax) == "RLE":  # a frame is a fragment (PS3.5 A.4.2), behind that of offsets
            return list(generate_fragments(bytes(self.content.pixels)))[1:]
        return list(generate_frames(bytes(self.content.pixels), number_of_frames=self.count))

    @cached_property
    def _like_one(self) -> Any:
        """A data set that describes a single frame, to which its pixels are added."""
        from pydicom.dataset import Dataset, FileMetaDataset  # noqa: PLC0415
        from pydicom.uid import UID  # noqa: PLC0415

        one = Dataset()
        one.file_meta = FileMetaDataset()
        one.file_meta.TransferSyntaxUID = UID(self.content.syntax)
        one.Rows, one.Columns = self.shape
        one.SamplesPerPixel, one.PhotometricInterpretation = 1, "MONOCHROME2"
        one.BitsAllocated = one.BitsStored = self.bits
        one.PixelRepresentation = 0
        return one


def stored_frames(content: DicomObject) -> StoredFrames:
    """Look how the pixels are stored. Raises FormatError where they cannot be read."""
    dataset = content.dataset
    kind = plain(dataset, 0x00620001).upper()
    if kind not in _BITS:
        raise FormatError(f"its Segmentation Type (0062,0001) is {kind or 'missing'}; {', '.join(_BITS)} are read")
    rows, columns = whole(dataset, 0x00280010) or 0, whole(dataset, 0x00280011) or 0
    try:
        refuse_too_large(rows, columns)
    except NotMeasurable as error:
        raise FormatError(f"{error}. Export it again") from error
    bits, count = whole(dataset, 0x00280100) or 0, whole(dataset, 0x00280008) or 1
    if bits not in _BITS[kind] or (whole(dataset, 0x00280002) or 1) != 1:
        raise FormatError(
            f"its pixels have {bits} bits, which a segmentation of type {kind} cannot have. Export it again"
        )
    if not 0 < count <= MAX_FRAMES:
        raise FormatError(f"it states {count:,} frames; up to {MAX_FRAMES:,} of one file are read. Divide it by series")
    _refuse_compression(content)
    if content.is_packed and rows * columns * count * bits // 8 > content.most_bytes:
        most = content.most_bytes // 2**20
        raise FormatError(
            f"its frames unpack to more than the {most} MiB that are read of a file of its size. {_CONVERT}"
        )
    frames = StoredFrames(content, kind, (rows, columns), count, bits, _most(content, kind))
    _refuse_more_pixels(frames)
    return frames


def _most(content: DicomObject, kind: str) -> int:
    """Give the Maximum Fractional Value, of which the half marks a pixel. Raises FormatError where none is told."""
    most = whole(content.dataset, _MAXIMUM)
    if kind == "FRACTIONAL" and (most is None or most < 1):
        told = "missing" if most is None else most
        raise FormatError(f"its Maximum Fractional Value (0062,000E) is {told}: what marks a pixel cannot be told")
    return most or 0


def _refuse_more_pixels(frames: StoredFrames) -> None:
    """Refuse a file that holds more than the frames that it states, as where each begins with a byte of its own."""
    held = len(frames.content.pixels)
    if not frames.content.is_packed and held > frames.size_bytes + frames.size_bytes % 2:
        rows, columns = frames.shape
        stated = f"its frames ({frames.count:,} of {columns:,} × {rows:,} pixels) {frames.size_bytes:,}"
        raise FormatError(f"its pixels take {held:,} bytes and {stated}, so that it is not clear where a frame begins")


def _refuse_compression(content: DicomObject) -> None:
    if content.syntax in _NATIVE and not content.is_packed:
        return
    if content.is_packed and content.syntax in _PACKED:
        return
    from pydicom.uid import UID  # noqa: PLC0415

    raise FormatError(f"it is compressed as {UID(content.syntax).name}, which is not read here. {_CONVERT}")
