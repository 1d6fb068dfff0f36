"""Real DICOM segmentations of one brain against the volumes published with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pydicom
import pytest
from scipy import ndimage
from tests.geometry.arrays import array_of, mask_of
from tests.geometry.real import rows

from guidelint.geometry.measures.volume import longest_diameter_3d_mm, pieces_3d, surface_distances_3d, volume_mm3
from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.geometry.mask import Mask

pytestmark = pytest.mark.real_data
FOLDER = "annotations/PARJXF/Annotations/1-Pre-Operative"
NAMES = {
    "S2": "SEG_20220117_222710_539_S2.dcm",
    "S3": "SEG_20220117_223243_162_S3.dcm",
    "S4": "SEG_20220117_224134_592_S4.dcm",
    "S6": "SEG_20220117_225159_889_S6.dcm",
}


@dataclass(frozen=True, eq=False)
class Segmentation:
    """Frames of a DICOM SEG in stored order."""

    masks: list[Mask]
    segments: list[int]
    corners: npt.NDArray[np.float64]
    """Image Position (Patient), (n, 3) in mm: the centre of the first pixel."""
    axes: npt.NDArray[np.float64]
    """Image Orientation (Patient), (2, 3): along a row, down a column."""
    spacing: Spacing
    step_mm: float
    """Spacing Between Slices (0018,0088)."""

    @property
    def positions_mm(self) -> list[float]:
        """Places along the normal."""
        return [float(place) for place in self.corners @ np.cross(*self.axes)]

    @property
    def areas_mm2(self) -> list[float]:
        return [mask.area_px * self.spacing.pixel_mm2 for mask in self.masks]

    def of_segment(self, number: int) -> tuple[list[Mask], list[float]]:
        """Masks of one segment and their positions, along the normal."""
        chosen = sorted(
            (position, index) for index, position in enumerate(self.positions_mm) if self.segments[index] == number
        )
        return [self.masks[index] for _, index in chosen], [position for position, _ in chosen]


def _read(folder: Path, name: str) -> Segmentation:
    file = pydicom.dcmread(folder / "dicom_seg" / FOLDER / NAMES[name])
    shared, frames = file.SharedFunctionalGroupsSequence[0], file.PerFrameFunctionalGroupsSequence
    turned = (shared if "PlaneOrientationSequence" in shared else frames[0]).PlaneOrientationSequence[0]
    measures = shared.PixelMeasuresSequence[0]
    return Segmentation(
        masks=[mask_of(frame.astype(np.bool_)) for frame in file.pixel_array],
        segments=[int(frame.SegmentIdentificationSequence[0].ReferencedSegmentNumber) for frame in frames],
        corners=np.array([frame.PlanePositionSequence[0].ImagePositionPatient for frame in frames], np.float64),
        axes=np.array(turned.ImageOrientationPatient, np.float64).reshape(2, 3),
        spacing=Spacing(float(measures.PixelSpacing[0]), float(measures.PixelSpacing[1])),
        step_mm=float(measures.SpacingBetweenSlices),
    )


def _published(folder: Path, name: str) -> float:
    (row,) = (
        row for row in rows(folder / "dicom_seg/annotations_metadata.csv") if row["file"] == f"{FOLDER}/{NAMES[name]}"
    )
    return float(row["Volume"])


@pytest.mark.parametrize(("name", "voxels"), [("S2", 12053), ("S3", 12884)])
def test_a_lesion_has_its_published_volume(real_data: Path, name: str, voxels: int) -> None:
    lesion = _read(real_data, name)
    assert sum(mask.area_px for mask in lesion.masks) == voxels
    # positions are written to seven places of a millimetre
    volume = volume_mm3(lesion.areas_mm2, lesion.positions_mm, lesion.step_mm)
    assert volume == pytest.approx(_published(real_data, name), rel=1e-6)


def test_one_published_volume_is_that_of_three_segments_together(real_data: Path) -> None:
    """The row of S4 says Enhancing Lesion; that segment alone has 12,118 of the 12,586 voxels."""
    three = _read(real_data, "S4")
    volumes = []
    for number, voxels in ((1, 12118), (2, 310), (3, 158)):
        masks, positions = three.of_segment(number)
        areas = [mask.area_px * three.spacing.pixel_mm2 for mask in masks]
        assert sum(mask.area_px for mask in masks) == voxels
        volumes.append(volume_mm3(areas, positions, three.step_mm))
    assert sum(volumes) == pytest.approx(_published(real_data, "S4"), rel=1e-6)
    assert volumes[0] == pytest.approx(40272.54, abs=0.01)


def test_the_wrong_published_volume_lost_every_other_frame(real_data: Path) -> None:
    """S6 has six frames but three positions: the published figure counts the last frame of each position only."""
    six = _read(real_data, "S6")
    voxels = [mask.area_px for mask in six.masks]
    assert voxels == [446, 1047, 1399, 1281, 862, 423]
    places = np.round(six.positions_mm, 3)
    assert len(set(places)) == 3
    last = {place: count for place, count in zip(places, voxels, strict=True)}  # noqa: C416 - the last one wins
    slab_mm3 = six.spacing.pixel_mm2 * six.step_mm
    assert sum(last.values()) == 2751
    assert sum(last.values()) * slab_mm3 == pytest.approx(_published(real_data, "S6"), rel=1e-9)
    # what was drawn, six frames of one step each
    assert volume_mm3(six.areas_mm2, [six.step_mm * index for index in range(6)], six.step_mm) == pytest.approx(
        sum(voxels) * slab_mm3
    )
    assert sum(voxels) * slab_mm3 == pytest.approx(20154.46, abs=0.01)
    # the step that the file states is not the one between its positions either
    assert np.unique(np.diff(np.unique(six.positions_mm)).round(3))[-1] == 6.0
    assert six.step_mm == 5.0


def _inside(voxels_of: Segmentation, places: npt.NDArray[np.float64]) -> float:
    """Share of places (n, 3) that lie in a voxel of the first segment."""
    masks, positions = voxels_of.of_segment(1)
    from_first = places - voxels_of.corners[0]
    right, down = (from_first @ voxels_of.axes.T / (voxels_of.spacing.column_mm, voxels_of.spacing.row_mm)).T
    along = (places @ np.cross(*voxels_of.axes) - positions[0]) / (positions[1] - positions[0])
    voxels = np.array([array_of(mask) for mask in masks], np.float64)
    return float(ndimage.map_coordinates(voxels, [along, down, right], order=0, mode="constant").mean())


def _places(six: Segmentation, corners: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Centres (n, 3) of the pixels of frames whose first pixels stand at the corners."""
    found = []
    for mask, corner in zip(six.masks, corners, strict=True):
        down, right = np.argwhere(array_of(mask)).T
        found.append(
            corner
            + np.outer(right * six.spacing.column_mm, six.axes[0])
            + np.outer(down * six.spacing.row_mm, six.axes[1])
        )
    return np.concatenate(found)


@pytest.mark.parametrize("name", ["S2", "S3", "S4"])
def test_the_six_frames_are_six_slices_and_no_pairs(real_data: Path, name: str) -> None:
    """At its stored positions no pixel of S6 lies in the tumour outlined on three other series of the same space.

    Spread as six slices, one stated step apart and 27 mm lower (the best offset of those tried), four of five do.
    """
    six, tumour = _read(real_data, "S6"), _read(real_data, name)
    normal = np.cross(*six.axes)
    spread = six.corners[0] - np.outer(27.0 + six.step_mm * np.arange(6), normal)
    assert _inside(tumour, _places(six, six.corners)) == 0.0
    assert _inside(tumour, _places(six, spread)) > 0.8


def test_pieces_of_real_lesions_are_those_of_scipy(real_data: Path) -> None:
    for name in ("S2", "S3", "S4"):
        lesion = _read(real_data, name)
        for segment in set(lesion.segments):
            masks, _ = lesion.of_segment(segment)
            voxels = np.array([array_of(mask) for mask in masks])
            for connectivity, neighbours in ((6, 1), (26, 3)):
                structure = ndimage.generate_binary_structure(3, neighbours)
                labels, count = ndimage.label(voxels, structure)
                sizes = sorted(np.bincount(np.asarray(labels).ravel())[1:].tolist())
                pieces = pieces_3d(masks, 6 if connectivity == 6 else 26)
                assert sorted(sum(mask.area_px for mask in piece) for piece in pieces) == sizes
                assert len(sizes) == count


def test_one_tumour_on_three_series_has_about_one_size(real_data: Path) -> None:
    """Axial, coronal and sagittal: the longest diameters in space agree within a slice."""
    longest = []
    for name in ("S2", "S3", "S4"):
        tumour = _read(real_data, name)
        masks, positions = tumour.of_segment(1)
        longest.append(longest_diameter_3d_mm(masks, positions, tumour.spacing))
        assert surface_distances_3d(masks, masks, positions, tumour.spacing).hausdorff_mm == 0
    assert max(longest) - min(longest) < 4.5


def test_structure_sets_hold_seed_points_and_no_volume(real_data: Path) -> None:
    """Nothing to compare a volume with: ten structure sets, every contour a point or two points."""
    files = sorted((real_data / "dicom_seg/annotations").rglob("AIM_*.dcm"))
    assert len(files) == 10
    for path in files:
        file = pydicom.dcmread(path)
        assert not any("ROIVolume" in roi for roi in file.get("StructureSetROISequence", []))
        for roi in file.get("ROIContourSequence", []):
            assert all(int(contour.NumberOfContourPoints) <= 2 for contour in roi.get("ContourSequence", []))
