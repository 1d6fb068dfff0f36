"""A record in JSON, read as what it should be, or the reason why not in plain words."""

from __future__ import annotations

import json
from typing import TypeVar

import msgspec

from guidelint.annotation.decoding.files.payload_words import lower_first, plainly

T = TypeVar("T")
_NO_OBJECT = frozenset(bytes((byte,)) for byte in b'0123456789-"[tfnNI')
_LENIENT = json.JSONDecoder(parse_constant=str)
ABSENT = msgspec.Raw()
"""Stands for a part that is not there."""


class PayloadError(ValueError):
    """Bytes that are not what they should be; the message is the reason, for people."""


class NotJsonError(PayloadError):
    """Bytes that are not JSON."""


def text_of(value: object) -> str:
    """Give ids and names as text; some tools number what others name, spreadsheets write 12.0."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def quickly(raw: bytes | msgspec.Raw, decoder: msgspec.json.Decoder[T]) -> T | None:
    """Read an object as ``read`` does, without finding words; None: it cannot be read, and ``read`` says why."""
    text = bytes(raw)
    if text[:1] in _NO_OBJECT:
        return None
    return _or_none(text, decoder) or (_or_none(mended, decoder) if (mended := _without_nan(text)) else None)


def _or_none(raw: bytes, decoder: msgspec.json.Decoder[T]) -> T | None:
    try:
        return decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def read(raw: bytes | msgspec.Raw, kind: type[T]) -> T:
    """Decode bytes as one kind of record. Raises PayloadError with a reason for people.

    NaN and Infinity, which are no JSON but which Python writes, are read as text: whoever needs a number there says so.
    """
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as error:
        raise PayloadError(plainly(str(error))) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        if (repaired := _without_nan(bytes(raw))) is not None:
            return read(repaired, kind)
        words = lower_first(str(error).removeprefix("JSON is malformed: ")).replace("(byte ", "(at its byte ")
        raise NotJsonError(f"this is not valid JSON: {words}") from error
    except RecursionError as error:
        raise PayloadError("it is nested too deeply to be read") from error


def _without_nan(raw: bytes) -> bytes | None:
    if b"NaN" not in raw and b"Infinity" not in raw:
        return None
    try:
        return msgspec.json.encode(_LENIENT.decode(raw.decode()))
    except (ValueError, RecursionError):
        return None
