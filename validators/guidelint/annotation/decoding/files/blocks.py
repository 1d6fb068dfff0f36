"""The text of an export in blocks of UTF-8, whatever it is packed in or written in."""

from __future__ import annotations

import codecs
import zlib
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from guidelint.annotation.decoding.files.source import Readable

BLOCK_BYTES = 2**17
"""Small enough that a block stays in the cache of a processor while it is looked at."""
HEAD_BYTES = 512
"""So much of a file tells what it is; the mark of DICOM ends at byte 132, that of a tar archive at 262."""
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_MARKS = (
    (codecs.BOM_UTF8, ""),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order mark → encoding; UTF-32 before UTF-16, whose mark its own begins with. No name: UTF-8."""
_ZEROS = {
    (True, True, True, False): "utf-32-be",
    (False, True, True, True): "utf-32-le",
    (True, False, True, False): "utf-16-be",
    (False, True, False, True): "utf-16-le",
}
"""Which of the first four bytes are zero → encoding: JSON begins with two characters of ASCII (RFC 4627, 3)."""
_JSON_BEGINS = b"[{ \t\r\n"
_DAMAGED = (EOFError, zlib.error, UnicodeDecodeError)


class Blocks:
    """Blocks of the text; damage ends them early and leaves its problem."""

    def __init__(self, file: Readable, on_bytes: Callable[[int], None]) -> None:
        packed = _headed(_delivered(file, on_bytes))
        first = next(packed, b"")
        packed = chain((first,), packed)
        self._blocks = _in_utf8(_headed(_inflated(packed)) if first.startswith(_GZIP) else packed)
        self.problem = ""
        self.offset = 0
        self.head = self._next()

    def __iter__(self) -> Iterator[bytes]:
        block = self.head
        while block:
            yield block
            block = self._next()

    def _next(self) -> bytes:
        try:
            block = next(self._blocks, b"")
        except UnicodeDecodeError as error:
            self.problem = f"the text is damaged or was cut off: it is no sound {error.encoding.upper()}"
            return b""
        except (EOFError, zlib.error) as error:
            why = str(error) if isinstance(error, EOFError) else "what follows is not compressed as gzip does"
            self.problem = f"the compressed file is damaged or was cut off: {why}"
            return b""
        self.offset += len(block)
        return block


def _delivered(file: Readable, on_bytes: Callable[[int], None]) -> Iterator[bytes]:
    delivered = 0
    while block := file.read1(BLOCK_BYTES):
        delivered += len(block)
        on_bytes(delivered)
        yield block


def _headed(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Give the same bytes, the first block long enough to tell what they are."""
    head = b""
    try:
        while len(head) < HEAD_BYTES and (block := next(blocks, b"")):
            head += block
    except _DAMAGED:
        yield head
        raise
    yield head
    yield from blocks


def _inflated(packed: Iterable[bytes]) -> Iterator[bytes]:
    """Blocks of a gzip file (RFC 1952), all that can be had of a damaged one. Raises EOFError or zlib.error."""
    stream = zlib.decompressobj(wbits=_GZIP_WINDOW)
    for part in packed:
        left, block = part, b""
        while left or len(block) == BLOCK_BYTES:
            block = stream.decompress(left, BLOCK_BYTES)
            if block:
                yield block
            left = stream.unconsumed_tail
            if stream.eof and (left := stream.unused_data.lstrip(b"\0")):
                stream = zlib.decompressobj(wbits=_GZIP_WINDOW)
    if not stream.eof:
        raise EOFError("its end is missing")


def _in_utf8(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Take off a byte order mark, and write UTF-16 and UTF-32 anew. Raises UnicodeDecodeError."""
    head = next(blocks, b"")
    encoding, mark = _encoding(head)
    blocks = chain((head[mark:],), blocks)
    if not encoding:
        yield from (block for block in blocks if block)
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    for block in blocks:
        if text := decoder.decode(block):
            yield text.encode()
    decoder.decode(b"", final=True)


def _encoding(head: bytes) -> tuple[str, int]:
    """Name of an encoding other than UTF-8, or nothing, and the length of the byte order mark."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    start = head[:4].ljust(4)
    begins = start.strip(b"\0")[:1]
    zeros = start[0] == 0, start[1] == 0, start[2] == 0, start[3] == 0
    return (_ZEROS.get(zeros, "") if begins and begins in _JSON_BEGINS else ""), 0
