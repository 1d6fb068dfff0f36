"""Slices of real series, compared with pydicom and NumPy, with other header values, and with numbers of slices."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pydicom
import pytest
from pydicom.multival import MultiValue

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.header import header_facts
from guidelint.imaging.keys import ImageKeys
from guidelint.imaging.position import along_normal_mm
from guidelint.imaging.stack import stacked
from guidelint.imaging.tilt import tilt_degrees

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.imaging.slice_place import SlicePlace

pytestmark = pytest.mark.real_data
KEYWORDS = (
    "ImagePositionPatient",
    "ImageOrientationPatient",
    "SliceThickness",
    "SpacingBetweenSlices",
    "InstanceNumber",
)
BEYOND_ITS_SLICES = "1.3.6.1.4.1.14519.5.2.1.6279.6001.137375498893536422914241295628"
"""Series with marks above the slices it is said to have: its last numbers of slices are all the same."""


def read(path: Path) -> pydicom.Dataset:
    return pydicom.dcmread(path, stop_before_pixels=True)


def as_task_data(header: pydicom.Dataset) -> dict[str, object]:
    """Attributes as DICOM text, the way exports write them."""
    values = {keyword: header.get(keyword) for keyword in KEYWORDS}
    return {
        keyword: "\\".join(map(str, value)) if isinstance(value, MultiValue) else str(value)
        for keyword, value in values.items()
        if value is not None
    }


def place_of(header: pydicom.Dataset) -> SlicePlace:
    facts = header_facts(as_task_data(header), ImageKeys())
    assert facts.unreadable == {}
    return facts.place


def series(folder: Path, pattern: str) -> tuple[dict[str, pydicom.Dataset], dict[str, SlicePlace]]:
    headers = {path.stem: read(path) for path in (folder / "dicom").glob(pattern)}
    return headers, {name: place_of(header) for name, header in headers.items()}


def independent(header: pydicom.Dataset) -> float:
    cosines = np.array(header.ImageOrientationPatient, np.float64).reshape(2, 3)
    return float(np.dot(np.cross(cosines[0], cosines[1]), np.array(header.ImagePositionPatient, np.float64)))


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("series_mr_t1_pddl/*.dcm", 12),
        ("series_ct_head_ge_tilt/*.dcm", 10),
        ("pydicom/77654033_CT2_*.dcm", 4),
        ("pydicom/98892001_CT5N_*.dcm", 5),
        ("dwv/bbmri-*.dcm", 3),
    ],
)
def test_slices_lie_where_pydicom_and_numpy_say(real_data: Path, pattern: str, count: int) -> None:
    headers, places = series(real_data, pattern)
    assert len(places) == count
    expected = {name: independent(header) for name, header in headers.items()}
    assert {name: along_normal_mm(place) for name, place in places.items()} == pytest.approx(expected, abs=1e-4)
    assert stacked(places).order == tuple(sorted(expected, key=lambda name: expected[name]))
    assert stacked(places).repeated == ()


@pytest.mark.parametrize(
    ("pattern", "usual_mm"),
    [
        ("series_mr_t1_pddl/*.dcm", 2 / 3),
        ("pydicom/98892001_CT5N_*.dcm", 2.5),
        ("dwv/bbmri-*.dcm", 9.0),
    ],
)
def test_a_whole_series_has_even_steps_and_no_tilt(real_data: Path, pattern: str, usual_mm: float) -> None:
    _, places = series(real_data, pattern)
    stack = stacked(places)
    assert stack.usual_step_mm() == pytest.approx(usual_mm)
    assert (stack.gaps(), stack.uneven()) == ((), ())
    assert tilt_degrees(places) == pytest.approx(0, abs=1e-4)


def test_as_many_slices_are_missing_as_instance_numbers(real_data: Path) -> None:
    headers, places = series(real_data, "pydicom/77654033_CT2_*.dcm")
    (gap,) = stacked(places).gaps()
    before, after = headers[gap.before.slices[0]], headers[gap.after.slices[0]]
    assert gap.missing == int(after.InstanceNumber) - int(before.InstanceNumber) - 1 == 161


def test_a_head_scan_has_the_tilt_of_its_gantry_and_two_thicknesses(real_data: Path) -> None:
    headers, places = series(real_data, "series_ct_head_ge_tilt/*.dcm")
    assert tilt_degrees(places) == pytest.approx(float(headers["09"].GantryDetectorTilt), abs=0.01)
    stack = stacked(places)
    assert stack.usual_step_mm() == pytest.approx(4, abs=0.01)
    assert stack.gaps() == ()
    assert [step.before.slices for step in stack.uneven()] == [("14",), ("15",), ("16",), ("17",)]
    assert [step.mm for step in stack.uneven()] == pytest.approx([1.08, 7, 7, 7], abs=0.01)


def test_localizers_in_two_planes_have_no_order(real_data: Path) -> None:
    _, places = series(real_data, "pydicom/98892001_CT2N_*.dcm")
    with pytest.raises(NotMeasurable, match=r"differ by 90\.0°"):
        stacked(places)


@pytest.mark.parametrize(
    ("name", "step_mm", "stated_mm", "per_place"),
    [
        ("222710_539_S2", 4.5, 4.5, {1}),
        ("223243_162_S3", 4.5, 4.5, {1}),
        ("224134_592_S4", 4.5, 4.5, {1, 3}),
        ("225159_889_S6", 6.0, 5.0, {2}),
    ],
)
def test_frames_of_a_segmentation_step_as_their_places_say(
    real_data: Path, name: str, step_mm: float, stated_mm: float, per_place: set[int]
) -> None:
    file = read(real_data / f"dicom_seg/annotations/PARJXF/Annotations/1-Pre-Operative/SEG_20220117_{name}.dcm")
    shared, frames = file.SharedFunctionalGroupsSequence[0], file.PerFrameFunctionalGroupsSequence
    turned = (shared if "PlaneOrientationSequence" in shared else frames[0]).PlaneOrientationSequence[0]
    of_all = as_task_data(turned) | as_task_data(shared.PixelMeasuresSequence[0])
    data = [of_all | as_task_data(frame.PlanePositionSequence[0]) for frame in frames]
    places = {f"{number:03}": header_facts(one, ImageKeys()).place for number, one in enumerate(data)}
    stack = stacked(places)
    assert stack.usual_step_mm() == pytest.approx(step_mm, rel=1e-3)
    assert stack.stated_step_mm == pytest.approx(stated_mm)
    assert {len(level.slices) for level in stack.levels} == per_place
    assert (stack.gaps(), stack.uneven()) == ((), ())
    assert tilt_degrees(places) == pytest.approx(0, abs=0.01)


def test_gaps_between_the_delivered_slices_of_lidc_are_those_of_their_numbers(real_data: Path) -> None:
    places: dict[str, dict[str, SlicePlace]] = defaultdict(dict)
    number: dict[str, int] = {}
    for task in json.loads(gzip.decompress((real_data / "lidc/lidc_dev.json.gz").read_bytes())):
        facts = header_facts(task["data"], ImageKeys())
        assert facts.series_uid
        places[facts.series_uid][str(task["id"])] = facts.place
        number[str(task["id"])] = task["data"]["slice_index"]
    odd: list[str] = []
    for uid, slices in places.items():
        stack = stacked(slices)
        assert stack.usual_step_mm() == pytest.approx(stack.stated_step_mm)
        found = {gap.before.slices[0]: gap.missing for gap in stack.gaps()}
        between = {one: abs(number[other] - number[one]) - 1 for one, other in pairwise(stack.order)}
        if found != {name: missing for name, missing in between.items() if missing}:
            odd.append(uid)
    assert len(places) == 60
    assert odd == [BEYOND_ITS_SLICES]
