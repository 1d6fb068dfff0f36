"""The body of an answer: unpacked where it is packed, and never more of it than is read."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PACKED: Final = frozenset({"gzip", "x-gzip", "deflate"})
_EITHER: Final = zlib.MAX_WBITS + 32
"""Let zlib tell by how it begins whether it is gzip or zlib."""
_AT_ONCE: Final = 2**20


class BodyError(ValueError):
    """A body that is not read; the message is the reason and the remedy, for people."""


def unpacked(pieces: Iterable[bytes], encoding: str, most_bytes: int) -> Iterator[bytes]:
    """Give a body as it is meant, of so many bytes at most. Raises BodyError.

    ``encoding``: the header Content-Encoding; empty: it is not packed.
    """
    size = 0
    for piece in _meant(pieces, encoding.strip().lower()):
        size += len(piece)
        if size > most_bytes:
            raise BodyError(f"it is larger than {most_bytes // 2**20} MiB, the most that is read. Give a smaller one")
        yield piece


def _meant(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    if encoding in {"", "identity"}:
        yield from pieces
        return
    if encoding not in _PACKED:
        raise BodyError("it comes packed in a way that is not read. Let the server send it as it is")
    inflate = zlib.decompressobj(_EITHER)
    try:
        for piece in pieces:
            left = piece
            while left and not inflate.eof:
                yield inflate.decompress(left, _AT_ONCE)
                left = inflate.unconsumed_tail
    except zlib.error as error:
        raise BodyError("it is said to be packed, and is not. Let the server send it as it is") from error
    if not inflate.eof:
        raise BodyError("it is packed and breaks off. Let the server send all of it")
