"""Images that lie beside the marks on them, as they are handed in: they are no work, and nothing is wrong with them."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_HEAD_BYTES: Final = 4096
_GZIP: Final = b"\x1f\x8b"
_IMAGE: Final = "Image Storage"
"""Stands in the name of every class of images (PS3.6 A)."""
_OTHERS: Final = frozenset({"RT Dose Storage", "RT Plan Storage", "RT Ion Plan Storage"})
"""What planning systems write beside structures, and marks nothing either."""


def is_image(path: Path) -> bool:
    """Whether a file is a DICOM image, or a dose or a plan, by how it begins."""
    from guidelint.annotation.decoding.files.dicom_object import sop_class_name_in  # noqa: PLC0415 - of few folders

    name = sop_class_name_in(_head(path))
    return _IMAGE in name or name in _OTHERS


def _head(path: Path) -> bytes:
    """Read how a file begins; nothing of what cannot be read, which is told when it is to be judged."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        if not head.startswith(_GZIP):
            return head
        with gzip.open(path) as unpacked:
            return unpacked.read(_HEAD_BYTES)
    except (OSError, EOFError, zlib.error):
        return b""
