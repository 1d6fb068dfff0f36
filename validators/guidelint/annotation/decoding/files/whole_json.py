"""A file that is one JSON object, read as a whole: bounded, with its long lists left unread."""

from __future__ import annotations

from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, TypeVar

from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_record import PayloadError, read
from guidelint.annotation.decoding.files.whole_bytes import bounded

if TYPE_CHECKING:
    from codecs import IncrementalDecoder

    from guidelint.annotation.decoding.files.blocks import Blocks
    from guidelint.annotation.decoding.files.part import PartBlocks

T = TypeVar("T")


def whole_text(blocks: Blocks | PartBlocks, delivered_bytes: int | None) -> bytes:
    """All that a file holds. Raises FormatError where that is too much, damaged or cut off."""
    text = bytearray()
    decoder = getincrementaldecoder("utf-8")()
    for block in bounded(blocks, delivered_bytes):
        text += block
        _refuse_encoding(decoder, block)
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
