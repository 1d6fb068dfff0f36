"""A file that was fetched, read by what it holds and not by what it is called."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.files.dicom_header import PREFIX
from guidelint.imaging.pixels.not_now import NotNow
from guidelint.imaging.pixels.png_rows import SIGNATURE
from guidelint.imaging.providers.file import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.imaging.pixels.frame import Frame
    from guidelint.imaging.pixels.grey import Grey

_PICTURES: Final = (SIGNATURE, b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_HEAD_BYTES: Final = 512


def read_fetched(pieces: Iterable[bytes], source: str, frame: Frame | None) -> Grey:
    """Read an image out of its bytes; it lies in a folder that nobody else may open, and only meanwhile.

    Raises NotMeasurable, and whatever ``pieces`` raises.
    """
    try:
        with TemporaryDirectory(prefix="guidelint-image-") as folder:
            path = Path(folder) / "image"
            head = _kept(pieces, path)
            return read_file(path, source, frame, is_dicom=_is_dicom(head, source))
    except OSError as error:
        why = (error.strerror or "no room").lower()
        raise NotNow(f"{source} cannot be kept while it is read: {why}. Make room for temporary files") from error


def _kept(pieces: Iterable[bytes], path: Path) -> bytes:
    """Write a file, and give how it begins."""
    head = b""
    with path.open("wb") as file:
        for piece in pieces:
            head = head if len(head) >= _HEAD_BYTES else head + piece[:_HEAD_BYTES]
            file.write(piece)
    return head


def _is_dicom(head: bytes, source: str) -> bool:
    """Tell by how it begins what it is. Raises NotMeasurable."""
    if head[PREFIX] == b"DICM":
        return True
    if head.startswith(_PICTURES):
        return False
    page = head.lstrip()[:1] in {b"<", b"{"}
    what = "a page, perhaps one to log in" if page else "no DICOM file, PNG, JPEG or TIFF"
    raise NotMeasurable(f"{source} gives {what}. Look whether the image is there")
