"""Grey values of one frame of a DICOM file, in the unit that its header gives them."""

from __future__ import annotations

import zlib
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.files.dicom_header import (
    DEFLATED,
    FRAME_GROUPS,
    MOST_HEADER_BYTES,
    PREFIX,
    SHARED_GROUPS,
    TRANSFER_SYNTAX,
    is_after_meta,
    read_header,
)
from guidelint.imaging.pixels.bounds import MOST_PIXELS, refuse_too_large, within_bounds
from guidelint.imaging.pixels.frame import Frame, frame_in
from guidelint.imaging.pixels.grey import Grey
from guidelint.imaging.pixels.held import PIXELS, go_to_pixels, refuse_more
from guidelint.imaging.pixels.jpeg_end import refuse_early_end
from guidelint.imaging.pixels.rescaling import rescaling, storable

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    import numpy.typing as npt
    from pydicom.dataset import Dataset
    from pydicom.uid import UID

NO_IMAGES: Final = MappingProxyType(
    {
        "1.2.840.10008.5.1.4.1.1.66.4": "a segmentation",
        "1.2.840.10008.5.1.4.1.1.66.7": "a segmentation",
        "1.2.840.10008.5.1.4.1.1.66.8": "a height map",
        "1.2.840.10008.5.1.4.1.1.30": "a parametric map",
        "1.2.840.10008.5.1.4.1.1.481.2": "a dose",
        "SEG": "a segmentation",
        "RTDOSE": "a dose",
        "OPTHSEG": "a segmentation",
    }
)
"""What has pixels and is no image, by SOP Class UID (0008,0016) or Modality (0008,0060)."""
_JPEG: Final = frozenset({"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51"})
"""JPEG of 8 or 12 bits, with losses."""
_WANTED: Final = (
    0x00080008,  # Image Type
    0x00080016,  # SOP Class UID
    0x00080060,  # Modality
    0x00280002,  # Samples per Pixel
    0x00280004,  # Photometric Interpretation
    0x00280008,  # Number of Frames
    0x00280010,  # Rows
    0x00280011,  # Columns
    0x00280100,  # Bits Allocated
    0x00280101,  # Bits Stored
    0x00280103,  # Pixel Representation
    0x00280120,  # Pixel Padding Value
    0x00280121,  # Pixel Padding Range Limit
    0x00281052,  # Rescale Intercept
    0x00281053,  # Rescale Slope
    0x00281054,  # Rescale Type
    0x00283000,  # Modality LUT Sequence
    SHARED_GROUPS,
    FRAME_GROUPS,
)


def read_dicom(path: Path, source: str, frame: Frame | None) -> Grey:
    """Read one frame: rescaled, and turned over where low values are white. Raises NotMeasurable, HeaderError.

    ``frame``: which of the images of a task it is; None: the only one.
    """
    with within_bounds():
        header = read_header(path, _WANTED, PIXELS)
        refuse_too_large(int(header.get("Rows") or 0), int(header.get("Columns") or 0))
        _refuse_what_is_no_grey(header)
        number = frame_in(int(header.get("NumberOfFrames") or 1), frame)
        stored = _decoded(path, header, number)
        slope, intercept, unit = rescaling(header, number)
        if header.get("PhotometricInterpretation") == "MONOCHROME1":
            least, most = storable(header)
            slope, intercept = -slope, (least + most) * slope + intercept
        return Grey(stored, source, slope, intercept, unit, str(header.get("Modality") or ""), _padding(header))


def _refuse_what_is_no_grey(header: Dataset) -> None:
    for value in (header.get("SOPClassUID"), header.get("Modality")):
        if what := NO_IMAGES.get(str(value)):
            raise NotMeasurable(f"it is {what}, no image. Name the file of the image so, and not this one")
    shown = str(header.get("PhotometricInterpretation", ""))
    if int(header.get("SamplesPerPixel") or 1) > 1 or not shown.startswith("MONOCHROME"):
        raise NotMeasurable(f"its pixels are no grey values, but {shown or 'what its header does not say'}")
    if header.get("ModalityLUTSequence"):
        raise NotMeasurable("its values are meant by way of a table of its own (0028,3000), which is not read")


def _decoded(path: Path, header: Dataset, frame: int) -> npt.NDArray[Any]:
    from pydicom.pixels.utils import pixel_array  # noqa: PLC0415 - for those who read pixels
    from pydicom.uid import UID  # noqa: PLC0415

    syntax = UID(str(header[TRANSFER_SYNTAX].value)) if TRANSFER_SYNTAX in header else UID("")
    try:
        with BytesIO(_inflated(path)) if syntax == DEFLATED else path.open("rb") as file:
            refuse_more(file, header)
            pixels = pixel_array(file, index=frame, raw=True)
            if syntax in _JPEG:
                _refuse_early_end(file, header, syntax, frame)
            return pixels
    except (NotImplementedError, RuntimeError) as error:
        if not syntax.is_compressed:
            raise
        raise NotMeasurable(_why_packed(syntax)) from error


def _refuse_early_end(file: BinaryIO, header: Dataset, syntax: UID, frame: int) -> None:
    from PIL import Image  # noqa: PLC0415 - for those who read pixels
    from pydicom.encaps import get_frame  # noqa: PLC0415

    go_to_pixels(file, syntax)
    content = get_frame(file, frame, number_of_frames=int(header.get("NumberOfFrames") or 1))
    with Image.open(BytesIO(content), formats=("JPEG",)) as picture:
        refuse_early_end(BytesIO(content), picture)


def _why_packed(syntax: UID) -> str:
    """Say why compressed pixels were not to be had: nothing here reads them, or these are none."""
    from pydicom.pixels.decoders.base import get_decoder  # noqa: PLC0415 - for those who read pixels

    try:
        is_read = get_decoder(syntax).is_available
    except NotImplementedError:
        is_read = False
    if not is_read:
        return f"it is compressed as {syntax.name}, which cannot be read here. Convert it to an uncompressed form"
    damaged = f"its pixels, compressed as {syntax.name}, are damaged or of a kind that is not read"
    return f"{damaged}. Export it again, or convert it to an uncompressed form"


def _inflated(path: Path) -> bytes:
    """Give the file as it would be without its compression; a megabyte can hold a gigabyte, so no more than is read."""
    from pydicom.filereader import read_dataset  # noqa: PLC0415

    most = 4 * MOST_PIXELS // 2 + MOST_HEADER_BYTES
    with path.open("rb") as file:
        file.seek(PREFIX.stop)
        read_dataset(file, False, True, stop_when=is_after_meta)
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        body = inflate.decompress(file.read(most), most)
    if not inflate.eof and len(body) >= most:
        raise NotMeasurable(f"it inflates to more than the {most // 2**20} MiB that are read")
    syntax = b"1.2.840.10008.1.2.1\0"
    return bytes(128) + b"DICM" + b"\2\0\x10\0UI" + len(syntax).to_bytes(2, "little") + syntax + body


def _padding(header: Dataset) -> tuple[float, float] | None:
    value = header.get("PixelPaddingValue")
    if value is None:
        return None
    limit = header.get("PixelPaddingRangeLimit")
    ends = sorted((float(value), float(value if limit is None else limit)))
    return ends[0], ends[1]
