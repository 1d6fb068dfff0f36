"""The header of a DICOM file, read within bounds whatever the file claims."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterable
from io import BytesIO
from itertools import islice
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
ITEM: Final = b"\xfe\xff\x00\xe0"
"""How an item of a sequence begins."""
_AFTER_META: Final = 0x00030000
TRANSFER_SYNTAX: Final = 0x00020010
DEFLATED: Final = "1.2.840.10008.1.2.1.99"
IMPLICIT: Final = "1.2.840.10008.1.2"
EXPLICIT: Final = "1.2.840.10008.1.2.1"
BIG_ENDIAN: Final = "1.2.840.10008.1.2.2"
SHARED_GROUPS: Final = 0x52009229
"""Shared Functional Groups Sequence: what holds for all frames."""
FRAME_GROUPS: Final = 0x52009230
"""Per-Frame Functional Groups Sequence: what holds for each."""

LONGEST_TEXT: Final = 200
"""So much of a text is kept; no fact is longer."""
MOST_PARTS: Final = 8
"""So many parts of a value are kept; no fact has more."""


class HeaderError(ValueError):
    """A file whose header cannot be read; the message is the reason and the remedy, for people."""


class NotDicomError(HeaderError):
    """A file that is no DICOM file at all."""


def read_header(path: Path, tags: Sequence[int], before: int, most_items: int | None = None) -> Dataset:
    """Read some elements of a file that stand before another one. Raises HeaderError.

    ``tags``: group and element in one number; ``before``: the element to stop at, such as Pixel Data (7FE0,0010);
    ``most_items``: most items of sequences that may stand in what is read; None: however many.
    """
    for most in (_FIRST_BYTES, MOST_HEADER_BYTES):
        head = _head(path, most)
        if head[PREFIX] != b"DICM":
            raise NotDicomError("it is no DICOM file: the mark DICM is not in its place. Export it again")
        if most_items is not None and head.count(ITEM) > most_items:
            raise HeaderError(f"its header holds more than {most_items:,} items, the most that are read. Divide it")
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


def written(dataset: Dataset, tag: int) -> str:
    """Give a value that has no letters beyond ASCII, such as a UID or numbers, as DICOM writes it; empty: none."""
    value = getattr(dataset.get_item(tag), "value", None) if tag in dataset else None
    if isinstance(value, bytes):
        return value[:LONGEST_TEXT].decode("latin-1").strip("\0 ")
    return joined(value).strip("\0 ")


def joined(value: object) -> str:
    """Write a value as DICOM does, its parts between backslashes."""
    if value is None:
        return ""
    if isinstance(value, str) or not isinstance(value, Iterable):
        return str(value)[:LONGEST_TEXT]
    return "\\".join(map(str, islice(value, MOST_PARTS)))


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
