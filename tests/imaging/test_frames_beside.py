"""Facts of the frames of an enhanced DICOM object, out of a folder of headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import highdicom.legacy
import pytest
from pydicom import dcmread
from pydicom.data import get_testdata_file
from pydicom.uid import UID
from tests.annotation.dicom_written import in_order, said, sequence
from tests.imaging.dicom_file import dicom_bytes, elements_of

from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.given import Given
from guidelint.imaging.keys import ImageKeys
from guidelint.imaging.pixels.frame import Frame, frame_in
from guidelint.imaging.supplied.supply import supply

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pydicom.dataset import Dataset

pytestmark = [  # highdicom leaves its tables of frames open
    pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning"),
    pytest.mark.usefixtures("collected"),
]

KEYS = ImageKeys()
ORIENTATION = sequence(0x00209116, said(0x00200037, "DS", "1\\0\\0\\0\\1\\0"))


def frame(z: float, spacing: str = "") -> bytes:
    """Groups of one frame."""
    measures = sequence(0x00289110, said(0x00280030, "DS", spacing)) if spacing else b""
    return sequence(0x00209113, said(0x00200032, "DS", f"1\\2\\{z:g}")) + measures


def write(folder: Path, *frames: bytes, count: int | None = None, modality: str = "MR") -> Path:
    """An enhanced object: spacing and orientation of all frames, and where each of them lies."""
    measures = sequence(0x00289110, said(0x00280030, "DS", "0.5\\0.5") + said(0x00180050, "DS", "3"))
    head = {"SOPInstanceUID": "1.1", "Modality": modality, "Rows": 4, "Columns": 4}
    body = elements_of(head | {"NumberOfFrames": len(frames) if count is None else count})
    groups = sequence(0x52009229, ORIENTATION + measures), sequence(0x52009230, *frames)
    (folder / "scan").mkdir()
    (folder / "scan" / "1.dcm").write_bytes(dicom_bytes(in_order(body, *groups)))
    return folder / "scan"


def image(folder: Path, data: dict[str, object]) -> TaskImage:
    return TaskImage(data, KEYS, Given(supply=supply(folder)))


@pytest.mark.parametrize(
    "data",
    [
        {"image": "scan/1.dcm", "ReferencedFrameNumber": 2},
        {"image": "x", "SOPInstanceUID": "1.1", "ReferencedFrameNumber": 2},
    ],
)
def test_a_task_that_names_a_frame_has_the_facts_of_that_frame(tmp_path: Path, data: dict[str, object]) -> None:
    facts = image(write(tmp_path, frame(5), frame(7, "0.4\\0.4"), frame(9)), data).facts((4, 4))
    assert facts.place.position_mm == (1.0, 2.0, 7.0)
    assert facts.place.thickness_mm == 3.0
    assert facts.spacing is not None
    assert facts.spacing.source == "DICOM (0028,0030) of scan/1.dcm, frame 2"
    assert facts.spacing.row_mm == 0.4


def test_a_task_that_lists_as_many_images_as_there_are_frames_has_them_in_their_order(tmp_path: Path) -> None:
    folder = write(tmp_path, frame(5), frame(7), frame(9))
    listed = image(folder, {"image": ["scan/1.dcm"] * 3}).listed.values()
    assert [one.place.position_mm for one in listed] == [(1.0, 2.0, 5.0), (1.0, 2.0, 7.0), (1.0, 2.0, 9.0)]


@pytest.mark.parametrize("listed", ["scan/1.dcm", ["scan/1.dcm"] * 2])
def test_where_nothing_says_which_frame_only_what_holds_for_all_is_known(tmp_path: Path, listed: object) -> None:
    facts = image(write(tmp_path, frame(5), frame(7), frame(9)), {"image": listed}).images[0]
    assert facts.place.position_mm is None
    assert facts.place.orientation is not None
    assert facts.spacing is not None


def test_what_is_said_of_the_only_frame_is_said_of_the_image(tmp_path: Path) -> None:
    assert image(write(tmp_path, frame(5)), {"image": "1.dcm"}).facts((4, 4)).place.position_mm == (1.0, 2.0, 5.0)


def test_marks_on_images_are_not_gone_through_frame_by_frame(tmp_path: Path) -> None:
    assert supply(write(tmp_path, frame(5), frame(7), modality="SEG")).records[0].frames == ()


@pytest.mark.parametrize(
    ("frames", "count", "why"),
    [
        ([frame(5), frame(7)], 3, "it states 3 frames, and tells of 2. Export it again"),
        ([frame(5) + ORIENTATION * 60_000], 1, "its header holds more than 60,000 items, the most that are read"),
    ],
)
def test_frames_that_cannot_be_read_are_told_and_the_rest_is_used(
    tmp_path: Path, frames: Sequence[bytes], count: int, why: str
) -> None:
    given = supply(write(tmp_path, *frames, count=count))
    (note,) = given.notes
    assert f"1.dcm: where its frames lie is not known, since {why}" in note
    assert given.records[0].value("pixel_spacing") == "0.5\\0.5"


def test_a_frame_that_is_named_is_the_one_whose_pixels_are_read() -> None:
    assert [frame_in(3, Frame(2, 0)), frame_in(1, Frame(0, 0)), frame_in(3, Frame(1, 3))] == [2, 0, 1]
    with pytest.raises(NotMeasurable, match="it holds 3 frames, and the task is about frame 4"):
        frame_in(3, Frame(3, 0))


def test_the_frames_of_an_object_that_highdicom_made_lie_where_their_slices_did(tmp_path: Path) -> None:
    whole = highdicom.legacy.LegacyConvertedEnhancedCTImage(slices(3), "1.9", 1, "1.9.1", 1)
    whole.save_as(tmp_path / "enhanced.dcm")
    data: dict[str, object] = {"image": "enhanced.dcm", "SeriesInstanceUID": "1.9"}
    facts = [image(tmp_path, data | {"ReferencedFrameNumber": number}).facts((0, 0)) for number in (1, 2, 3)]
    assert sorted(one.place.position_mm or () for one in facts) == [(1.5, 2.0, 10.0 * z) for z in range(3)]
    assert {one.spacing and one.spacing.row_mm for one in facts} == {0.661468}


def slices(count: int) -> list[Dataset]:
    """A small CT of pydicom, at several places."""
    found: list[Dataset] = []
    for number in range(count):
        one = dcmread(str(get_testdata_file("CT_small.dcm")))
        one.SOPInstanceUID = one.file_meta.MediaStorageSOPInstanceUID = UID(f"1.9.{number + 1}")
        one.ImagePositionPatient, one.InstanceNumber = [1.5, 2.0, 10.0 * number], number + 1
        found.append(one)
    return found
