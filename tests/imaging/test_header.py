from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import astuple

from guidelint.geometry.spacing import Spacing
from guidelint.imaging.header import header_facts
from guidelint.imaging.keys import ImageKeys
from guidelint.imaging.slice_place import Orientation, SlicePlace

KEYS = ImageKeys()
SOURCE = "PixelSpacing in the task data"


@pytest.mark.parametrize(
    "value",
    [
        pytest.param([0.7, 0.5], id="list"),
        pytest.param(["0.7", "0.5"], id="list of DICOM decimal strings"),
        pytest.param("0.7\\0.5", id="DICOM text"),
        pytest.param("0.7 x 0.5", id="written with an x"),
        pytest.param("0.7x0.5", id="written with an x and no space"),
        pytest.param("0.7 × 0.5 mm", id="written with a unit"),
        pytest.param("[0.7, 0.5]", id="list as text"),
        pytest.param(" 7e-1 \\ 5.0E-1 ", id="exponents"),
    ],
)
def test_pixel_spacing_is_row_then_column(value: object) -> None:
    facts = header_facts({"PixelSpacing": value}, KEYS)
    assert facts.spacing == Spacing(row_mm=0.7, column_mm=0.5, source=SOURCE)
    assert facts.spacing_problem == ""


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        pytest.param(0.7, "found 0.7", id="one number may be meant for both, or forgotten"),
        pytest.param([0.7], "2 numbers are needed", id="one number in a list"),
        pytest.param([0.7, 0.7, 2.0], "2 numbers are needed", id="voxel size"),
        pytest.param([0.7, None], "found None", id="half missing"),
        pytest.param([0.7, True], "found True", id="a truth is no number"),
        pytest.param([0.7, 0], "must be finite and positive", id="zero"),
        pytest.param([-0.7, 0.7], "must be finite and positive", id="negative"),
        pytest.param(["NaN", "NaN"], "found 'NaN'", id="not a number"),
        pytest.param([float("inf"), 1.0], "found inf", id="infinite"),
        pytest.param([10**400, 1.0], "a number is needed", id="beyond any float"),
        pytest.param("0,7\\0,7", "found '0,7'", id="decimal comma"),
        pytest.param("0,7", "2 numbers are needed", id="decimal comma that looks like a list"),
        pytest.param("about 0.7", "found 'about 0.7'", id="words"),
        pytest.param({"row": 0.7, "column": 0.7}, "2 numbers are needed", id="an object"),
        pytest.param("0.7\\" * 10_000, "2 numbers are needed", id="endless text"),
    ],
)
def test_a_spacing_that_cannot_be_read_gives_a_reason_and_no_guess(value: object, reason: str) -> None:
    facts = header_facts({"PixelSpacing": value}, KEYS)
    assert facts.spacing is None
    assert facts.spacing_problem.startswith(
        "the pixel spacing of the image is not known: PixelSpacing in the task data cannot be read: two numbers are "
        "needed"
    ) or (reason == "must be finite and positive")
    assert reason in facts.spacing_problem
    assert reason in facts.unreadable["PixelSpacing"]


@pytest.mark.parametrize("data", [{}, {"PixelSpacing": None}, {"PixelSpacing": "  "}], ids=["absent", "null", "blank"])
def test_a_spacing_that_is_not_given_is_no_mistake(data: dict[str, object]) -> None:
    facts = header_facts(data, KEYS)
    assert facts.spacing is None
    assert facts.spacing_problem == "the pixel spacing of the image is not known: the task data has no PixelSpacing"
    assert facts.unreadable == {}


def test_every_declared_fact_is_read() -> None:
    data = {
        "Rows": "512",
        "Columns": 500.0,
        "Modality": " CT ",
        "SeriesInstanceUID": "1.2.3",
        "SOPInstanceUID": "1.2.3.4",
        "ImagePositionPatient": "-120.5\\-90\\31.25",
        "ImageOrientationPatient": "1\\0\\0\\0\\0.9483237\\-0.3173047",
        "SliceThickness": "4.0",
        "SpacingBetweenSlices": -5,
        "InstanceNumber": "12",
        "PatientID": " P-007 ",
        "StudyInstanceUID": "1.2",
        "StudyDate": "20240131",
        "ClinicalTrialTimePointID": "week-8 ",
    }
    facts = header_facts(data, KEYS)
    assert (facts.rows, facts.columns, facts.modality) == (512, 500, "CT")
    assert (facts.series_uid, facts.sop_uid, facts.instance_number) == ("1.2.3", "1.2.3.4", 12)
    assert facts.patient == "P-007"
    assert (facts.study_uid, facts.study_date, facts.time_point) == ("1.2", date(2024, 1, 31), "week-8")
    assert facts.place == SlicePlace(
        position_mm=(-120.5, -90.0, 31.25),
        orientation=Orientation((1.0, 0.0, 0.0), (0.0, 0.9483237, -0.3173047)),
        thickness_mm=4.0,
        spacing_mm=5.0,
    )
    assert facts.unreadable == {}


def test_the_z_of_the_position_may_stand_alone() -> None:
    place = header_facts({"ImagePositionPatientZ": -328.3}, KEYS).place
    assert (place.position_mm, place.z_mm) == (None, -328.3)


def test_a_whole_position_counts_for_more_than_its_z() -> None:
    place = header_facts({"ImagePositionPatientZ": 7, "ImagePositionPatient": [1, 2, 3]}, KEYS).place
    assert (place.position_mm, place.z_mm) == ((1.0, 2.0, 3.0), None)


@pytest.mark.parametrize(
    "value",
    [[1, 0, 0, 0, 1, 0], ["1", "0", "0", "0", "1", "0"], "1\\0\\0\\0\\1\\0", "[1, 0, 0, 0, 1, 0]"],
    ids=["list", "list of DICOM decimal strings", "DICOM text", "list as text"],
)
def test_an_orientation_is_six_numbers(value: object) -> None:
    place = header_facts({"ImageOrientationPatient": value}, KEYS).place
    assert place.orientation == Orientation((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
    assert place.orientation_problem == ""


def test_a_place_that_is_not_known_says_why() -> None:
    place = header_facts({"ImageOrientationPatient": [1, 0, 0, 1, 0, 0]}, KEYS).place
    assert place.position_problem == "the task data has no ImagePositionPatient"
    assert place.orientation_problem == (
        "ImageOrientationPatient in the task data cannot be read: two directions at right angles are needed, found "
        "[1, 0, 0, 1, 0, 0]"
    )


def test_a_patient_may_be_told_by_a_number() -> None:
    assert header_facts({"pseudonym": 7}, ImageKeys(patient="pseudonym")).patient == "7"


@pytest.mark.parametrize("data", [{}, {"PatientID": " "}, {"PatientID": None}])
def test_a_patient_that_is_not_told_is_not_known(data: dict[str, object]) -> None:
    facts = header_facts(data, KEYS)
    assert (facts.patient, facts.unreadable) == (None, {})


@pytest.mark.parametrize("value", ["20240131", "2024-01-31", "2024.01.31", 20240131])
def test_a_day_is_written_as_dicom_or_people_do(value: object) -> None:
    assert header_facts({"StudyDate": value}, KEYS).study_date == date(2024, 1, 31)


def test_a_time_point_may_be_a_number_under_a_key_of_the_guideline() -> None:
    assert header_facts({"visit": 2}, ImageKeys(time_point="visit")).time_point == "2"


def test_a_guideline_may_declare_other_keys_and_paths() -> None:
    keys = ImageKeys(pixel_spacing="meta.PixelSpacing", modality="kind")
    facts = header_facts({"meta": {"PixelSpacing": "0.7 x 0.7 mm"}, "kind": "MR"}, keys)
    assert facts.spacing == Spacing(0.7, 0.7, source="meta.PixelSpacing in the task data")
    assert facts.modality == "MR"


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("Rows", 0, "a positive whole number is needed, found 0"),
        ("Rows", 511.5, "a positive whole number is needed, found 511.5"),
        ("Columns", [512], "a number is needed, found [512]"),
        ("Modality", 7, "a short text is needed, found 7"),
        ("SeriesInstanceUID", ["1.2"], "a short text is needed, found ['1.2']"),
        ("PatientID", ["P-007"], "a short text is needed, found ['P-007']"),
        ("PatientID", True, "a short text is needed, found True"),
        ("ImagePositionPatient", [1, 2], "3 numbers are needed, found [1, 2]"),
        ("ImagePositionPatientZ", "head", "a number is needed, found 'head'"),
        ("ImageOrientationPatient", [1, 0, 0], "6 numbers are needed, found [1, 0, 0]"),
        ("ImageOrientationPatient", [0] * 6, "two directions of length 1 are needed, found [0, 0, 0, 0, 0, 0]"),
        ("SliceThickness", 0, "a number above 0 is needed, found 0"),
        ("SliceThickness", "thin", "a number is needed, found 'thin'"),
        ("SpacingBetweenSlices", 0, "a number above 0 is needed, found 0"),
        ("StudyInstanceUID", 7, "a short text is needed, found 7"),
        ("StudyDate", "20240230", "there is no such day: '20240230'"),
        ("StudyDate", "2024-0131", "a day such as 20240131 or 2024-01-31 is needed, found '2024-0131'"),
        ("StudyDate", "May 2024", "a day such as 20240131 or 2024-01-31 is needed, found 'May 2024'"),
        ("ClinicalTrialTimePointID", 1.5, "a short text is needed, found 1.5"),
        ("InstanceNumber", 1.5, "a whole number is needed, found 1.5"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_reason(key: str, value: object, reason: str) -> None:
    assert header_facts({key: value}, KEYS).unreadable == {key: reason}


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*astuple(KEYS)]), JSON))
def test_no_value_is_an_accident(data: dict[str, object]) -> None:
    facts = header_facts(data, KEYS)
    assert facts.spacing is None or not facts.spacing_problem
    assert set(facts.unreadable) <= set(data)


@pytest.mark.parametrize(
    ("data", "series", "patient"),
    [
        ({}, "the task data has no uid", "the task data has no who"),
        ({"uid": "1.2", "who": "P"}, "", ""),
        ({"uid": " ", "who": ["P"]}, "the task data has no uid", "who in the task data cannot be read: "),
    ],
)
def test_why_series_and_patient_are_not_known_is_said_under_the_keys_of_the_guideline(
    data: dict[str, object], series: str, patient: str
) -> None:
    facts = header_facts(data, ImageKeys(series_uid="uid", patient="who"))
    assert facts.series_problem == series
    assert facts.patient_problem.startswith(patient)
    assert bool(facts.patient_problem) == bool(patient)


@pytest.mark.parametrize("padded", ["1.2.3\0", "1.2.3\0\0", "1.2.3 ", "1.2.3\0 "])
def test_the_padding_of_an_identifier_does_not_make_another_one(padded: str) -> None:
    facts = header_facts({"SeriesInstanceUID": padded, "SOPInstanceUID": padded}, KEYS)
    assert (facts.series_uid, facts.sop_uid) == ("1.2.3", "1.2.3")


@pytest.mark.parametrize("only", ["\0", " \0 ", " "])
def test_padding_alone_is_no_identifier(only: str) -> None:
    facts = header_facts({"SeriesInstanceUID": only}, KEYS)
    assert facts.series_uid is None
    assert facts.series_problem == "the task data has no SeriesInstanceUID"


def test_a_code_has_no_small_letters() -> None:
    assert header_facts({"Modality": " ct "}, KEYS).modality == "CT"


@pytest.mark.parametrize("key", ["SliceThickness", "SpacingBetweenSlices", "PixelSpacing"])
@pytest.mark.parametrize("length", [1e300, 3000.5])
def test_a_length_that_nothing_in_an_image_has_cannot_be_read(key: str, length: float) -> None:
    facts = header_facts({key: [0.5, length] if key == "PixelSpacing" else length}, KEYS)
    assert f"a length in mm up to 3000 is needed, found {length}" in facts.unreadable[key]
    assert (facts.spacing, facts.place.thickness_mm, facts.place.spacing_mm) == (None, None, None)
