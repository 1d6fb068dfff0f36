"""The header of a DICOM file, read within bounds whatever the file claims."""

from __future__ import annotations

import warnings
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pydicom.dataset import Dataset

MOST_HEADER_BYTES = 4 * 2**20
"""Most that is read of a header."""
_FIRST_BYTES: Final = 2**16
"""What nearly every header fits into."""
PREFIX: Final = slice(128, 132)
_AFTER_META: Final = 0x00030000
TRANSFER_SYNTAX: Final = 0x00020010
DEFLATED: Final = "1.2.840.10008.1.2.1.99"
IMPLICIT: Final = "1.2.840.10008.1.2"
BIG_ENDIAN: Final = "1.2.840.10008.1.2.2"


class HeaderError(ValueError):
    """A file whose header cannot be read; the message is the reason and the remedy, for people."""


class NotDicomError(HeaderError):
    """A file that is no DICOM file at all."""


def read_header(path: Path, tags: Sequence[int], before: int) -> Dataset:
    """Read some elements of a file that stand before another one. Raises HeaderError.

    ``tags``: group and element in one number; ``before``: the element to stop at, such as Pixel Data (7FE0,0010).
    """
    for most in (_FIRST_BYTES, MOST_HEADER_BYTES):
        head = _head(path, most)
        if head[PREFIX] != b"DICM":
            raise NotDicomError("it is no DICOM file: the mark DICM is not in its place. Export it again")
        dataset, is_whole = _parsed(head, tags, before, most)
        if is_whole or len(head) < most:
            return dataset
    size = MOST_HEADER_BYTES // 2**20
    raise HeaderError(f"its header is longer than {size} MiB, the most that is read. Export it again without the rest")


def _head(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise HeaderError(f"it cannot be opened: {(error.strerror or 'closed').lower()}") from error


def _parsed(head: bytes, tags: Sequence[int], before: int, most: int) -> tuple[Dataset, bool]:
    """Read elements out of the first bytes of a file, and tell whether the end of them was seen."""
    with warnings.catch_warnings():  # pydicom warns of every value that is not to the letter of the standard
        warnings.simplefilter("ignore")
        try:
            return _read(head, tags, before, most)
        except HeaderError:
            raise
        except Exception as error:  # a hostile file can make a parser raise anything
            reason = f"its header cannot be read ({type(error).__name__}: {error})"
            raise HeaderError(f"{reason[:200]}. Export it again") from error


def _read(head: bytes, tags: Sequence[int], before: int, most: int) -> tuple[Dataset, bool]:
    from pydicom.filereader import read_dataset  # noqa: PLC0415 - half a second, for those who read DICOM

    stopped: list[int] = []
    file = BytesIO(head)
    file.seek(PREFIX.stop)
    meta = read_dataset(file, False, True, stop_when=is_after_meta)
    syntax = str(meta[TRANSFER_SYNTAX].value) if TRANSFER_SYNTAX in meta else ""
    if syntax == DEFLATED:
        file = BytesIO(_inflated(head[file.tell() :], most))
    implicit = syntax == IMPLICIT or (not syntax and looks_implicit(file))

    def stop(tag: int, *_: object) -> bool:
        if tag >= before:
            stopped.append(tag)
        return bool(stopped)

    dataset = read_dataset(file, implicit, syntax != BIG_ENDIAN, stop_when=stop, specific_tags=list(tags))
    dataset.update(meta)
    return dataset, bool(stopped)


def is_after_meta(tag: int, vr: str | None, length: int) -> bool:  # noqa: ARG001 - pydicom gives all three
    """Tell where the File Meta Information ends."""
    return tag >= _AFTER_META


def _inflated(body: bytes, most: int) -> bytes:
    """Inflate no more than is read of a header: a megabyte can hold a gigabyte."""
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(body, most)


def looks_implicit(file: BytesIO) -> bool:
    """Whether elements name no value representation, which are two capitals (PS3.5 7.1.2)."""
    at = file.tell()
    element = file.read(6)
    file.seek(at)
    return not element[4:].isalpha()
