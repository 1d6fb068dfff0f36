"""DICOM segmentations that highdicom wrote: all kinds of them hold what it was given."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import highdicom
import numpy as np
import pytest
from pydicom import dcmread
from pydicom.data import get_testdata_file
from pydicom.sr.codedict import codes
from pydicom.uid import UID
from tests.annotation.test_dicom_seg import readings
from tests.geometry.arrays import array_of

if TYPE_CHECKING:
    import numpy.typing as npt
    from pydicom.dataset import Dataset

pytestmark = [  # highdicom leaves its tables of frames open
    pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning"),
    pytest.mark.usefixtures("collected"),
]

RLE, EXPLICIT = "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.1"
SIDE = 128
SLICES = 3


def scan() -> list[Dataset]:
    """A small CT of pydicom, at several places."""
    found: list[Dataset] = []
    for number in range(1, SLICES + 1):
        one = dcmread(str(get_testdata_file("CT_small.dcm")))
        one.SOPInstanceUID = one.file_meta.MediaStorageSOPInstanceUID = UID(f"1.9.{number}")
        one.ImagePositionPatient, one.InstanceNumber = [0.0, 0.0, 5.0 * number], number
        found.append(one)
    return found


def marked() -> npt.NDArray[np.uint8]:
    """Two segments that do not overlap, as one value each; the middle slice shows only the first."""
    random = np.random.default_rng(7)
    values = np.zeros((SLICES, SIDE, SIDE), np.uint8)
    for slice_ in range(SLICES):
        top, left = random.integers(5, 40, 2)
        values[slice_, top : top + 20, left : left + 31] = 1
        if slice_ != 1:
            values[slice_, 80:101, 70 : 75 + slice_] = 2
    return values


def described(number: int, label: str) -> highdicom.seg.SegmentDescription:
    return highdicom.seg.SegmentDescription(
        segment_number=number,
        segment_label=label,
        segmented_property_category=codes.SCT.MorphologicallyAbnormalStructure,
        segmented_property_type=codes.SCT.Neoplasm,
        algorithm_type=highdicom.seg.SegmentAlgorithmTypeValues.MANUAL,
        tracking_uid=UID(f"9.{number}"),
        tracking_id=label,
    )


def written(kind: str, syntax: str, pixels: npt.NDArray[Any], **more: Any) -> bytes:
    whole = highdicom.seg.Segmentation(
        source_images=scan(),
        pixel_array=pixels,
        segmentation_type=kind,
        segment_descriptions=[described(1, "Lesion"), described(2, "Oedema")],
        series_instance_uid=UID("1.8"),
        series_number=1,
        sop_instance_uid=UID("1.8.1"),
        instance_number=1,
        manufacturer="Nobody",
        manufacturer_model_name="None",
        software_versions="1",
        device_serial_number="1",
        content_creator_name="Ng^Mei",
        transfer_syntax_uid=UID(syntax),
        **more,
    )
    buffer = io.BytesIO()
    whole.save_as(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("kind", "syntax", "more"),
    [
        ("BINARY", EXPLICIT, {}),
        ("BINARY", EXPLICIT, {"omit_empty_frames": False}),
        ("FRACTIONAL", EXPLICIT, {"max_fractional_value": 200}),
        ("FRACTIONAL", RLE, {}),
        ("LABELMAP", EXPLICIT, {}),
        ("LABELMAP", RLE, {}),
    ],
)
def test_every_pixel_of_every_segment_comes_out(kind: str, syntax: str, more: dict[str, Any]) -> None:
    values = marked()
    found = readings(written(kind, syntax, values, **more))
    assert sorted(found) == [f"1.9.{number}" for number in range(1, SLICES + 1)]
    for slice_, one in enumerate(found[name] for name in sorted(found)):
        regions = {region.object_name: region for region in one.regions}
        assert {*regions} == ({"9.1"} if slice_ == 1 else {"9.1", "9.2"})
        for number, name in enumerate(("9.1", "9.2"), start=1):
            if name in regions:
                assert np.array_equal(array_of(regions[name].mask), values[slice_] == number)
        assert (one.annotator, one.annotator_name, one.unreadable_items) == ("Ng^Mei", "Mei Ng", ())
        assert one.image.place.position_mm == (0.0, 0.0, 5.0 * (slice_ + 1))
        assert one.image.spacing is not None
        assert one.image.spacing.row_mm == pytest.approx(0.661468)


def test_segments_may_overlap() -> None:
    pixels = np.stack([marked() == 1, np.ones((SLICES, SIDE, SIDE), np.bool_)], axis=-1).astype(np.uint8)
    for name, one in readings(written("BINARY", EXPLICIT, pixels)).items():
        slice_ = int(name[-1]) - 1
        assert [region.class_name for region in one.regions] == ["lesion", "oedema"]
        assert np.array_equal(array_of(one.regions[0].mask), pixels[slice_, :, :, 0])
        assert one.regions[1].mask.area_px == SIDE * SIDE


def test_fractions_of_a_half_and_more_belong_to_the_segment() -> None:
    pixels = np.zeros((SLICES, SIDE, SIDE, 2))
    pixels[:, 4, :8, 0] = np.arange(8) / 8
    content = written("FRACTIONAL", EXPLICIT, pixels, max_fractional_value=240)
    for one in readings(content).values():
        assert [region.mask.area_px for region in one.regions] == [4]
