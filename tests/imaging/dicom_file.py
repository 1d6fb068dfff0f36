"""Small DICOM files, made element by element."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EXPLICIT = "1.2.840.10008.1.2.1"
DEFLATED = "1.2.840.10008.1.2.1.99"
LONG = ("OB", "OW", "SQ", "UN")
Element = tuple[int, str, bytes]


def element(tag: int, vr: str, value: bytes) -> bytes:
    """One element in explicit little endian."""
    value += (b"\0" if vr in {"UI", "OB", "OW"} else b" ") * (len(value) % 2)
    head = struct.pack("<HH", tag >> 16, tag & 0xFFFF) + vr.encode()
    length = struct.pack("<HI", 0, len(value)) if vr in LONG else struct.pack("<H", len(value))
    return head + length + value


def dicom_bytes(body: bytes, syntax: str = EXPLICIT) -> bytes:
    """A whole file around the bytes of its elements."""
    meta = element(0x00020010, "UI", syntax.encode())
    meta = element(0x00020000, "UL", struct.pack("<I", len(meta))) + meta
    return bytes(128) + b"DICM" + meta + body


def elements_of(given: Mapping[str, object] | None = None, **facts: object) -> bytes:
    """The elements of some facts by their DICOM keyword, in their order."""
    from pydicom.datadict import dictionary_VR, tag_for_keyword  # noqa: PLC0415 - half a second

    def vr_of(tag: int) -> str:
        return {"OB or OW": "OW", "US or SS": "US"}.get(dictionary_VR(tag), dictionary_VR(tag))

    tags = {tag_for_keyword(keyword) or 0: value for keyword, value in {**(given or {}), **facts}.items()}
    return b"".join(element(tag, vr_of(tag), _as_bytes(vr_of(tag), tags[tag])) for tag in sorted(tags))


def write_dicom(
    path: Path, given: Mapping[str, object] | None = None, *, syntax: str = EXPLICIT, **facts: object
) -> Path:
    """Write a file with these facts, by their DICOM keyword."""
    body = elements_of(given, **facts)
    if syntax == DEFLATED:
        squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        body = squeeze.compress(body) + squeeze.flush()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(dicom_bytes(body, syntax))
    return path


def _as_bytes(vr: str, value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    if vr == "US" and isinstance(value, int):
        return struct.pack("<H", value)
    return "\\".join(map(str, value)).encode() if isinstance(value, list) else str(value).encode()
