"""Where the slices of a NIfTI volume lie in the patient, as DICOM tells it, and which way they are shown.

NIfTI counts x, y and z to the right, to the front and to the head; DICOM to the left, to the back and to the head.
Images are shown as scanners store them: what is more to the left or, side on, more to the back lies right; what is more
to the back or, else, more to the feet lies below.

Source: NIfTI-1, nifti1.h, "3D image (volume) orientation and location in space"; DICOM PS3.3 C.7.6.2.1.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from guidelint.imaging.slice_place import AXES_OFF_BY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.decoding.formats.nifti.header import Volume
    from guidelint.imaging.keys import ImageKeys

Matrix = npt.NDArray[np.float64]
_TO_DICOM = np.diag([-1.0, -1.0, 1.0, 1.0])
_MM = {0: 1.0, 1: 1000.0, 2: 1.0, 3: 0.001}
"""Code of the unit of length → mm; programs that state none mean mm."""
_LENGTHS = 7
"""The bits that code the unit of lengths."""
_IN_SCANNER = 1
"""NIFTI_XFORM_SCANNER_ANAT."""
SAME_VOXELS = 0.1
"""By so much of a voxel two ways to tell a place may differ: quaternions round."""
SAME_SIZE = 0.005
"""By so much of itself two ways to tell the size of a voxel may differ."""


@dataclass(frozen=True, slots=True)
class Placing:
    """How the slices of a volume lie."""

    spacing_mm: tuple[float, float] | None
    """From row to row and from column to column, as shown; None: two places tell otherwise."""
    slice_step_mm: float | None
    affine: Matrix | None
    """Of shown columns, shown rows and slices → mm as DICOM counts them; None: not known."""
    turned: bool = False
    """Columns of the file are shown as rows."""
    flipped: tuple[bool, bool] = (False, False)
    """Shown rows, shown columns run the other way."""
    problems: tuple[tuple[str, str], ...] = ()
    """What is not known, and why."""

    def shown(self, stored: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Turn a slice (second axis, first axis) as it is shown (rows, columns)."""
        image = stored.T if self.turned else stored
        return image[:: -1 if self.flipped[0] else 1, :: -1 if self.flipped[1] else 1]

    def facts(self, number: int, keys: ImageKeys) -> dict[str, object]:
        """Facts of a slice, counted from 0."""
        found: dict[str, object] = {}
        if self.spacing_mm is not None:
            found[keys.pixel_spacing] = list(self.spacing_mm)
        if self.slice_step_mm is not None:
            found[keys.slice_spacing] = self.slice_step_mm
        if self.affine is not None:
            found[keys.orientation] = [*_direction(self.affine[:3, 0]), *_direction(self.affine[:3, 1])]
            found[keys.position] = (self.affine @ (0, 0, number, 1))[:3].tolist()
        return found


def placing(volume: Volume) -> Placing:
    """Tell where slices lie, from the header; what two parts of it tell otherwise is not known."""
    header = volume.nibabel
    unit = _MM.get(int(header["xyzt_units"]) & _LENGTHS, 0.0)
    if not unit:
        return Placing(None, None, None, problems=(("the unit of its lengths", "nobody knows the one that is stated"),))
    sizes = [float(one) * unit for one in header["pixdim"][1:4]]
    affine, problem = _affine(header, volume)
    if affine is None or not _is_place(affine):
        told = problem or ("its directions are none" if affine is not None else "")
        problems = (("the position of the volume", told),) if told else ()
        return _without_place(header, unit, sizes, problems)
    in_mm = affine.copy()
    in_mm[:3] *= unit
    return _in_patient(in_mm, sizes, volume)


def _without_place(header: Any, unit: float, sizes: list[float], problems: tuple[tuple[str, str], ...]) -> Placing:
    """Take the sizes of voxels as they are stated, unless one of two places that differ contradicts them."""
    places = (place for _, place in _told(header) if _is_place(place))
    lengths = (np.linalg.norm(place[:3, :3], axis=0) * unit for place in places)
    contradicted = next(filter(None, (_two_sizes(one, np.array(sizes)) for one in lengths)), "")
    if contradicted:
        return Placing(None, None, None, problems=(*problems, ("the size of its voxels", contradicted)))
    return Placing((sizes[1], sizes[0]), sizes[2], None, problems=problems)


def _is_place(affine: Matrix) -> bool:
    return bool(np.isfinite(affine).all()) and abs(float(np.linalg.det(affine[:3, :3]))) > 0


def _affine(header: Any, volume: Volume) -> tuple[Matrix | None, str]:
    """Give what the header says of places, in its own unit; or why that is not known."""
    told = dict(_told(header))
    if len(told) < 2:  # noqa: PLR2004 - two ways to tell
        return next(iter(told.values()), None), ""
    sform, qform = told["sform"], told["qform"]
    sides = (volume.columns, volume.rows, volume.slices)
    corners = np.array([(i, j, k, 1) for i in (0, sides[0]) for j in (0, sides[1]) for k in (0, sides[2])])
    apart = float(np.abs((sform - qform) @ corners.T)[:3].max())
    if apart <= SAME_VOXELS * float(np.linalg.norm(sform[:3, :3], axis=0).min()):
        return sform, ""
    if not np.isfinite(apart):
        return None, "its qform or its sform tells none. Write it anew"
    in_scanner = [name for name in told if int(header[f"{name}_code"]) == _IN_SCANNER]
    if len(in_scanner) == 1:
        return told[in_scanner[0]], ""
    return None, f"its sform and its qform tell two that are {apart:.2f} apart. Write one of them anew"


def _told(header: Any) -> Iterator[tuple[str, Matrix]]:
    """Give both ways to tell a place, as far as they are used; a quaternion may be none."""
    if int(header["sform_code"]) > 0:
        yield "sform", np.asarray(header.get_sform(), np.float64)
    if int(header["qform_code"]) > 0:
        try:
            yield "qform", np.asarray(header.get_qform(), np.float64)
        except Exception:  # noqa: BLE001 - nibabel has errors of its own for what is no quaternion
            yield "qform", np.full((4, 4), np.nan)


def _in_patient(affine: Matrix, sizes: list[float], volume: Volume) -> Placing:
    """Turn the slices as they are shown. ``affine``: of voxels → mm as NIfTI counts them."""
    from nibabel.orientations import io_orientation  # noqa: PLC0415 - an extra

    axes: Matrix = io_orientation(affine)  # type: ignore[no-untyped-call]  # nibabel does not say what it gives
    across, down = (0, 1) if axes[0, 0] < axes[1, 0] else (1, 0)
    flipped = axes[down, 1] > 0, axes[across, 1] > 0
    shown = _shown(_TO_DICOM @ affine, (across, down), flipped, (volume.columns, volume.rows))
    lengths = np.linalg.norm(shown[:3, :3], axis=0)
    along_row, down_column = shown[:3, 0] / lengths[0], shown[:3, 1] / lengths[1]
    step_mm = abs(float(np.cross(along_row, down_column) @ shown[:3, 2]))
    stated = np.array([sizes[across], sizes[down], sizes[2]])
    problem = _two_sizes(lengths, stated) or _sheared(float(along_row @ down_column))
    spacing = None if problem else (float(stated[1]), float(stated[0]))
    problems = (("the size of its voxels", problem),) if problem else ()
    return Placing(spacing, None if problem else step_mm, shown, across == 1, flipped, problems)


def _shown(affine: Matrix, axes: tuple[int, int], flipped: tuple[bool, bool], sides: tuple[int, int]) -> Matrix:
    """Count shown columns, shown rows and slices instead of the axes of the file."""
    found = affine[:, [*axes, 2, 3]]
    for place, axis, other_way in ((0, axes[0], flipped[1]), (1, axes[1], flipped[0])):
        if other_way:
            found[:, 3] += found[:, place] * (sides[axis] - 1)
            found[:, place] *= -1
    return found


def _two_sizes(lengths: Matrix, stated: Matrix) -> str:
    """Say where the steps between voxels are not as long as pixdim states; what pixdim states may be no length."""
    if not (stated > 0).all() or not (np.abs(lengths - stated) > SAME_SIZE * stated).any():
        return ""
    told, other = (" × ".join(f"{one:.4g}" for one in sizes) for sizes in (stated, lengths))
    return f"pixdim says {told} mm, and the places of its voxels {other} mm. Write the header anew"


def _sheared(cosine: float) -> str:
    return "its rows and columns are not at right angles" if abs(cosine) > AXES_OFF_BY else ""


def _direction(vector: Matrix) -> list[float]:
    found: list[float] = (vector / np.linalg.norm(vector)).tolist()
    return found
