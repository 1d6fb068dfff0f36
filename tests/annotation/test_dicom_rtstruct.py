"""DICOM structure sets: contours on images, holes, classes, annotators, and what cannot be read."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
from tests.annotation.dicom_written import (
    RTSTRUCT,
    Frame,
    Ring,
    RoiWritten,
    file_of,
    in_order,
    rtstruct_body,
    said,
    seg_body,
    sequence,
)
from tests.geometry.arrays import array_of
from tests.imaging.dicom_file import dicom_bytes, element, elements_of, write_dicom

from guidelint.annotation.decoding.decoder import Opened, TaskRecord, UnreadRecord
from guidelint.annotation.decoding.files.blocks import Blocks
from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.files.source import Source
from guidelint.annotation.decoding.formats.dicom_rtstruct.decoder import DECODER
from guidelint.annotation.decoding.parts.rings import without_channels
from guidelint.annotation.shape import KeyPoint, Malformed, Polygon, Raster
from guidelint.annotation.submission import Submission
from guidelint.annotation.vocabulary import ClassEntry, Vocabulary
from guidelint.imaging.given import Given
from guidelint.imaging.supplied.supply import supply

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from guidelint.annotation.decoding.decoder import Decoded
    from guidelint.imaging.supplied.supply import Supply

VOCABULARY = Vocabulary(
    classes={
        "lesion": ClassEntry(title="Lesion", tools=("polygon", "brush"), labels=("GTV", "C1")),
        "spot": ClassEntry(title="Spot", tools=("keypoint",)),
    }
)
ROWS, COLUMNS = 30, 40
SQUARE = ((2.0, 3.0), (12.0, 3.0), (12.0, 13.0), (2.0, 13.0))
"""Vertices in pixels, as x and y."""
HOLE = ((5.0, 6.0), (9.0, 6.0), (9.0, 10.0), (5.0, 10.0))


@pytest.fixture(scope="module")
def headers(tmp_path_factory: pytest.TempPathFactory) -> Supply:
    """Two slices of 40 × 30 pixels, 0.5 mm from column to column and 2 mm from row to row, turned over the body."""
    folder = tmp_path_factory.mktemp("scan")
    for number in (1, 2):
        write_dicom(
            folder / f"{number}.dcm",
            SOPInstanceUID=f"1.{number}",
            Modality="CT",
            Rows=ROWS,
            Columns=COLUMNS,
            PixelSpacing="2\\0.5",
            ImagePositionPatient=f"10\\20\\{5 * number}",
            ImageOrientationPatient="0\\1\\0\\-1\\0\\0",
        )
    return supply(folder)


def in_mm(vertices: Sequence[tuple[float, float]], z: float = 5.0) -> list[list[float]]:
    """Where pixels of those slices lie in the patient."""
    return [[10 - (y - 0.5) * 2.0, 20 + (x - 0.5) * 0.5, z] for x, y in vertices]


def decoded(content: bytes, given: Given | Supply, name: str = "reader-a.dcm") -> list[Decoded]:
    blocks = Blocks(io.BufferedReader(io.BytesIO(content)), lambda _: None)
    told = given if isinstance(given, Given) else Given(supply=given)
    return list(DECODER.records(Opened(Source(name), blocks, VOCABULARY, given=told)))


def written(*rois: RoiWritten, **more: Any) -> bytes:
    return file_of(RTSTRUCT, rtstruct_body(rois, **more))


def readings(content: bytes, given: Given | Supply, name: str = "reader-a.dcm") -> list[Submission | PayloadError]:
    return [one for task in decoded(content, given, name) if isinstance(task, TaskRecord) for one in task.read()]


def submission(content: bytes, given: Given | Supply) -> Submission:
    (one,) = readings(content, given)
    assert isinstance(one, Submission), one
    return one


def unread(content: bytes, given: Given | Supply) -> list[str]:
    """What is told of what cannot be read."""
    found = [one.reason for one in decoded(content, given) if isinstance(one, UnreadRecord)]
    for one in readings(content, given):
        found += [str(one)] if isinstance(one, PayloadError) else [item.reason for item in one.unreadable_items]
    return found


def test_a_contour_is_an_outline_in_the_pixels_of_its_image(headers: Supply) -> None:
    found = submission(written(RoiWritten(3, "Lesion", [Ring(in_mm(SQUARE), "1.1")])), headers)
    (region,) = found.regions
    assert isinstance(region.shape, Polygon)
    assert np.array_equal(region.shape.points, np.array(SQUARE))
    assert (region.class_name, region.id, region.object_name, region.origin) == ("lesion", "3", "Lesion", "manual")
    assert (region.image_shape, region.mask.area_px) == ((ROWS, COLUMNS), 100)
    assert (found.task, found.image.modality, found.image.patient) == ("1.1", "CT", "P-1")
    assert found.regions[0].known_spacing.row_mm == 2.0


def test_contours_of_one_roi_on_one_image_are_one_region_with_holes(headers: Supply) -> None:
    roi = RoiWritten(1, "Lesion", [Ring(in_mm(SQUARE), "1.1"), Ring(in_mm(HOLE), "1.1", "CLOSEDPLANAR_XOR")])
    (region,) = submission(written(roi), headers).regions
    assert isinstance(region.shape, Raster)
    assert region.mask.area_px == 100 - 16
    assert not array_of(region.mask)[8, 7]


def test_a_hole_may_be_joined_by_a_channel(headers: Supply) -> None:
    way = (*SQUARE, SQUARE[0], *HOLE, HOLE[0], SQUARE[0])
    (region,) = submission(written(RoiWritten(1, "Lesion", [Ring(in_mm(way), "1.1")])), headers).regions
    assert isinstance(region.shape, Raster)
    assert region.mask.area_px == 100 - 16


def test_pixels_on_the_contour_of_a_hole_belong_to_the_region(headers: Supply) -> None:
    """Programs draw contours through the centres of pixels."""
    square, hole = (tuple((x + 0.5, y + 0.5) for x, y in ring) for ring in (SQUARE, HOLE))
    roi = RoiWritten(1, "Lesion", [Ring(in_mm(square), "1.1"), Ring(in_mm(hole), "1.1")])
    (region,) = submission(written(roi), headers).regions
    assert region.mask.area_px == 11 * 11 - 3 * 3


def test_an_outline_with_a_spike_stays_one() -> None:
    spike = np.array([[0, 0], [4, 0], [4, 4], [9, 9], [4, 4], [0, 4]], np.float64)
    (ring,) = without_channels(spike)
    assert np.array_equal(ring, spike)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_outlines_that_enclose_nothing_are_left_as_they_are(count: int) -> None:
    points = np.array(SQUARE[:count], np.float64).reshape(-1, 2)
    (ring,) = without_channels(points) if count else (points,)
    assert np.array_equal(ring, points)


def test_points_and_lines_are_regions_of_their_own(headers: Supply) -> None:
    line = Ring(in_mm(SQUARE[:3]), "1.1", "OPEN_PLANAR")
    dots = [Ring(in_mm([place]), "1.1", "POINT") for place in SQUARE[:2]]
    regions = submission(written(RoiWritten(1, "Spot", [*dots, line])), headers).regions
    assert [one.shape for one in regions[:2]] == [KeyPoint(2.0, 3.0), KeyPoint(12.0, 3.0)]
    assert [one.id for one in regions] == ["1/1", "1/2", "1/3"]
    assert regions[2].tool == "vector"


@pytest.mark.parametrize("listed", [(), ("1.1", "1.2")])
def test_a_contour_that_refers_to_no_image_lies_on_that_in_whose_plane_it_is(
    headers: Supply, listed: Sequence[str]
) -> None:
    content = written(RoiWritten(1, "Lesion", [Ring(in_mm(SQUARE, 10.2))]), listed=listed)
    if listed:
        assert submission(content, headers).task == "1.2"
        image = submission(content, headers).image
        assert (image.study_uid, image.series_uid) == ("1.2", "1.2.3")
    else:
        (reason,) = unread(content, headers)
        assert reason.startswith("contour 1 of ROI 1 (Lesion) cannot be read: it refers to no image, and of 0 images")


@pytest.mark.parametrize(
    ("uid", "reason"), [("1.1", "its ROI lies in another frame"), ("", "it refers to no image, and")]
)
def test_an_image_of_another_frame_of_reference_is_not_where_a_contour_lies(
    headers: Supply, uid: str, reason: str
) -> None:
    def told(reference: str) -> list[str]:
        roi = RoiWritten(1, "Lesion", [Ring(in_mm(SQUARE), uid)], reference=reference)
        return unread(written(roi, listed=("1.1", "1.2"), reference="5.1"), headers)

    assert not told("5.1")
    assert not told("")
    (other,) = told("5.2")
    assert other.startswith(f"contour 1 of ROI 1 (Lesion) cannot be read: {reason}")


def test_a_contour_in_the_plane_of_several_images_is_told_with_the_way_on(tmp_path: Path) -> None:
    place: dict[str, Any] = {
        "ImagePositionPatient": "0\\0\\5",
        "ImageOrientationPatient": "1\\0\\0\\0\\1\\0",
        "PixelSpacing": "1\\1",
    }
    for number in (1, 2):
        write_dicom(tmp_path / f"{number}.dcm", SOPInstanceUID=f"1.{number}", Rows=ROWS, Columns=COLUMNS, **place)
    content = written(RoiWritten(1, "Lesion", [Ring(in_mm(SQUARE))]), listed=("1.1", "1.2"))
    (reason,) = unread(content, supply(tmp_path))
    assert reason.endswith("2 images whose place is known 2 lie where it does. Let it refer to the one it was drawn on")


def test_a_contour_on_a_frame_lies_where_that_frame_does(tmp_path: Path) -> None:
    places = [sequence(0x00209113, said(0x00200032, "DS", f"10\\20\\{z}")) for z in (5, 10)]
    measures = sequence(0x00289110, said(0x00280030, "DS", "2\\0.5"))
    turned = sequence(0x00209116, said(0x00200037, "DS", "0\\1\\0\\-1\\0\\0"))
    head = elements_of(SOPInstanceUID="1.1", Modality="CT", Rows=ROWS, Columns=COLUMNS, NumberOfFrames=2)
    groups = sequence(0x52009229, turned + measures), sequence(0x52009230, *places)
    (tmp_path / "1.dcm").write_bytes(dicom_bytes(in_order(head, *groups)))
    drawn = [Ring(in_mm(SQUARE, 5), "1.1", frame=1), Ring(in_mm(SQUARE, 10), "1.1", frame=2)]
    found = readings(written(RoiWritten(1, "Lesion", drawn)), supply(tmp_path))
    assert [cast("Submission", one).task for one in found] == ["1.1 frame 1", "1.1 frame 2"]
    assert [cast("Submission", one).regions[0].mask.area_px for one in found] == [100, 100]


def test_without_headers_nothing_is_read_and_the_remedy_is_told() -> None:
    (reason,) = unread(written(RoiWritten(1, "Lesion", [Ring(in_mm(SQUARE), "1.1")])), Given())
    assert reason == (
        "its contours stand in millimetres of the patient, and where the image lies cannot be told: its position is not"
        " known: the task data has no ImagePositionPatient. Give the headers of the images: --facts FOLDER"
    )


def test_a_class_is_told_by_the_name_or_the_code(headers: Supply) -> None:
    rois = [
        RoiWritten(number, name, [Ring(in_mm(SQUARE), "1.1")], code=code)
        for number, (name, code) in enumerate([("GTV", ""), ("met 1", "C1"), ("met 2", "C7")], start=1)
    ]
    regions = submission(written(*rois), headers).regions
    assert [(one.class_name, one.labels) for one in regions] == [
        ("lesion", ("GTV",)),
        ("lesion", ("C1",)),
        (None, ("met 2",)),
    ]


def test_rois_of_one_name_are_objects_apart(headers: Supply) -> None:
    rois = [RoiWritten(number, "Lesion", [Ring(in_mm(SQUARE), "1.1")]) for number in (1, 2)]
    assert [one.object_name for one in submission(written(*rois), headers).regions] == ["Lesion (1)", "Lesion (2)"]


def test_the_annotator_is_the_interpreter_the_operator_or_the_file(headers: Supply) -> None:
    rois = [
        RoiWritten(1, "Lesion", [Ring(in_mm(SQUARE), "1.1")], interpreter="Roe^Jo"),
        RoiWritten(2, "Lesion", [Ring(in_mm(SQUARE), "1.1")]),
    ]
    people = [cast("Submission", one) for one in readings(written(*rois), headers)]
    assert [(one.annotator, one.annotator_name) for one in people] == [("Roe^Jo", "Jo Roe"), ("Ng^Mei", "Mei Ng")]
    (alone,) = readings(written(rois[1], operator=""), headers, "/in/reader-b.dcm")
    assert cast("Submission", alone).annotator == "reader-b"


def test_who_drew_it_follows_from_the_generation_algorithm(headers: Supply) -> None:
    kinds = ("MANUAL", "SEMIAUTOMATIC", "AUTOMATIC", "")
    rois = [
        RoiWritten(number, f"Lesion {kind}", [Ring(in_mm(SQUARE), "1.1")], kind)
        for number, kind in enumerate(kinds, start=1)
    ]
    found = submission(written(*rois), headers)
    assert [one.origin for one in found.regions] == ["manual", "prediction-changed", "prediction", "manual"]
    assert [fact.name for fact in found.unread_facts] == ["ROI Generation Algorithm of ROI 4 (Lesion)"]


@pytest.mark.parametrize(
    ("ring", "reason"),
    [
        (
            Ring([*in_mm(SQUARE[:2]), *in_mm(SQUARE[2:], 6.4)], "1.1"),
            "it lies up to 1.4 mm off the plane of its image; 0.5 mm are rounding",
        ),
        (Ring(in_mm(SQUARE), "1.1", count=3), "it states 3 points, and its Contour Data are those of 4"),
        (Ring(in_mm(SQUARE[:2]), "1.1", "POINT"), "it is a point, and its Contour Data are those of 2"),
        (Ring([[1, 2]], "1.1"), "its Contour Data are 2 numbers: x, y and z are needed of every point"),
        (Ring([], "1.1"), "its Contour Data are 0 numbers: x, y and z are needed of every point"),
        (Ring([[1, 2, float("nan")]], "1.1"), "one of its coordinates is not a number"),
        (
            Ring(in_mm(SQUARE), "1.1", "OPEN_NONPLANAR"),
            (
                "its Contour Geometric Type is OPEN_NONPLANAR; CLOSEDPLANAR_XOR, CLOSED_PLANAR, OPEN_PLANAR, POINT"
                " are read"
            ),
        ),
    ],
)
def test_a_contour_that_is_not_clear_costs_its_region_alone(headers: Supply, ring: Ring, reason: str) -> None:
    rings = [ring, Ring(in_mm(SQUARE), "1.1")] if ring.kind == "CLOSED_PLANAR" else [ring]
    content = written(RoiWritten(1, "Lesion", rings), RoiWritten(2, "GTV", [Ring(in_mm(HOLE), "1.1")]))
    assert unread(content, headers) == [f"contour 1 of ROI 1 (Lesion): {reason}"]
    assert [one.id for one in submission(content, headers).regions] == ["2"]


def test_the_same_contour_twice_encloses_nothing(headers: Supply) -> None:
    turned = (*SQUARE[2:], *SQUARE[:2])
    (region,) = submission(
        written(RoiWritten(1, "Lesion", [Ring(in_mm(SQUARE), "1.1"), Ring(in_mm(turned), "1.1")])), headers
    ).regions
    assert isinstance(region.shape, Malformed)
    assert region.shape.reason.startswith("two of its contours are the same")


def test_too_many_contours_of_one_region_are_not_measured(headers: Supply) -> None:
    rings = [Ring(in_mm([(x, 1), (x + 0.5, 1), (x, 2)]), "1.1") for x in np.linspace(1, 30, 1_001)]
    (region,) = submission(written(RoiWritten(1, "Lesion", rings)), headers).regions
    assert isinstance(region.shape, Malformed)
    assert region.shape.reason == "it has 1,001 contours on this image; more than 1,000 are not measured"


def test_rois_of_one_number_are_not_clear(headers: Supply) -> None:
    drawn = [Ring(in_mm(SQUARE), "1.1")]
    content = written(RoiWritten(1, "Lesion", drawn), RoiWritten(1, "GTV"), RoiWritten(2, "GTV", drawn))
    assert unread(content, headers) == [
        "contour 1 of entry 1 of the ROI contours: their ROI number 1 is that of several ROIs"
    ]
    assert [one.id for one in submission(content, headers).regions] == ["2"]


def test_contours_of_no_roi_and_rois_without_a_number_are_told(headers: Supply) -> None:
    whole = rtstruct_body([RoiWritten(1, "Lesion", [Ring(in_mm(SQUARE), "1.1")])])
    nameless = in_order(whole, element(0x30060020, "SQ", b"\xfe\xff\0\xe0\x08\0\0\0" + said(0x30060026, "LO", "")))
    assert unread(file_of(RTSTRUCT, nameless), headers) == [
        "ROI 1 of the file cannot be read: it has no ROI Number (3006,0022) that is a number",
        "contour 1 of entry 1 of the ROI contours: their ROI number 1 is that of no ROI",
    ]


def test_a_file_without_contours_tells_nothing_of_any_image(headers: Supply) -> None:
    (reason,) = unread(written(listed=("1.1",)), headers)
    assert reason.startswith("it holds no contour, and does not say on which images nothing was found")


def test_another_object_is_refused(headers: Supply) -> None:
    with pytest.raises(FormatError, match=r"no structure set: its SOP class is Segmentation Storage\. Leave it"):
        decoded(file_of(RTSTRUCT, seg_body([Frame("1.1")], [], (1, 1))), headers)


def test_a_file_that_was_cut_off_is_never_read_as_less(headers: Supply) -> None:
    content = written(RoiWritten(1, "Lesion", [Ring(in_mm(SQUARE), "1.1"), Ring(in_mm(HOLE), "1.1")]))
    for end in range(len(content) - 1):
        try:
            told = bool(unread(content[:end], headers))
        except FormatError:
            continue
        regions = [] if told else submission(content[:end], headers).regions
        assert told or regions[0].mask.area_px == 84, f"cut off at byte {end} of {len(content)}"


@pytest.mark.real_data
def test_published_structure_sets_are_read_or_told(real_data: Path) -> None:
    """Their seed points state one point and hold two, so that nobody knows which is meant."""
    for path in sorted((real_data / "dicom_seg").rglob("AIM_*.dcm")):
        told = unread(path.read_bytes(), Given())
        assert told, path
        assert all("--facts FOLDER" in one or "it holds no contour" in one for one in told)
