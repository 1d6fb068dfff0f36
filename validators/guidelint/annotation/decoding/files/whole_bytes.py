"""A file that is read as a whole, bounded by what it unpacks to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.format_error import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.decoding.files.blocks import Blocks
    from guidelint.annotation.decoding.files.part import PartBlocks

MAX_FILE_BYTES = 512 * 2**20
"""Largest file that is read as a whole; its bytes are held while it is judged."""
_ALWAYS_READ_BYTES = 32 * 2**20
_MOST_INFLATED = 32
"""So many times its packed size a larger file may have: what packs better is blank or made to fill memory."""


def most_bytes(delivered_bytes: int | None) -> int:
    """Tell how many bytes a file of so many may unpack to; None: its size is not known."""
    if delivered_bytes is None:
        return MAX_FILE_BYTES
    return min(MAX_FILE_BYTES, max(_ALWAYS_READ_BYTES, _MOST_INFLATED * delivered_bytes))


def bounded(blocks: Blocks | PartBlocks, delivered_bytes: int | None, divide_by: str = "images") -> Iterator[bytes]:
    """Give all blocks of a file. Raises FormatError where they are too much, damaged or cut off.

    ``divide_by``: what a file that is too large is to be divided by.
    """
    most, read = most_bytes(delivered_bytes), 0
    for block in blocks:
        read += len(block)
        if read > most:
            mib = most // 2**20
            remedy = f"Divide it by {divide_by}"
            raise FormatError(f"it is larger than {mib} MiB, the most that is read of such a file. {remedy}")
        yield block
    if blocks.problem:
        raise FormatError(blocks.problem)


def whole_bytes(blocks: Blocks | PartBlocks, delivered_bytes: int | None, divide_by: str = "images") -> bytes:
    """All that a file holds. Raises FormatError where that is too much, damaged or cut off."""
    return b"".join(bounded(blocks, delivered_bytes, divide_by))
