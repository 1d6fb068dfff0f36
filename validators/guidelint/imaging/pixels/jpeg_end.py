"""Whether a JPEG holds all of its blocks: where its data end early and say so themselves, a decoder paints grey.

Bytes behind the last block of a scan are left alone by every decoder. So they are put there, and the picture is decoded
again: if it comes out otherwise, they were taken for blocks that are missing.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple

from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from PIL.Image import Image as Picture

MOST_BYTES: Final = 64 * 2**20
"""Largest JPEG that is read: it is held in memory, and the finest of as many pixels as are read takes less."""
ENDS_EARLY: Final = "its data end before its last pixel, where viewers show grey. Export it again"
_ARITHMETIC: Final = frozenset({0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
"""Beginnings of frames whose coding leaves out zeros at the end, so that nothing tells them from what is missing."""
_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2}) | _ARITHMETIC
_PROGRESSIVE: Final = 0xC2
_SCAN: Final = 0xDA
_END: Final = 0xD9
_STANDS_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a length (T.81 B.1.1.3)."""
_MARKER: Final = re.compile(rb"\xff([^\x00\xff])")
_ENDING: Final = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
"""The marker that ends a scan: no stuffed byte, and none that a scan begins anew with."""
_FIRST_ANEW: Final = 0xD0
_ANEW: Final = re.compile(rb"\xff([\xd0-\xd7])")
_FILLING: Final = b"\xa5\x3c\x96\x5a" * 16
_STRIP_ROWS: Final = 256
_LAST_COEFFICIENT: Final = 63


class _Segment(NamedTuple):
    """A marker with what follows it."""

    marker: int
    data: bytes
    begin: int
    """Where the blocks of a scan begin."""
    behind: int
    """Where the next marker stands."""


def refuse_early_end(jpeg: BinaryIO, picture: Picture) -> None:
    """Refuse a JPEG that lacks blocks. Raises NotMeasurable.

    ``jpeg``: from where it begins; ``picture``: the same, opened; it refuses by itself what is damaged otherwise.
    """
    content = jpeg.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise NotMeasurable(f"it is larger than {MOST_BYTES // 2**20} MiB, the most that is read of a JPEG")
    segments = tuple(_segments(content))
    kind = next((one.marker for one in segments if one.marker in _FRAMES), 0)
    if kind in _ARITHMETIC:
        raise NotMeasurable("it is a JPEG of arithmetic coding, which does not tell where it ends. Export it again")
    if kind == _PROGRESSIVE and not _is_refined(segments):
        raise NotMeasurable(ENDS_EARLY)
    if _digest(picture) != _digest_of_filled(_filled(content, segments)):
        raise NotMeasurable(ENDS_EARLY)


def _segments(content: bytes) -> Iterator[_Segment]:
    """Go from marker to marker, up to the end of the picture or of the bytes."""
    at = 0
    while found := _MARKER.search(content, at):
        marker, at = found[1][0], found.end()
        if marker == _END:
            return
        if marker in _STANDS_ALONE:
            continue
        begin = behind = at + int.from_bytes(content[at : at + 2], "big")
        if marker == _SCAN:
            ending = _ENDING.search(content, begin)
            behind = len(content) if ending is None else ending.start()
        yield _Segment(marker, content[at + 2 : begin], begin, behind)
        at = max(at, behind)


def _is_refined(segments: tuple[_Segment, ...]) -> bool:
    """Whether scans tell every coefficient of every component to its last bit (T.81 G.1.1.1)."""
    frame = next(one.data for one in segments if one.marker == _PROGRESSIVE)
    told = {number: set[int]() for number in frame[6::3]}
    for data in (one.data for one in segments if one.marker == _SCAN):
        first, last, bits = data[-3:]
        if bits & 0xF == 0:
            for number in data[1 : 1 + 2 * data[0] : 2]:
                told.get(number, set()).update(range(first, last + 1))
    return all(len(coefficients) > _LAST_COEFFICIENT for coefficients in told.values())


def _filled(content: bytes, segments: tuple[_Segment, ...]) -> bytes:
    """Put bytes behind the blocks of every scan, and behind the marker that a further part of it would begin with."""
    filled, taken = bytearray(), 0
    for one in (one for one in segments if one.marker == _SCAN):
        anew = _ANEW.findall(content, one.begin, one.behind)
        following = _FIRST_ANEW + (anew[-1][0] + 1) % 8 if anew else _FIRST_ANEW
        filled += content[taken : one.behind] + _FILLING + bytes((0xFF, following)) + _FILLING
        taken = one.behind
    return bytes(filled + content[taken:])


def _digest_of_filled(content: bytes) -> bytes:
    from PIL import Image  # noqa: PLC0415 - for those who read pixels

    with Image.open(BytesIO(content), formats=("JPEG",)) as picture:
        return _digest(picture)


def _digest(picture: Picture) -> bytes:
    """Keep no more of a picture than tells it from another."""
    found = blake2b()
    for top in range(0, picture.height, _STRIP_ROWS):
        strip = picture.crop((0, top, picture.width, min(top + _STRIP_ROWS, picture.height)))
        found.update(strip.tobytes())
    return found.digest()
