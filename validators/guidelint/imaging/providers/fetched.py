"""A file that was fetched, read by what it holds and not by what it is called."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Final

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.pixels.not_now import NotNow
from guidelint.imaging.providers.file import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import IO

    from guidelint.imaging.pixels.frame import Frame
    from guidelint.imaging.pixels.grey import Grey

_DICOM: Final = slice(128, 132)
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_HEAD_BYTES: Final = 512


def read_fetched(pieces: Iterable[bytes], source: str, frame: Frame | None) -> Grey:
    """Read an image out of its bytes; it lies in a file that nobody else may read, and only meanwhile.

    Raises NotMeasurable, and whatever ``pieces`` raises.
    """
    with NamedTemporaryFile(prefix="guidelint-", suffix=".image") as file:
        _keep(pieces, file.file, source)
        file.file.seek(0)
        is_dicom = _is_dicom(file.file.read(_HEAD_BYTES), source)
        return read_file(Path(file.name), source, frame, is_dicom=is_dicom)


def _keep(pieces: Iterable[bytes], file: IO[bytes], source: str) -> None:
    for piece in pieces:
        try:
            file.write(piece)
            file.flush()
        except OSError as error:
            why = (error.strerror or "no room").lower()
            raise NotNow(f"{source} cannot be kept while it is read: {why}. Make room for temporary files") from error


def _is_dicom(head: bytes, source: str) -> bool:
    """Tell by how it begins what it is. Raises NotMeasurable."""
    if head[_DICOM] == b"DICM":
        return True
    if head.startswith(_PICTURES):
        return False
    page = head.lstrip()[:1] in {b"<", b"{"}
    what = "a page, perhaps one to log in" if page else "no DICOM file, PNG, JPEG or TIFF"
    raise NotMeasurable(f"{source} gives {what}. Look whether the image is there")
