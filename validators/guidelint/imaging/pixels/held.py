"""Whether a DICOM file holds the pixels that its header states: what holds more does not say where a frame begins."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.files.dicom_header import (
    BIG_ENDIAN,
    DEFLATED,
    EXPLICIT,
    IMPLICIT,
    ITEM,
    PREFIX,
    TRANSFER_SYNTAX,
    is_after_meta,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from pydicom.dataset import Dataset

PIXELS: Final = 0x7FE00008
"""The first of the elements that hold pixels."""
MOST_FRAGMENTS: Final = 1_000_000
"""So many are gone through."""
_NATIVE: Final = frozenset({"", IMPLICIT, EXPLICIT, BIG_ENDIAN, DEFLATED})
"""Transfer syntaxes whose pixels follow one another; those of others stand in fragments (PS3.5 A.4)."""
_RLE: Final = "1.2.840.10008.1.2.5"
_BEGINNINGS: Final = (b"\xff\xd8\xff", b"\xff\x4f\xff\x51")
"""How the data of a frame begin: those of JPEG and JPEG-LS, those of JPEG 2000."""


def refuse_more(file: BinaryIO, header: Dataset) -> None:
    """Refuse a file whose pixels are more than its header states. Raises NotMeasurable."""
    syntax = str(header[TRANSFER_SYNTAX].value) if TRANSFER_SYNTAX in header else ""
    length = go_to_pixels(file, syntax)
    frames = int(header.get("NumberOfFrames") or 1)
    if syntax not in _NATIVE:
        begun = sum(_begins(syntax, fragment) for fragment in islice(_fragments(file), MOST_FRAGMENTS))
        if begun > frames:
            raise NotMeasurable(f"it holds the pixels of {begun:,} frames, and states {frames:,}. Export it again")
        return
    rows, columns, bits = (int(header.get(name) or 0) for name in ("Rows", "Columns", "BitsAllocated"))
    stated = -(-rows * columns * frames * bits // 8)
    if stated and length > stated + stated % 2:
        one = f"{columns:,} × {rows:,} pixels" + (f" in {frames:,} frames" if frames > 1 else "")
        raise NotMeasurable(
            f"its pixels take {length:,} bytes, and {one}, which it states, take {stated:,}. Export it again"
        )


def go_to_pixels(file: BinaryIO, syntax: str) -> int:
    """Go to where the value of the pixels begins, and tell its length; 0: there is none."""
    from pydicom.filereader import read_dataset  # noqa: PLC0415 - for those who read pixels

    found: list[int] = []

    def is_pixels(tag: int, _vr: str | None, length: int) -> bool:
        if tag >= PIXELS:
            found.append(length)
        return bool(found)

    file.seek(PREFIX.stop)
    read_dataset(file, False, True, stop_when=is_after_meta)
    read_dataset(file, syntax == IMPLICIT, syntax != BIG_ENDIAN, stop_when=is_pixels, specific_tags=[])
    file.seek(8 if syntax == IMPLICIT else 12, 1)
    return found[0] if found else 0


def _fragments(file: BinaryIO) -> Iterator[bytes]:
    """Give how each fragment begins; the first item is none, but tells offsets."""
    is_first = True
    while len(head := file.read(8)) == 8 and head.startswith(ITEM):  # noqa: PLR2004 - mark and length
        begin = file.tell()
        if not is_first:
            yield file.read(len(_BEGINNINGS[-1]))
        is_first = False
        file.seek(begin + int.from_bytes(head[4:], "little"))


def _begins(syntax: str, fragment: bytes) -> bool:
    """Whether a frame begins with a fragment; in RLE each is one (PS3.5 A.4.2)."""
    return syntax == _RLE or fragment.startswith(_BEGINNINGS)
