"""The header of a NIfTI file, read by nibabel, and within bounds before any voxel is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, prod
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from guidelint.annotation.decoding.files.format_error import FormatError

if TYPE_CHECKING:
    import numpy.typing as npt

SIZES = {348: 1, 540: 2}
"""Length of the header → version of NIfTI."""
_MAGIC = {1: (344, (b"n+1\0", b"ni1\0")), 2: (4, (b"n+2\0", b"ni2\0"))}
"""Version → where its mark stands, and what it is: in one file, or apart from the voxels."""
MOST_SLICES = 2_000
MOST_SLICE_BYTES = 23_500_000
"""Most of one slice: as many voxels of 8 bits as a picture may have pixels."""
MOST_REAL_VOXELS = 2**22
"""Most voxels of a slice of fractions, or of scaled numbers: each takes eight bytes and more."""
ALWAYS_READ_BYTES = 2**28
MOST_INFLATED = 250
"""So many times its packed size a larger volume may have."""
_FARTHEST_OFFSET = 2**26
_AXES = 3
_INSTEAD = "Save it as labels in whole numbers of 8 or 16 bits"


def version_of(head: bytes) -> int:
    """Tell the version of NIfTI that a file begins as; 0: it is none."""
    for order in ("little", "big"):
        version = SIZES.get(int.from_bytes(head[:4], order), 0)
        at, marks = _MAGIC.get(version, (0, ()))
        if head[at : at + 4] in marks:
            return version
    return 0


@dataclass(frozen=True, slots=True)
class Volume:
    """What a header says of the voxels."""

    nibabel: Any
    """The header as nibabel reads it."""
    columns: int
    """Along the first axis."""
    rows: int
    slices: int
    stored: np.dtype[Any]
    offset: int
    """First byte of the voxels."""
    slope: float
    intercept: float

    @property
    def slice_bytes(self) -> int:
        """Bytes of one slice."""
        return self.columns * self.rows * self.stored.itemsize

    @property
    def is_real(self) -> bool:
        """Whether its voxels may be other than whole numbers."""
        return self.stored.kind == "f" or (self.slope, self.intercept) != (1.0, 0.0)


def volume(raw: bytes, version: int, delivered_bytes: int | None) -> Volume:
    """Read a header of 348 or 540 bytes. Raises FormatError for what is no label volume, or too large."""
    from nibabel.nifti1 import Nifti1Header  # noqa: PLC0415 - an extra
    from nibabel.nifti2 import Nifti2Header  # noqa: PLC0415

    kind = cast("Any", Nifti1Header if version == 1 else Nifti2Header)
    header = kind(raw, check=False)
    if raw[_MAGIC[version][0] : _MAGIC[version][0] + 4] == _MAGIC[version][1][1]:
        raise FormatError("its voxels lie in a file beside it (.hdr, .img). Save it as one file, .nii or .nii.gz")
    columns, rows, slices = _shape(header)
    stored = _stored(header)
    slope, intercept = _scaling(header)
    found = Volume(header, columns, rows, slices, stored, _offset(header, version), slope, intercept)
    _refuse_too_large(found, delivered_bytes)
    return found


def _shape(header: Any) -> tuple[int, int, int]:
    dims = [int(one) for one in header["dim"]]
    sizes = dims[1 : dims[0] + 1] if 1 <= dims[0] < len(dims) else []
    if not sizes or min(sizes) < 1:
        raise FormatError(f"its header states no size of the volume: {dims}")
    if prod(sizes[_AXES:]) > 1:
        several = " × ".join(map(str, sizes))
        raise FormatError(f"it holds several volumes ({several} voxels). Save each label volume as a file of its own")
    columns, rows, slices = (*sizes[:_AXES], 1, 1)[:_AXES]
    return columns, rows, slices


def _stored(header: Any) -> np.dtype[Any]:
    code = int(header["datatype"])
    try:
        stored: np.dtype[Any] = np.dtype(header.get_data_dtype())
    except Exception as error:  # nibabel's own kinds of errors are not loaded here
        raise FormatError(f"its voxels are of a kind that nobody knows (datatype {code}). {_INSTEAD}") from error
    if stored.kind not in "iuf" or stored.itemsize > 8:  # noqa: PLR2004 - 64 bits
        raise FormatError(f"its voxels are no plain numbers (datatype {code}). {_INSTEAD}")
    return stored


def _scaling(header: Any) -> tuple[float, float]:
    """Tell by what stored numbers are multiplied, and what is added; a slope of 0, or none, means neither."""
    slope, intercept = float(header["scl_slope"]), float(header["scl_inter"])
    if not slope or not isfinite(slope):
        return 1.0, 0.0
    if not isfinite(intercept):
        raise FormatError(f"its numbers are scaled by {slope:g} and an intercept that is no number. {_INSTEAD}")
    return slope, intercept


def _offset(header: Any, version: int) -> int:
    told = float(header["vox_offset"])
    least = next(size for size, one in SIZES.items() if one == version) + 4
    if not isfinite(told) or not (told == 0 or least <= told <= _FARTHEST_OFFSET) or told != int(told):
        raise FormatError(f"its header says that the voxels begin at byte {told:g}, which cannot be. Export it again")
    return int(told) or least


def _refuse_too_large(found: Volume, delivered_bytes: int | None) -> None:
    size = f"{found.columns:,} × {found.rows:,} × {found.slices:,} voxels"
    most = max(ALWAYS_READ_BYTES, MOST_INFLATED * (delivered_bytes or 0))
    if found.slices > MOST_SLICES:
        raise FormatError(f"it claims {size}; more than {MOST_SLICES:,} slices are not read")
    if found.slice_bytes > MOST_SLICE_BYTES or (found.is_real and found.columns * found.rows > MOST_REAL_VOXELS):
        raise FormatError(f"it claims {size}, of which one slice is more than is read. {_INSTEAD}")
    if found.slice_bytes * found.slices > most:
        mib = most // 2**20
        told = f"it claims {size}, more than the {mib:,} MiB that are read of a file that is packed as small"
        raise FormatError(f"{told}. {_INSTEAD}, or without compression (.nii)")


def whole_numbers(raw: bytes, found: Volume) -> npt.NDArray[Any]:
    """Give the labels of one slice (rows, columns) as they stand. Raises ValueError where they are no whole numbers."""
    stored = np.frombuffer(raw, found.stored).reshape(found.rows, found.columns)
    if not found.is_real:
        return stored
    values = stored.astype(np.float64) * found.slope + found.intercept
    wrong = ~np.isfinite(values)
    if wrong.any():
        raise ValueError(f"{_voxels(int(wrong.sum()))} of it are no number (NaN, or without end)")
    labels = np.rint(values)
    np.abs(np.subtract(values, labels, out=values), out=values)
    if (off := int(np.count_nonzero(values > _ROUNDING))) or (np.abs(labels) > _LARGEST).any():
        example = float(stored.reshape(-1)[int(values.argmax())]) * found.slope + found.intercept
        told = f"{_voxels(off)} of it are no whole numbers, such as {example:.4g}: a map of probabilities is no mask"
        raise ValueError(told if off else "it holds numbers that are too large for labels")
    return labels.astype(np.int64)


_ROUNDING = 1e-4
"""So far from a whole number a label may lie that was scaled."""
_LARGEST = 2.0**53


def _voxels(count: int) -> str:
    return "1 voxel" if count == 1 else f"{count:,} voxels"
