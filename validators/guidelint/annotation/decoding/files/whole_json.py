"""A file that is one JSON object, read as a whole: bounded, with its long lists left unread."""

from __future__ import annotations

from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, TypeVar

from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_record import PayloadError, read

if TYPE_CHECKING:
    from codecs import IncrementalDecoder

    from guidelint.annotation.decoding.files.blocks import Blocks

T = TypeVar("T")
MAX_FILE_BYTES = 512 * 2**20
"""Largest file that is read as a whole; its bytes are held while it is judged."""
_ALWAYS_READ_BYTES = 32 * 2**20
_MOST_INFLATED = 32
"""So many times its packed size a larger file may have: what packs better is blank or made to fill memory."""


def whole_text(blocks: Blocks, delivered_bytes: int | None) -> bytes:
    """All that a file holds. Raises FormatError where that is too much, damaged or cut off."""
    most = MAX_FILE_BYTES
    if delivered_bytes is not None:
        most = min(most, max(_ALWAYS_READ_BYTES, _MOST_INFLATED * delivered_bytes))
    text = bytearray()
    decoder = getincrementaldecoder("utf-8")()
    for block in blocks:
        text += block
        _refuse_encoding(decoder, block)
        if len(text) > most:
            mib = most // 2**20
            raise FormatError(f"it is larger than {mib} MiB, the most that is read of such a file. Divide it by images")
    if blocks.problem:
        raise FormatError(blocks.problem)
    return bytes(text)


def _refuse_encoding(decoder: IncrementalDecoder, block: bytes) -> None:
    """Raise FormatError where a text is not in UTF-8: then none of its names can be believed."""
    try:
        decoder.decode(block)
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        letter = bytes((byte,)).decode("cp1252", "replace")
        kind = f"a byte 0x{byte:02X} stands where text is, as for {letter!r} in Latin-1 (Windows-1252)"
        raise FormatError(f"it is not in UTF-8: {kind}. Save it as UTF-8, and check that") from error


def whole_object(text: bytes, kind: type[T], title: str) -> T:
    """Read it as one object. Raises FormatError with the reason where it is none."""
    try:
        return read(text, kind)
    except PayloadError as error:
        again = "Export it again, and change nothing in it"
        raise FormatError(f"it begins like {title}, and is none: {error}. {again}") from error
