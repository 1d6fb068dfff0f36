"""A file that is read whole, packed or not, and bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.annotation.decoding.files.blocks import Blocks
from guidelint.annotation.decoding.files.source import source_of
from guidelint.checking.exam.error import ExamError

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES: Final = 2**29


def read_whole(path: Path) -> bytes:
    """Read it. Raises ExamError."""
    text = bytearray()
    try:
        with source_of(path).opened() as file:
            blocks = Blocks(file, lambda _: None)
            for block in blocks:
                text += block
                if len(text) > MOST_BYTES:
                    raise ExamError(f"{path} holds more than {MOST_BYTES // 2**20} MiB. Name what an exam left alone")
    except OSError as error:
        raise ExamError(f"{path} cannot be read: {(error.strerror or 'unreadable').lower()}. Name another") from error
    if blocks.problem:
        raise ExamError(f"{path} cannot be read: {blocks.problem}. Export it again")
    return bytes(text)
