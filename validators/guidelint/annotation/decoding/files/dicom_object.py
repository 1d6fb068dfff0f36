"""A DICOM file that holds marks and no image: its elements, and where its pixels stand, read within bounds."""

from __future__ import annotations

import re
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final, NoReturn

from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.whole_bytes import most_bytes, whole_bytes
from guidelint.imaging.files.dicom_header import (
    BIG_ENDIAN,
    DEFLATED,
    IMPLICIT,
    ITEM,
    PREFIX,
    TRANSFER_SYNTAX,
    is_after_meta,
    looks_implicit,
    written,
)

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

    from guidelint.annotation.decoding.files.blocks import Blocks
    from guidelint.annotation.decoding.files.part import PartBlocks

ALWAYS_READ_ITEMS: Final = 4_000
BYTES_OF_ITEM: Final = 150
"""So many bytes an item of a sequence takes at least, in a file that has more items than are always read."""
_PIXELS: Final = 0x7FE00008
"""The first of the elements that hold pixels."""
_UNDEFINED: Final = 0xFFFFFFFF
_SEQUENCE_ENDS: Final = b"\xfe\xff\xdd\xe0"
_DELIMITER_BYTES: Final = 8
_SOP_CLASS: Final = re.compile(
    rb"(?:\x02\x00\x02\x00|\x08\x00\x16\x00)(?:UI.\x00|.\x00\x00\x00)([0-9.]{1,64})", re.DOTALL
)
"""Media Storage SOP Class UID (0002,0002), or SOP Class UID (0008,0016)."""
AGAIN: Final = "Export it again"


@dataclass(frozen=True, slots=True)
class DicomObject:
    """What a file holds."""

    dataset: Dataset
    """All elements before the pixels."""
    syntax: str
    """Transfer Syntax UID (0002,0010)."""
    pixels: memoryview
    """Value of Pixel Data (7FE0,0010); nothing where there is none."""
    most_bytes: int
    """So many bytes are unpacked of it."""
    is_packed: bool = False
    """Whether the pixels stand in fragments, each frame compressed by itself."""


def sop_class_in(head: bytes) -> str:
    """Tell what a DICOM file is an object of, from its beginning; empty: it is none, or does not say so there."""
    if head[PREFIX] != b"DICM":
        return ""
    found = _SOP_CLASS.search(head, PREFIX.stop)
    return found[1].decode() if found else ""


def sop_class_name_in(head: bytes) -> str:
    """Name what a DICOM file is an object of, as the standard does; empty: it is none, or does not say so there."""
    uid = sop_class_in(head)
    if not uid:
        return ""
    from pydicom.uid import UID  # noqa: PLC0415 - half a second, for those who read DICOM

    return UID(uid).name


def refuse_class(dataset: Dataset, wanted: str) -> NoReturn:
    """Say what a file is that is no object of the class that is wanted. Raises FormatError."""
    from pydicom.uid import UID  # noqa: PLC0415 - half a second, for those who read DICOM

    uid = written(dataset, 0x00080016)
    named = f"its SOP class is {UID(uid).name}" if uid else "its SOP Class UID is missing"
    raise FormatError(
        f"it is a DICOM file, and no {wanted}: {named}. Leave it out; --facts takes the headers of images"
    )


def dicom_object(blocks: Blocks | PartBlocks, delivered_bytes: int | None, divide_by: str) -> DicomObject:
    """Read a file as a whole. Raises FormatError where it is no such file, or too much."""
    content = whole_bytes(blocks, delivered_bytes, divide_by)
    if content[PREFIX] != b"DICM":
        raise FormatError(f"it is no DICOM file: the mark DICM is not in its place. {AGAIN}")
    with warnings.catch_warnings():  # pydicom warns of every value that is not to the letter of the standard
        warnings.simplefilter("ignore")
        try:
            return _parsed(content, most_bytes(delivered_bytes))
        except FormatError:
            raise
        except Exception as error:  # a hostile file can make a parser raise anything
            raise FormatError(f"it is damaged or was cut off ({_shown(error)}). {AGAIN}") from error


def _is_pixels(tag: int, vr: str | None, length: int) -> bool:  # noqa: ARG001 - pydicom gives all three
    return tag >= _PIXELS


def _shown(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:150]


def _parsed(content: bytes, most: int) -> DicomObject:
    from pydicom.filereader import read_dataset  # noqa: PLC0415 - half a second, for those who read DICOM

    file = BytesIO(content)
    file.seek(PREFIX.stop)
    meta = read_dataset(file, False, True, stop_when=is_after_meta)
    syntax = str(meta[TRANSFER_SYNTAX].value) if TRANSFER_SYNTAX in meta else ""
    if syntax == BIG_ENDIAN:
        raise FormatError("its numbers are written backwards (Explicit VR Big Endian, which is retired). Convert it")
    body = _inflated(content[file.tell() :], most) if syntax == DEFLATED else content
    if syntax == DEFLATED:
        file = BytesIO(body)
    _refuse_many(body)
    implicit = syntax == IMPLICIT or (not syntax and looks_implicit(file))
    dataset = read_dataset(file, implicit, True, stop_when=_is_pixels)
    _refuse_cut_off(dataset, body[max(file.tell() - _DELIMITER_BYTES, 0) : file.tell()])
    pixels, is_packed = _pixels(body, file.tell(), implicit=implicit)
    return DicomObject(dataset, syntax, pixels, most, is_packed)


def _inflated(packed: bytes, most: int) -> bytes:
    """Inflate what follows the meta information; a megabyte can hold a gigabyte, so no more than is read."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    body = stream.decompress(packed, most)
    if not stream.eof and len(body) >= most:
        raise FormatError(f"it inflates to more than the {most // 2**20} MiB that are read. Save it uncompressed")
    if not stream.eof:
        raise FormatError(f"it is damaged or was cut off: the end of what is deflated is missing. {AGAIN}")
    return body


def _refuse_many(body: bytes) -> None:
    """Refuse a file of more items than it has content for: each costs a hundred times its bytes."""
    most = ALWAYS_READ_ITEMS + len(body) // BYTES_OF_ITEM
    if (count := body.count(ITEM)) > most:
        raise FormatError(
            f"its sequences hold {count:,} items, more than the {most:,} that are read of its size. {AGAIN}"
        )


def _refuse_cut_off(dataset: Dataset, end: bytes) -> None:
    """Refuse a file whose last element ends early; pydicom takes what there is. ``end``: what was read last."""
    last = dataset.get_item(max(dataset.keys(), default=0)) if len(dataset) else None
    length = getattr(last, "length", None)
    value = getattr(last, "value", None)
    is_short = isinstance(value, bytes) and isinstance(length, int) and len(value) < length != _UNDEFINED
    is_open = getattr(last, "is_undefined_length", False) and not end.startswith(_SEQUENCE_ENDS)
    if is_short or is_open:
        raise FormatError(f"it is damaged or was cut off: its last element ends early. {AGAIN}")


def _pixels(body: bytes, at: int, *, implicit: bool) -> tuple[memoryview, bool]:
    """Find the value of the element that stands there, and tell whether it stands in fragments."""
    value = at + (8 if implicit else 12)
    if value > len(body):
        return memoryview(b""), False
    length = int.from_bytes(body[value - 4 : value], "little")
    is_packed = length == _UNDEFINED
    return memoryview(body)[value : len(body) if is_packed else value + length], is_packed
