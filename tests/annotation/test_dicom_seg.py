"""DICOM segmentations: frames, segments, images and their facts, annotators, and what cannot be read."""

from __future__ import annotations

import csv
import io
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
from PIL import Image
from pydicom.data import get_testdata_file
from pydicom.encaps import encapsulate
from tests.annotation.dicom_written import LABEL_MAP, RTSTRUCT, SEG, Frame, file_of, in_order, said, seg_body, segment
from tests.geometry.arrays import array_of
from tests.imaging.dicom_file import DEFLATED, element, write_dicom

from guidelint.annotation.decoding.decoder import Opened, TaskRecord, UnreadRecord
from guidelint.annotation.decoding.files.blocks import Blocks
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.files.source import Source
from guidelint.annotation.decoding.formats.dicom_seg.decoder import DECODER
from guidelint.annotation.shape import Malformed
from guidelint.annotation.submission import Submission
from guidelint.annotation.vocabulary import ClassEntry, Vocabulary
from guidelint.geometry.mask import Mask
from guidelint.imaging.given import NOTHING_GIVEN, Given
from guidelint.imaging.supplied.supply import supply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.annotation.decoding.decoder import Decoded

VOCABULARY = Vocabulary(
    classes={
        "lesion": ClassEntry(title="Lesion", tools=("brush",), labels=("Tumour", "C1")),
        "oedema": ClassEntry(title="Oedema", tools=("brush",)),
    }
)
SHAPE = (5, 7)
"""35 pixels, so that frames begin within bytes."""
BLOB = Mask.from_crop(np.array([[True, True, False], [False, True, True]]), 1, 2, SHAPE)
DOT = Mask.from_crop(np.ones((1, 1), np.bool_), 4, 6, SHAPE)
LESION = segment(1, "Lesion", tracking="9.8.7")


def decoded(content: bytes, name: str = "reader-a.dcm", given: Given = NOTHING_GIVEN) -> list[Decoded]:
    blocks = Blocks(io.BufferedReader(io.BytesIO(content)), lambda _: None)
    return list(DECODER.records(Opened(Source(name), blocks, VOCABULARY, given=given)))


def written(frames: Sequence[Frame], *segments: bytes, **facts: Any) -> bytes:
    return file_of(SEG, seg_body(frames, segments or (LESION,), SHAPE, **facts))


def readings(content: bytes, name: str = "reader-a.dcm") -> dict[str, Submission]:
    """What is read of each image."""
    found: dict[str, Submission] = {}
    for task in decoded(content, name):
        if isinstance(task, TaskRecord):
            (one,) = task.read()
            assert isinstance(one, Submission)
            found[task.task] = one
    return found


def unread(content: bytes) -> list[str]:
    items = [item.reason for one in readings(content).values() for item in one.unreadable_items]
    return [one.reason for one in decoded(content) if isinstance(one, UnreadRecord)] + items


def test_each_frame_of_a_segment_is_a_region_on_the_image_that_it_refers_to() -> None:
    found = readings(written([Frame("1.1", mask=BLOB), Frame("1.2", mask=DOT, position="0\\0\\2")]))
    assert list(found) == ["1.1", "1.2"]
    (one,), (other,) = (found[name].regions for name in found)
    assert (one.class_name, one.labels, one.object_name, one.origin) == ("lesion", ("Lesion",), "9.8.7", "manual")
    assert (one.id, one.item, other.item) == ("1", 1, 2)
    assert np.array_equal(array_of(one.mask), array_of(BLOB))
    assert np.array_equal(array_of(other.mask), array_of(DOT))


def test_what_is_told_of_the_image_are_facts_of_it() -> None:
    content = written([Frame("1.1", mask=BLOB, position="1\\2\\3")], StudyInstanceUID="1.2")
    image = readings(content)["1.1"].image
    assert (image.rows, image.columns, image.modality, image.sop_uid) == (*SHAPE, "CT", "1.1")
    assert (image.study_uid, image.series_uid, image.patient) == ("1.2", "1.2.3", "P-1")
    assert image.spacing is not None
    assert (image.spacing.row_mm, image.place.thickness_mm, image.place.position_mm) == (1.0, 2.0, (1.0, 2.0, 3.0))
    assert image.place.orientation is not None


def test_the_annotator_is_the_content_creator_or_the_file() -> None:
    frames = [Frame("1.1", mask=BLOB)]
    named = readings(written(frames, creator="Ng^Mei^^Dr."))["1.1"]
    assert (named.annotator, named.annotator_name) == ("Ng^Mei^^Dr.", "Dr. Mei Ng")
    assert readings(written(frames, creator=""), "/in/reader-b.dcm.gz")["1.1"].annotator == "reader-b"


def test_who_drew_it_follows_from_the_algorithm_type() -> None:
    frames = [Frame("1.1", number, mask=BLOB) for number in (1, 2, 3)]
    kinds = ("MANUAL", "SEMIAUTOMATIC", "AUTOMATIC")
    told = (segment(number, "Lesion", algorithm=kind) for number, kind in enumerate(kinds, start=1))
    regions = readings(written(frames, *told))["1.1"].regions
    assert [one.origin for one in regions] == ["manual", "prediction-changed", "prediction"]


def test_an_algorithm_type_that_is_unknown_or_missing_is_told() -> None:
    frames = [Frame("1.1", mask=BLOB), Frame("1.1", 2, mask=BLOB), Frame("1.2", 2, mask=BLOB)]
    content = written(frames, segment(1, "Lesion", algorithm="GUESSED"), segment(2, "Lesion", algorithm=""))
    one, other = readings(content).values()
    assert [item.reason for item in one.unreadable_items] == [
        "frame 1: its Segment Algorithm Type is 'GUESSED'; one of MANUAL, SEMIAUTOMATIC, AUTOMATIC is known"
    ]
    assert [fact.name for fact in one.unread_facts] == ["Segment Algorithm Type of segment 2"]
    assert not other.unread_facts, "it is told once for the file"


@pytest.mark.parametrize(
    ("label", "code", "labels"),
    [
        ("Tumour", "", ("Tumour",)),
        ("Segment_1", "C1", ("C1",)),
        ("Segment_1", "C2", ("Segment_1",)),
        ("Oedema", "C1", ("Oedema", "C1")),
    ],
)
def test_a_class_is_told_by_the_label_or_the_code_of_the_property(
    label: str, code: str, labels: tuple[str, ...]
) -> None:
    (region,) = readings(written([Frame("1.1", mask=BLOB)], segment(1, label, code=code)))["1.1"].regions
    assert region.labels == labels


def test_an_empty_frame_says_that_nothing_is_there() -> None:
    found = readings(written([Frame("1.1"), Frame("1.2", mask=DOT)]))
    assert [len(one.regions) for one in found.values()] == [0, 1]
    assert all(not one.unreadable_items for one in found.values())


def test_a_frame_that_refers_to_no_image_or_to_several_is_at_its_position() -> None:
    content = written([Frame(mask=BLOB, position="1.5\\-0.001\\3")], FrameOfReferenceUID="1.5")
    assert list(readings(content)) == ["position 1.50 0.00 3.00 of 1.5"]
    for facts, place in (({"StudyInstanceUID": "1.6"}, "study 1.6"), ({"PatientID": "P-2"}, "patient P-2")):
        assert list(readings(written([Frame(mask=BLOB)], **facts))) == [f"position 0.00 0.00 0.00 of {place}"]
    assert unread(written([Frame(mask=BLOB, position="")])) == [
        "frame 1 of the file cannot be read: it refers to no image, and its position (0020,0032) is not told"
    ]


def test_frames_of_an_image_with_several_are_images_of_their_own() -> None:
    found = readings(written([Frame("1.1", mask=BLOB, frame=number) for number in (1, 2)]))
    assert list(found) == ["1.1 frame 1", "1.1 frame 2"]


@pytest.mark.parametrize(
    ("frames", "reason"),
    [
        ([Frame("1.1", 7, mask=BLOB)], "frame 1: it shows segment 7, which is none of the file"),
        ([Frame("1.1", mask=BLOB)] * 2, "frame 2: it shows segment 1 on this image, as frame 1 does"),
        ([Frame("1.1")] * 2, "frame 2: it shows segment 1 on this image, as frame 1 does"),
        ([Frame("1.1", 2)], "frame 1: it shows segment 2, which is none of the file"),
        (
            [Frame("1.1"), Frame("1.1", mask=BLOB, position="0\\0\\9")],
            "frame 2: its position is 0\\0\\9, and that of an earlier frame of the same image 0\\0\\0",
        ),
        (
            [Frame("1.1", mask=BLOB, frame=0)],
            "frame 1: its Referenced Frame Number (0008,1160) is that of no frame: they count from 1",
        ),
    ],
)
def test_a_frame_that_is_not_clear_is_told_with_its_image(frames: list[Frame], reason: str) -> None:
    assert unread(written(frames)) == [reason]


def test_segments_of_one_number_are_not_clear() -> None:
    content = written([Frame("1.1", mask=BLOB), Frame("1.1", 2, mask=DOT)], LESION, segment(2, "Lesion"), LESION)
    assert unread(content) == ["frame 1: its segment number 1 is that of several segments"]
    assert [one.id for one in readings(content)["1.1"].regions] == ["2"]


def test_a_segment_without_a_number_is_told() -> None:
    assert unread(written([Frame("1.1", mask=BLOB)], LESION, said(0x00620005, "LO", "Lesion"))) == [
        "segment 2 of the file has no number (0062,0004) that can be read"
    ]


def test_missing_pixels_cost_their_frames_alone() -> None:
    whole = seg_body([Frame("1.1", mask=BLOB), Frame("1.2", mask=DOT)], [LESION], SHAPE)
    body = in_order(whole, element(0x7FE00010, "OB", bytes([0b11]) + bytes(5)))
    found = readings(file_of(SEG, body))
    assert [len(one.regions) for one in found.values()] == [1, 0]
    assert unread(file_of(SEG, body)) == ["frame 2: its pixels are missing: the file ends before them"]


def test_a_frame_that_is_described_beyond_those_that_are_stated_is_told() -> None:
    body = seg_body([Frame("1.1", mask=BLOB), Frame("1.2")], [LESION], SHAPE, NumberOfFrames=1)
    content = file_of(SEG, in_order(body, element(0x7FE00010, "OB", bytes(5))))
    assert unread(content) == ["frame 2: it is described, but the Number of Frames (0028,0008) is 1"]


def test_frames_that_begin_with_a_byte_of_their_own_are_not_taken_for_others() -> None:
    body = in_order(
        seg_body([Frame("1.1")] * 3, [LESION], SHAPE), element(0x7FE00010, "OB", bytes([1, 0, 0, 0, 0] * 3))
    )
    with pytest.raises(FormatError, match=r"16 bytes and its frames \(3 of 7 × 5 pixels\) 14, so that it is not clear"):
        decoded(file_of(SEG, body))


def test_packed_pixels_of_more_frames_than_are_stated_are_told() -> None:
    body = seg_body([Frame("1.1")], [LESION], SHAPE, SegmentationType="FRACTIONAL", MaximumFractionalValue=1)
    told = in_order(body, said(0x00280100, "US", 8), said(0x00280101, "US", 8))
    head = told[: told.rindex(b"\xe0\x7f\x10\0OB")] + b"\xe0\x7f\x10\0OB\0\0" + b"\xff" * 4
    one = struct.pack("<16I", 1, 64, *[0] * 14) + bytes([257 - 35, 1])

    def packed(frames: int) -> bytes:
        return file_of(SEG, head + encapsulate([one] * frames, has_bot=False), "1.2.840.10008.1.2.5")

    assert readings(packed(1))["1.1"].regions[0].mask.area_px == 35
    assert unread(packed(2)) == ["frame 1: the pixels are those of 2 frames, and the file states 1"]


def test_noise_is_no_region_that_is_measured() -> None:
    shape = (1500, 1500)
    noise = np.tile([False, True], 1500 * 750).reshape(shape)
    content = file_of(SEG, seg_body([Frame("1.1", mask=Mask.from_crop(noise, 0, 0, shape))], [LESION], shape))
    (region,) = readings(content)["1.1"].regions
    assert isinstance(region.shape, Malformed)
    assert region.shape.reason.startswith("the image changes its value more than ")


def test_fractions_count_from_the_half() -> None:
    values = np.array([0, 49, 50, 99, 100] + [0] * 30, np.uint8)
    whole = seg_body([Frame("1.1")], [LESION], SHAPE, SegmentationType="FRACTIONAL", MaximumFractionalValue=100)
    body = in_order(whole, said(0x00280100, "US", 8), element(0x7FE00010, "OB", values.tobytes()))
    (region,) = readings(file_of(SEG, body))["1.1"].regions
    assert np.flatnonzero(array_of(region.mask).reshape(-1)).tolist() == [2, 3, 4]
    above = in_order(body, element(0x7FE00010, "OB", bytes([101] + [0] * 34)))
    assert unread(file_of(SEG, above)) == ["frame 1: it has the value 101, above its Maximum Fractional Value, 100"]


@pytest.mark.parametrize(("most", "told"), [({}, "missing"), ({"MaximumFractionalValue": 0}, "0")])
def test_fractions_of_nothing_that_is_told_mark_nothing_that_is_clear(most: dict[str, Any], told: str) -> None:
    whole = seg_body([Frame("1.1")], [LESION], SHAPE, SegmentationType="FRACTIONAL", **most)
    with pytest.raises(FormatError, match=rf"Maximum Fractional Value \(0062,000E\) is {told}: what marks a pixel"):
        decoded(file_of(SEG, in_order(whole, said(0x00280100, "US", 8))))


def test_a_label_map_has_a_region_for_each_of_its_values() -> None:
    values = np.array([0, 1, 1, 300, 7] + [0] * 30, "<u2")
    segments = (LESION, segment(300, "Oedema"))
    whole = seg_body([Frame("1.1")], segments, SHAPE, SOPClassUID=LABEL_MAP, SegmentationType="LABELMAP")
    body = in_order(whole, said(0x00280100, "US", 16), element(0x7FE00010, "OW", values.tobytes()))
    content = file_of(LABEL_MAP, body)
    assert DECODER.fits(content[:512])
    assert [(one.class_name, one.mask.area_px) for one in readings(content)["1.1"].regions] == [
        ("lesion", 2),
        ("oedema", 1),
    ]
    assert unread(content) == ["frame 1: it shows segment 7, which is none of the file"]


def test_no_more_is_measured_than_a_file_of_its_size_may_hold() -> None:
    values = np.arange(3 * 80 * 80, dtype="<u2") + 1
    frames = [Frame(f"1.{number}") for number in (1, 2, 3)]
    whole = seg_body(frames, [LESION], SHAPE, SOPClassUID=LABEL_MAP, SegmentationType="LABELMAP")
    size = said(0x00280010, "US", 80) + said(0x00280011, "US", 80) + said(0x00280100, "US", 16)
    body = in_order(whole, size, element(0x7FE00010, "OW", values.tobytes()))
    told = unread(file_of(LABEL_MAP, body))
    assert [reason.split(",")[0] for reason in told] == [
        "frame 1: it has 6",
        "frame 2: the file has more regions",
        "frame 3: the file has more regions",
    ]
    assert told[0].endswith("more than the 5,004 that are measured of a file of its size. Divide it by segments")


@pytest.mark.parametrize(("padding", "areas"), [(9, [2, 1]), (7, [2]), (1, [2, 1])])
def test_the_padding_of_a_label_map_is_no_segment_unless_the_file_says_so(padding: int, areas: list[int]) -> None:
    values = np.array([9, 1, 1, 7, 9] + [9 if padding == 9 else 0] * 30, np.uint8)
    segments = (LESION, *([] if padding == 7 else [segment(7, "Oedema")]))
    facts = {"SOPClassUID": LABEL_MAP, "SegmentationType": "LABELMAP"}
    whole = seg_body([Frame("1.1")], segments, SHAPE, **facts)
    body = in_order(
        whole, said(0x00280100, "US", 8), said(0x00280120, "US", padding), element(0x7FE00010, "OB", values.tobytes())
    )
    content = file_of(LABEL_MAP, body)
    assert [one.mask.area_px for one in readings(content)["1.1"].regions] == areas
    assert bool(unread(content)) == (padding != 9)


def test_a_deflated_file_is_read() -> None:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = squeeze.compress(seg_body([Frame("1.1", mask=BLOB)], [LESION], SHAPE)) + squeeze.flush()
    assert len(readings(file_of(SEG, body, DEFLATED))["1.1"].regions) == 1
    with pytest.raises(FormatError, match="the end of what is deflated is missing"):
        decoded(file_of(SEG, body[:-9], DEFLATED))


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"SegmentationType": "ROUGH"}, r"its Segmentation Type \(0062,0001\) is ROUGH; BINARY, FRACTIONAL, LABELMAP"),
        ({"Rows": 60_000, "Columns": 60_000}, "it claims 60,000 × 60,000 pixels, more than"),
        ({"BitsAllocated": 8}, "its pixels have 8 bits, which a segmentation of type BINARY cannot have"),
        ({"NumberOfFrames": 10**9}, "it states 1,000,000,000 frames; up to 100,000 of one file are read"),
        ({"SOPClassUID": RTSTRUCT, "Modality": "RTSTRUCT"}, "it is a DICOM file, and no segmentation"),
        ({"TotalPixelMatrixColumns": b"\1\0\0\0"}, "its frames are tiles of a slide, which are not read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(facts: dict[str, Any], reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        decoded(written([Frame("1.1", mask=BLOB)], **facts))


def test_jpeg_2000_without_loss_is_unpacked() -> None:
    values = np.array([0, 1, 1, 2, 0] + [0] * 30, np.uint8).reshape(SHAPE)
    code = io.BytesIO()
    Image.fromarray(values).save(code, format="JPEG2000", irreversible=False, no_jp2=True, num_resolutions=1)
    segments = (LESION, segment(2, "Oedema"))
    whole = seg_body([Frame("1.1")], segments, SHAPE, SOPClassUID=LABEL_MAP, SegmentationType="LABELMAP")
    body = in_order(whole, said(0x00280100, "US", 8))
    unpacked = body.index(b"\xe0\x7f\x10\x00")
    pixels = b"\xe0\x7f\x10\x00OB\0\0\xff\xff\xff\xff" + encapsulate([code.getvalue()])
    content = file_of(LABEL_MAP, body[:unpacked] + pixels, "1.2.840.10008.1.2.4.90")
    assert [one.mask.area_px for one in readings(content)["1.1"].regions] == [2, 1]
    (reason,) = unread(content.replace(b"\xff\x52", b"\0\0"))
    assert reason.startswith("frame 1: its pixels cannot be read (")


def test_another_compression_is_refused_by_its_name() -> None:
    body = seg_body([Frame("1.1", mask=BLOB)], [LESION], SHAPE)
    with pytest.raises(FormatError, match=r"compressed as JPEG-LS Lossless.*Convert it to an uncompressed form"):
        decoded(file_of(SEG, body, "1.2.840.10008.1.2.4.80"))


def test_a_file_of_more_items_than_it_has_content_for_is_refused() -> None:
    body = in_order(seg_body([Frame("1.1")], [LESION], SHAPE), element(0x00081115, "SQ", b"\xfe\xff\0\xe0" * 20_000))
    with pytest.raises(FormatError, match=r"its sequences hold 20,0.. items, more than the 4,5.. that are read"):
        decoded(file_of(SEG, body))


def test_a_file_that_was_cut_off_is_never_read_as_less() -> None:
    content = written([Frame("1.1", mask=BLOB), Frame("1.2", mask=DOT, position="0\\0\\2")])
    for end in range(len(content) - 1):
        try:
            told = bool(unread(content[:end]))
        except FormatError:
            continue
        assert told, f"cut off at byte {end} of {len(content)}"


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({}, ""),
        ({"ImagePositionPatient": "0.004\\0\\0", "PixelSpacing": "1.004\\1"}, ""),
        ({"PixelSpacing": None}, ""),
        (dict.fromkeys(("Rows", "Columns", "PixelSpacing", "ImageOrientationPatient")), ""),
        (
            {"Rows": None, "Columns": None, "PixelSpacing": None, "ImagePositionPatient": "9\\0\\0"},
            "a corner of the segmentation lies 9.0 mm from that of its image (DICOM (0020,0032) of ",
        ),
        ({"ImagePositionPatient": None, "PixelSpacing": "2\\1"}, "a corner of the segmentation lies 4.0 mm"),
        ({"Rows": 6}, "the segmentation has 7 × 5 pixels, and its image 7 × 6"),
        ({"ImagePositionPatient": "0\\0\\2"}, "a corner of the segmentation lies 2.0 mm from that of its image"),
        ({"ImageOrientationPatient": "1\\0\\0\\0\\-1\\0"}, "a corner of the segmentation lies 8.0 mm"),
        ({"PixelSpacing": "2\\1"}, "a corner of the segmentation lies 4.0 mm"),
    ],
)
def test_the_grid_is_that_of_the_image_where_its_header_is_given(
    tmp_path: Path, header: dict[str, Any], reason: str
) -> None:
    place = {"ImagePositionPatient": "0\\0\\0", "ImageOrientationPatient": "1\\0\\0\\0\\1\\0", "PixelSpacing": "1\\1"}
    facts: dict[str, Any] = {"SOPInstanceUID": "1.1", "Modality": "CT", "Rows": 5, "Columns": 7, **place, **header}
    write_dicom(tmp_path / "1.dcm", **{name: value for name, value in facts.items() if value is not None})
    (task,) = decoded(written([Frame("1.1", mask=BLOB)]), given=Given(supply=supply(tmp_path)))
    assert isinstance(task, TaskRecord)
    (one,) = task.read()
    assert isinstance(one, PayloadError if reason else Submission)
    assert str(one).startswith(reason) or not reason


@pytest.mark.parametrize(("name", "count"), [("liver_1frame.dcm", 1), ("liver_expb_1frame.dcm", 1)])
def test_the_samples_of_pydicom(name: str, count: int) -> None:
    content = Path(cast("str", get_testdata_file(name))).read_bytes()
    if "expb" in name:
        with pytest.raises(FormatError, match="Explicit VR Big Endian"):
            decoded(content)
        return
    found = [region for one in readings(content).values() for region in one.regions]
    assert len(found) == count


@pytest.mark.real_data
def test_the_published_volumes_come_out(real_data: Path) -> None:
    """Where a series shows one place twice, as diffusion does, those who published counted the later image alone."""
    folder = real_data / "dicom_seg"
    rows = csv.DictReader((folder / "annotations_metadata.csv").read_text(encoding="utf-8").splitlines())
    published = {row["file"]: float(row["Volume"]) for row in rows if row["DICOM Type"] == "SEG"}
    compared = 0
    for path in sorted(folder.rglob("SEG_*.dcm")):
        at_place: dict[object, float] = {}
        for one in readings(path.read_bytes()).values():
            place, spacing = one.image.place, one.image.spacing
            assert spacing is not None
            assert place.spacing_mm is not None
            for region in one.regions:
                at_place[place.position_mm, region.id] = region.mask.area_px * spacing.pixel_mm2 * place.spacing_mm
        told = published[f"annotations/{path.relative_to(folder / 'annotations')}"]
        assert sum(at_place.values()) == pytest.approx(told, rel=1e-9)
        compared += 1
    assert compared == 4
