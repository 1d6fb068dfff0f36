"""DICOM files of 1 MiB that are made to cost much: each is refused or judged, and nothing in it is accepted."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
from tests.annotation.dicom_written import (
    LABEL_MAP,
    RTSTRUCT,
    SEG,
    Frame,
    Ring,
    RoiWritten,
    file_of,
    in_order,
    rtstruct_body,
    said,
    seg_body,
    segment,
    sequence,
)
from tests.imaging.dicom_file import DEFLATED, element

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MIB = 2**20
SIDE = 9_000
"""Of the image that contours lie on."""
FACTS = (
    "SOPInstanceUID,Rows,Columns,PixelSpacing,ImagePositionPatient,ImageOrientationPatient\n"
    f"1.1,{SIDE},{SIDE},1 1,0 0 0,1 0 0 0 1 0\n"
)
LESION = segment(1, "Lesion")


def _stored(count: int, shape: tuple[int, int], values: bytes, *, bits: int = 1, kind: str = "BINARY") -> bytes:
    """The elements of a segmentation with these pixels, each frame on an image of its own."""
    frames = [Frame(f"1.{number}", position=f"0\\0\\{number}") for number in range(1, count + 1)]
    small = seg_body(frames, [segment(number, "Lesion") for number in (1, 2)], (1, 1), SegmentationType=kind)
    size = said(0x00280010, "US", shape[0]) + said(0x00280011, "US", shape[1]) + said(0x00280100, "US", bits)
    return in_order(small, size, element(0x7FE00010, "OW", values))


def _seg(count: int, shape: tuple[int, int], values: bytes) -> bytes:
    return file_of(SEG, _stored(count, shape, values))


def _noise(count: int, shape: tuple[int, int], period: int) -> bytes:
    """Frames whose pixels change after so many pixels, over and over."""
    values = np.arange(count * shape[0] * shape[1]) // period % 2
    return _seg(count, shape, np.packbits(values.astype(np.uint8), bitorder="little").tobytes())


def _deflated() -> bytes:
    body = _stored(30, (2_000, 2_000), b"\x0f" * (30 * 500_000))
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return file_of(SEG, squeeze.compress(body) + squeeze.flush(), DEFLATED)


def _bomb() -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return file_of(SEG, b"".join(squeeze.compress(bytes(MIB)) for _ in range(900)) + squeeze.flush(), DEFLATED)


def _label_map(count: int, shape: tuple[int, int]) -> bytes:
    values = (np.arange(count * shape[0] * shape[1]) % 65_535 + 1).astype("<u2")
    body = _stored(count, shape, values.tobytes(), bits=16, kind="LABELMAP")
    return file_of(LABEL_MAP, in_order(body, said(0x00080016, "UI", LABEL_MAP)))


def _nested(depth: int) -> bytes:
    """Sequences within one another, none of them closed."""
    begins = b"\x08\x00\x15\x11SQ\0\0\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff"
    return file_of(SEG, said(0x00080016, "UI", SEG) + begins * depth)


def _filled(sop_class: str, body: bytes) -> bytes:
    """A file filled up to 1 MiB, so that as many items are read of it as of any."""
    room = MIB - len(file_of(sop_class, body)) - 12
    return file_of(sop_class, in_order(body, element(0x4FFF0010, "OB", bytes(max(room, 0)))))


def _group_of_frames(count: int) -> bytes:
    body = seg_body([Frame("1.1")], [LESION], (1, 1), NumberOfFrames=count)
    frame = Frame("1.1").group()
    groups = sequence(0x52009230, *([frame] * count))
    return _filled(SEG, in_order(body, groups, element(0x7FE00010, "OB", bytes(count // 8 + 1))))


def _contour(numbers: Sequence[float], kind: str = "CLOSED_PLANAR") -> bytes:
    """One contour, longer than a text of DICOM may be."""
    text = "\\".join(f"{number:g}" for number in numbers).encode()
    ring = Ring([], "1.1", kind).item()
    head = in_order(ring, said(0x30060046, "IS", len(numbers) // 3))
    whole = in_order(head, element(0x30060050, "UN", text))
    drawn = sequence(0x30060040, whole) + said(0x30060084, "IS", 1)
    return file_of(RTSTRUCT, in_order(rtstruct_body([RoiWritten(1, "Lesion")]), sequence(0x30060039, drawn)))


def _zigzag(count: int) -> list[float]:
    return [part for n in range(count) for part in (n % 8_999, n * 7_919 % 8_999, 0)]


def _keyholes(count: int) -> list[float]:
    outer = [(0, 0), (8_990, 0), (8_990, 8_990), (0, 8_990), (0, 0)]
    for n in range(1, count + 1):
        x, y = n % 90 * 90 + 20, n // 90 * 90 + 20
        outer += [(x, y), (x + 40, y), (x + 40, y + 40), (x, y), (0, 0)]
    return [part for x, y in outer for part in (x, y, 0)]


def _rings(count: int, rois: int, uid: str = "1.1") -> bytes:
    square = [(1, 1, 0), (8_000, 1, 0), (8_000, 8_000, 0), (1, 8_000, 0)]
    drawn = [[(x + n % 97, y + n // 97, z) for x, y, z in square] for n in range(count)]
    parts = [
        RoiWritten(number, "Lesion", [Ring(ring, uid) for ring in drawn[number - 1 :: rois]])
        for number in range(1, rois + 1)
    ]
    listed = [f"1.{n}" for n in range(1, 3_000)] if not uid else ()
    return _filled(RTSTRUCT, rtstruct_body(parts, listed=listed))


FILES: Mapping[str, Callable[[], bytes]] = {
    "dicom-seg: noise in one frame": lambda: _noise(1, (2_800, 2_900), 9),
    "dicom-seg: noise in many frames": lambda: _noise(16, (700, 740), 2),
    "dicom-seg: noise at random": lambda: _seg(
        5, (1_250, 1_300), np.random.default_rng(1).bytes(5 * 1_250 * 1_300 // 8)
    ),
    "dicom-seg: stripes, deflated": _deflated,
    "dicom-seg: nothing, deflated": _bomb,
    "dicom-seg: a label map of as many values as pixels": lambda: _label_map(1, (700, 700)),
    "dicom-seg: small label maps of as many values as pixels": lambda: _label_map(100, (64, 64)),
    "dicom-seg: items": lambda: file_of(SEG, sequence(0x00081115, *([b""] * 130_000))),
    "dicom-seg: as many frames as are read": lambda: _group_of_frames(2_190),
    "dicom-seg: more frames than are there": lambda: _seg(1, (1, 1), b"\1").replace(b"IS\x02\x001 ", b"IS\x02\x0099"),
    "dicom-seg: nested": lambda: _nested(3_300),
    "dicom-seg: empty elements": lambda: file_of(
        SEG, said(0x00080016, "UI", SEG) + b"".join(struct.pack("<HH4s", 9, n, b"LO\0\0") for n in range(16, 60_000))
    ),
    "dicom-rtstruct: one contour that crosses itself": lambda: _contour(_zigzag(80_000)),
    "dicom-rtstruct: one contour with many holes": lambda: _contour(_keyholes(3_900)),
    "dicom-rtstruct: one line": lambda: _contour(_zigzag(80_000), "OPEN_PLANAR"),
    "dicom-rtstruct: many contours of one ROI": lambda: _rings(3_300, 1),
    "dicom-rtstruct: many ROIs": lambda: _rings(2_190, 2_190),
    "dicom-rtstruct: contours on no image": lambda: _rings(3_200, 1, ""),
    "dicom-rtstruct: numbers that are none": lambda: _contour([float("nan")] * 200_000),
}
