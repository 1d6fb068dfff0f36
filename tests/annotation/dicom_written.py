"""DICOM segmentations and structure sets, written element by element."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from tests.imaging.dicom_file import dicom_bytes, element, elements_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from guidelint.geometry.mask import Mask

SEG = "1.2.840.10008.5.1.4.1.1.66.4"
LABEL_MAP = "1.2.840.10008.5.1.4.1.1.66.7"
RTSTRUCT = "1.2.840.10008.5.1.4.1.1.481.3"
CT = "1.2.840.10008.5.1.4.1.1.2"
PATIENT, STUDY, SERIES = "P-1", "1.2", "1.2.3"


def sequence(tag: int, *items: bytes) -> bytes:
    """A sequence of items, each the bytes of its elements."""
    return element(tag, "SQ", b"".join(b"\xfe\xff\x00\xe0" + struct.pack("<I", len(item)) + item for item in items))


def said(tag: int, vr: str, value: object) -> bytes:
    """One element with a text or a short number."""
    return element(tag, vr, struct.pack("<H", value) if vr == "US" and isinstance(value, int) else str(value).encode())


def file_of(sop_class: str, body: bytes, syntax: str = "1.2.840.10008.1.2.1") -> bytes:
    """A file whose meta information names the kind of object."""
    whole = dicom_bytes(body, syntax)
    meta = said(0x00020002, "UI", sop_class)
    group = struct.pack("<I", struct.unpack_from("<I", whole, 140)[0] + len(meta))
    return whole[:140] + group + meta + whole[144:]


def referred(tag: int, uid: str, frame: int | None = None) -> bytes:
    """Refer to an image."""
    more = b"" if frame is None else said(0x00081160, "IS", frame)
    return sequence(tag, said(0x00081150, "UI", CT) + said(0x00081155, "UI", uid) + more)


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame of a segmentation to be written."""

    uid: str = ""
    """SOP Instance UID of the image that it was drawn on; empty: it refers to none."""
    segment: int = 1
    mask: Mask | None = None
    """None: nothing is marked."""
    position: str = "0\\0\\0"
    frame: int | None = None

    def group(self) -> bytes:
        """Its item of the Per-Frame Functional Groups."""
        derived = sequence(0x00089124, referred(0x00082112, self.uid, self.frame)) if self.uid else b""
        place = sequence(0x00209113, said(0x00200032, "DS", self.position)) if self.position else b""
        return derived + place + sequence(0x0062000A, said(0x0062000B, "US", self.segment))


def segment(number: int, label: str, *, tracking: str = "", algorithm: str = "MANUAL", code: str = "") -> bytes:
    """One item of Segment Sequence."""
    meant = (
        sequence(0x0062000F, said(0x00080100, "SH", code) + said(0x00080104, "LO", f"{code} meant")) if code else b""
    )
    told = said(0x00620004, "US", number) + said(0x00620005, "LO", label) + said(0x00620008, "CS", algorithm)
    return told + meant + (said(0x00620021, "UI", tracking) if tracking else b"")


def seg_body(
    frames: Sequence[Frame],
    segments: Iterable[bytes],
    shape: tuple[int, int],
    *,
    creator: str = "Ng^Mei",
    series: str = SERIES,
    **facts: object,
) -> bytes:
    """The elements of a binary segmentation."""
    uids = dict.fromkeys(frame.uid for frame in frames if frame.uid)
    images = (said(0x00081150, "UI", CT) + said(0x00081155, "UI", uid) for uid in uids)
    listed = sequence(0x00081115, sequence(0x0008114A, *images) + said(0x0020000E, "UI", series)) if uids else b""
    pixels = {"SamplesPerPixel": 1, "NumberOfFrames": len(frames), "Rows": shape[0], "Columns": shape[1]}
    pixels |= {"BitsAllocated": 1, "BitsStored": 1, "HighBit": 0, "PixelRepresentation": 0}
    head: dict[str, object] = {"SOPClassUID": SEG, "Modality": "SEG", "PatientID": PATIENT}
    parts = elements_of(head | pixels | {"SegmentationType": "BINARY", "ContentCreatorName": creator} | facts)
    measures = sequence(0x00289110, said(0x00280030, "DS", "1\\1") + said(0x00180050, "DS", "2"))
    shared = sequence(0x52009229, sequence(0x00209116, said(0x00200037, "DS", "1\\0\\0\\0\\1\\0")) + measures)
    groups = shared + sequence(0x52009230, *(frame.group() for frame in frames))
    bits = np.concatenate([_bits(frame.mask, shape) for frame in frames])
    stored = element(0x7FE00010, "OB", np.packbits(bits, bitorder="little").tobytes())
    return in_order(parts, listed, sequence(0x00620002, *segments), groups, stored)


@dataclass(frozen=True, slots=True)
class Ring:
    """One contour of a structure set to be written."""

    points: Sequence[Sequence[float]]
    """Points in the patient, in mm."""
    uid: str = ""
    """SOP Instance UID of the image that it was drawn on; empty: it refers to none."""
    kind: str = "CLOSED_PLANAR"
    count: int | None = None
    """How many points it states; None: as many as it has."""
    frame: int | None = None

    def item(self) -> bytes:
        """Its item of Contour Sequence."""
        image = referred(0x30060016, self.uid, self.frame) if self.uid else b""
        count = len(self.points) if self.count is None else self.count
        data = "\\".join(f"{number:.13f}"[:16] for point in self.points for number in point)
        told = said(0x30060042, "CS", self.kind) + said(0x30060046, "IS", count)
        return image + told + element(0x30060050, "DS", data.encode()[:65_534])


@dataclass(frozen=True, slots=True)
class RoiWritten:
    """One region of interest to be written."""

    number: int
    name: str
    rings: Sequence[Ring] = ()
    algorithm: str = "MANUAL"
    interpreter: str = ""
    code: str = ""
    reference: str = ""
    """Frame of reference of its points; empty: none is named."""

    def named(self) -> bytes:
        """Its item of Structure Set ROI Sequence."""
        where = said(0x30060024, "UI", self.reference) if self.reference else b""
        told = said(0x30060022, "IS", self.number) + where + said(0x30060026, "LO", self.name)
        return told + said(0x30060036, "CS", self.algorithm)

    def drawn(self) -> bytes:
        """Its item of ROI Contour Sequence."""
        return sequence(0x30060040, *(ring.item() for ring in self.rings)) + said(0x30060084, "IS", self.number)

    def observed(self) -> bytes:
        """Its item of RT ROI Observations Sequence."""
        meant = said(0x00080100, "SH", self.code) + said(0x00080104, "LO", f"{self.code} meant")
        coded = sequence(0x30060086, meant) if self.code else b""
        return said(0x30060084, "IS", self.number) + coded + said(0x300600A6, "PN", self.interpreter)


def rtstruct_body(
    rois: Sequence[RoiWritten], *, listed: Iterable[str] = (), operator: str = "Ng^Mei", reference: str = ""
) -> bytes:
    """The elements of a structure set. ``listed``: the images that it says it is about; ``reference``: their frame."""
    facts = {"SOPClassUID": RTSTRUCT, "Modality": "RTSTRUCT", "PatientID": PATIENT, "OperatorsName": operator}
    items = [said(0x00081150, "UI", CT) + said(0x00081155, "UI", uid) for uid in listed]
    series = said(0x0020000E, "UI", SERIES) + sequence(0x30060016, *items)
    frame = said(0x00200052, "UI", reference) if reference else b""
    study = said(0x00081155, "UI", STUDY) + sequence(0x30060014, series)
    about = sequence(0x30060010, frame + sequence(0x30060012, study))
    return in_order(
        elements_of(facts),
        about,
        sequence(0x30060020, *(roi.named() for roi in rois)),
        sequence(0x30060039, *(roi.drawn() for roi in rois)),
        sequence(0x30060080, *(roi.observed() for roi in rois)),
    )


def in_order(*parts: bytes) -> bytes:
    """Put elements of the top level in the order of their tags, as DICOM asks."""
    found: dict[int, bytes] = {}
    for part in parts:
        at = 0
        while at < len(part):
            group, number, vr = struct.unpack_from("<HH2s", part, at)
            long = vr.decode() in {"OB", "OW", "SQ", "UN"}
            length = struct.unpack_from("<I" if long else "<H", part, at + (8 if long else 6))[0]
            end = at + (12 if long else 8) + length
            found[group << 16 | number] = part[at:end]
            at = end
    return b"".join(found[tag] for tag in sorted(found))


def _bits(mask: Mask | None, shape: tuple[int, int]) -> npt.NDArray[np.uint8]:
    pixels = np.zeros(shape, np.uint8)
    if mask is not None and mask.box is not None:
        pixels[mask.box.top : mask.box.bottom, mask.box.left : mask.box.right] = mask.crop
    return pixels.reshape(-1)
