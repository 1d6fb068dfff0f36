"""Facts that stand beside the task data: joined with them, and never one of two that contradict each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.imaging.dicom_file import write_dicom

from guidelint.geometry.spacing import Spacing
from guidelint.imaging.beside import KEYWORDS, Beside, Record
from guidelint.imaging.header import header_facts
from guidelint.imaging.image_name import without_ending
from guidelint.imaging.keys import ImageKeys
from guidelint.imaging.slice_place import Orientation
from guidelint.imaging.supplied.supply import Supply, supply

if TYPE_CHECKING:
    from pathlib import Path

KEYS = ImageKeys()
EVERYTHING = {
    "PixelSpacing": "0.7\\0.6",
    "Rows": "512",
    "Columns": "500",
    "Modality": "CT",
    "SeriesInstanceUID": "1.2",
    "SOPInstanceUID": "1.2.3",
    "ImagePositionPatient": "1\\2\\3.5",
    "ImageOrientationPatient": "1\\0\\0\\0\\1\\0",
    "SliceThickness": "2.5",
    "SpacingBetweenSlices": "2",
    "InstanceNumber": "7",
    "PatientID": "P1",
    "StudyInstanceUID": "1",
    "StudyDate": "20240131",
    "ViewPosition": "PA",
    "ImageLaterality": "L",
    "BodyPartExamined": "chest",
    "ClinicalTrialTimePointID": "baseline",
}


def record(image: str = "a.png", place: str = "images.csv, line 2", **facts: str) -> Record:
    return Record(place, image, tuple(facts.get(keyword, "") for keyword in KEYWORDS.values()))


def beside(*records: Record) -> Beside:
    return Beside(tuple(enumerate(records)), "images.csv")


def test_every_fact_is_supplied_where_the_task_data_lack_it_and_says_where_it_stands() -> None:
    facts = header_facts({}, KEYS, beside(replace(record(place="scan/12.dcm", **EVERYTHING), is_header=True)))
    assert facts.spacing == Spacing(0.7, 0.6, source="DICOM (0028,0030) of scan/12.dcm")
    assert (facts.rows, facts.columns, facts.modality, facts.patient) == (512, 500, "CT", "P1")
    assert (facts.series_uid, facts.sop_uid, facts.instance_number) == ("1.2", "1.2.3", 7)
    assert (facts.place.position_mm, facts.place.thickness_mm, facts.place.spacing_mm) == ((1, 2, 3.5), 2.5, 2)
    assert facts.place.orientation == Orientation((1, 0, 0), (0, 1, 0))
    assert facts.sources["modality"] == "DICOM (0008,0060) of scan/12.dcm"
    assert (facts.view, facts.side, facts.body_part) == ("PA", "left", "CHEST")
    assert (facts.study_uid, facts.study_date, facts.time_point) == ("1", date(2024, 1, 31), "baseline")
    assert set(facts.sources) == set(KEYWORDS) - {"position_z"}
    assert not facts.unknown
    assert not facts.contradicted


def test_a_fact_of_the_task_data_stands_there_also_where_a_table_tells_the_same_rounded() -> None:
    told = record(PixelSpacing="0.66 0.66", Modality="ct")
    facts = header_facts({"PixelSpacing": [0.661468, 0.661468], "Modality": "CT"}, KEYS, beside(told))
    assert facts.spacing == Spacing(0.661468, 0.661468, source="PixelSpacing in the task data")
    assert facts.modality == "CT"
    assert not facts.sources


@pytest.mark.parametrize(
    ("keyword", "there", "here"),
    [
        pytest.param("PixelSpacing", "0.7\\0.7", "0.71\\0.7", id="spacing"),
        pytest.param("Modality", "CT", "MR", id="modality"),
        pytest.param("Rows", 512, "511", id="rows"),
        pytest.param("ImagePositionPatient", [0, 0, 400.0], "0\\0\\400.5", id="position, half a millimetre in 400"),
        pytest.param("ImagePositionPatientZ", 400.0, "400.5", id="height"),
        pytest.param("ImageOrientationPatient", [1, 0, 0, 0, 1, 0], "0\\1\\0\\1\\0\\0", id="orientation"),
        pytest.param("SliceThickness", 5, "4.9", id="thickness"),
        pytest.param("SeriesInstanceUID", "1.2", "1.3", id="series"),
        pytest.param("PatientID", "P1", "P2", id="patient"),
        pytest.param("StudyDate", "2024-01-31", "20240201", id="day"),
    ],
)
def test_a_table_that_contradicts_the_task_data_makes_the_fact_unknown(keyword: str, there: object, here: str) -> None:
    facts = header_facts({keyword: there}, KEYS, beside(record(**{keyword: here})))
    (reason,) = facts.contradicted.values()
    assert reason.startswith(f"{keyword} in the task data is ")
    assert f", {keyword} of images.csv, line 2 is " in reason
    known = (facts.spacing, facts.modality, facts.rows, facts.series_uid, facts.patient, facts.place.thickness_mm)
    assert {*known, facts.study_date} == {None}
    assert (facts.place.position_mm, facts.place.z_mm, facts.place.orientation) == (None, None, None)


def test_two_records_that_differ_make_only_that_fact_unknown() -> None:
    one, other = record(Modality="CT", Rows="512"), record(place="images.csv, line 9", Modality="MR", Rows="512")
    facts = header_facts({}, KEYS, beside(one, other))
    assert facts.modality is None
    assert facts.rows == 512
    why = "Modality of images.csv, line 2 is CT, Modality of images.csv, line 9 is MR"
    assert facts.contradicted == {"modality": why}
    assert facts.unknown["modality"] == why


def test_a_cell_that_cannot_be_read_makes_the_fact_unknown_whatever_another_says() -> None:
    facts = header_facts({"PixelSpacing": [0.7, 0.7]}, KEYS, beside(record(PixelSpacing="about 0.7")))
    assert facts.spacing is None
    assert "PixelSpacing of images.csv, line 2 cannot be read" in facts.spacing_problem
    facts = header_facts({"PixelSpacing": "about 0.7"}, KEYS, beside(record(PixelSpacing="0.7 0.7")))
    assert "PixelSpacing in the task data cannot be read" in facts.spacing_problem


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (beside(record(Rows="5")), "the task data has no PixelSpacing, nor has images.csv, line 2"),
        (beside(), "the task data has no PixelSpacing, and images.csv tells nothing of this image"),
    ],
)
def test_what_is_told_nowhere_says_where_it_was_looked_for(told: Beside, why: str) -> None:
    assert header_facts({}, KEYS, told).spacing_problem.endswith(f"is not known: {why}")


@pytest.mark.parametrize(
    ("rows", "image", "found"),
    [
        pytest.param(["a.png"], "s3://bucket/x/a.png?sig=1", [0], id="a name ends the address"),
        pytest.param(["x/a.png", "y/a.png"], "/data/local-files/?d=x/a.png", [0], id="the folder tells them apart"),
        pytest.param(["a.png", "x/a.png"], "x/a.png", [1], id="the longer end counts"),
        pytest.param(["y/a.png"], "x/a.png", [], id="another folder"),
        pytest.param(["x/a.png"], "a.png", [0], id="the row says more"),
        pytest.param(["x/a.png", "y/a.png"], "a.png", [0, 1], id="both may be meant"),
        pytest.param(["a.dcm"], "a.png", [0], id="shown as a copy in another format"),
        pytest.param(["a.dcm", "a.png"], "b/a.png", [1], id="the same format counts first"),
        pytest.param(["ba.png"], "a.png", [], id="a name that only ends alike"),
        pytest.param([], "a.png", [], id="nothing"),
    ],
)
def test_an_image_is_found_by_the_end_of_its_path(rows: list[str], image: str, found: list[int]) -> None:
    told = Supply("images.csv", "rows", tuple(record(row) for row in rows)).of(image, "")
    assert [number for number, _ in told.records] == found


@pytest.mark.parametrize(
    ("images", "found"),
    [
        pytest.param(["s3://b/p1/a.png", "s3://b/p1/a.png?sig=2", "p1/a.png"], [1, 1, 1], id="one image"),
        pytest.param(["a.png", "p1/a.png", "p2/a.png", "p1/a.png"], [1, 1, 0, 0], id="two images"),
        pytest.param(["p1/a.png", "p2/a.jpg"], [1, 0], id="in two formats"),
    ],
)
def test_a_record_that_fits_several_images_is_about_none_from_the_second_on(
    images: list[str], found: list[int]
) -> None:
    given = Supply("images.csv", "rows", (record("a.png", Modality="CT"),))
    told = [given.of(image, "") for image in images]
    assert [len(one.records) for one in told] == found
    assert bool(list(given.doubts())) == (0 in found)
    for one, count in zip(told, found, strict=True):
        assert ("images.csv, line 2 may be about this image or about p" in one.lacks) == (not count)


def test_a_record_found_by_its_uid_is_in_no_doubt() -> None:
    given = Supply("images.csv", "rows", (record("a.png", SOPInstanceUID="1.1"),))
    assert [len(given.of(image, "1.1").records) for image in ("p1/a.png", "p2/a.png")] == [1, 1]
    assert not list(given.doubts())


def test_the_uid_counts_before_the_name_and_another_uid_is_another_image() -> None:
    rows = (record("a.png", SOPInstanceUID="1.1"), record("b.png", SOPInstanceUID="1.2"), record("c.png"))
    given = Supply("images.csv", "rows", rows)
    assert [number for number, _ in given.of("a.png", "1.2").records] == [1]
    assert [number for number, _ in given.of("a.png", "1.9").records] == []
    assert [number for number, _ in given.of("c.png", "1.9").records] == [2]
    assert [number for number, _ in given.of("a.png", "").records] == [0]


def test_only_endings_of_pictures_are_left_out_of_a_name() -> None:
    assert without_ending("1.2.840.PNG") == "1.2.840"
    assert without_ending("lung_1.0") == "lung_1.0"
    assert without_ending(".png") == ".png"


def test_headers_of_a_folder_are_read_and_all_else_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "scan"
    write_dicom(folder / "ct" / "12.dcm", Modality="CT", PixelSpacing=[0.7, 0.6], Rows=512, SOPInstanceUID="1.2")
    write_dicom(folder / "broken.dcm", Modality="CT").write_bytes(bytes(128) + b"DICM" + b"\xff" * 40)
    (folder / "notes.txt").write_text("nothing", encoding="utf-8")
    (folder / ".hidden.dcm").write_text("nothing", encoding="utf-8")
    given = supply(folder)
    facts = header_facts({}, KEYS, given.of("https://x/ct/12.png", ""))
    assert facts.spacing == Spacing(0.7, 0.6, source="DICOM (0028,0030) of scan/ct/12.dcm")
    assert (facts.modality, facts.rows) == ("CT", 512)
    others, unread = given.notes
    assert others == f"{folder}: 1 left alone, no DICOM: notes.txt"
    assert "broken.dcm: its header tells nothing of an image" in unread
