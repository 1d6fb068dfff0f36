"""What a file is that is not a JSON export of tasks, told from its beginning, and the way on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.format_error import FormatError
from guidelint.annotation.decoding.files.json_keys import top_level_keys
from guidelint.annotation.decoding.formats.coco.decoder import DECODER as COCO

if TYPE_CHECKING:
    from collections.abc import Sequence

INSTEAD = "In Label Studio choose Export, then the format JSON (not JSON-MIN), and check that file"


class ExportError(FormatError):
    """A file that is not a JSON export of tasks; the message says what it is and what to do."""


@dataclass(frozen=True, slots=True)
class _Signature:
    """Bytes at a place that tell a format."""

    mark: bytes
    name: str
    remedy: str = INSTEAD
    at: int = 0

    def fits(self, head: bytes) -> bool:
        return head.startswith(self.mark, self.at)


_UNPACK = "Unpack it, or compress it with gzip"
_PICTURE = f"Pictures hold no annotations. {INSTEAD}"
_PIXELS = f"It holds pixels or masks, not who drew what. {INSTEAD}"
_OBJECT = (
    "It holds pixels or masks, and does not say that it is a segmentation (SEG) or a structure set (RTSTRUCT), which "
    "are read. Images are given with --facts and --images"
)
_MARKLESS = "Write it as DICOM files are (PS3.10), with 128 bytes and the mark DICM before it, as dcmconv of DCMTK does"
_OFFICE = f"An office program keeps no JSON. {INSTEAD}"
_TABLE = f"A table keeps no regions. {INSTEAD}"

_SIGNATURES = (
    _Signature(b"DICM", "a DICOM file", _OBJECT, at=128),
    *(
        _Signature(mark, "a DICOM file without its beginning", _MARKLESS)
        for mark in (b"\x02\0\0\0UL", b"\x08\0\0\0", b"\x08\0\x05\0")
    ),
    _Signature(b"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    _Signature(b"\x89PNG", "a PNG picture", _PICTURE),
    _Signature(b"GIF8", "a GIF picture", _PICTURE),
    _Signature(b"BM", "a BMP picture", _PICTURE),
    _Signature(b"WEBP", "a WebP picture", _PICTURE, at=8),
    _Signature(b"\0\0\0\x0cjP  ", "a JPEG 2000 picture", _PICTURE),
    *(_Signature(mark, "a TIFF picture", _PICTURE) for mark in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
    *(_Signature(mark, "a NIfTI file", _PIXELS, at=344) for mark in (b"n+1\0", b"ni1\0")),
    *(_Signature(mark, "a NIfTI file", _PIXELS, at=4) for mark in (b"n+2\0", b"ni2\0")),
    _Signature(b"NRRD000", "an NRRD file", _PIXELS),
    _Signature(b"\x93NUMPY", "a NumPy array", _PIXELS),
    _Signature(b"\x89HDF\r\n\x1a\n", "an HDF5 file", _PIXELS),
    _Signature(b"%PDF", "a PDF document"),
    _Signature(b"{\\rtf", "an RTF document"),
    _Signature(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel or Word file of before 2007", _OFFICE),
    _Signature(b"PAR1", "a Parquet file", _TABLE),
    _Signature(b"ARROW1", "an Arrow file", _TABLE),
    _Signature(b"Obj\x01", "an Avro file", _TABLE),
    _Signature(b"SQLite format 3\0", "an SQLite database", f"It may be Label Studio's own. {INSTEAD}"),
    _Signature(b"\x28\xb5\x2f\xfd", "compressed with zstd", _UNPACK),
    _Signature(b"\x1f\x8b", "compressed with gzip twice", "Unpack it once"),
    _Signature(b"BZh", "compressed with bzip2", _UNPACK),
    _Signature(b"\xfd7zXZ\0", "compressed with xz", _UNPACK),
    _Signature(b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    _Signature(b"Rar!", "a RAR archive", _UNPACK),
    _Signature(b"ustar", "a tar archive", "Unpack it, and check the JSON exports in it", at=257),
    _Signature(b"version https://git-lfs", "a placeholder of Git LFS", "Run `git lfs pull`, then check the file again"),
)
_ZIP = b"PK\x03\x04"
_IN_ZIP = (
    (
        rb"xl/|word/|ppt/|docProps/|\[Content_Types\]\.xml|mimetypeapplication/vnd",
        "an Excel, Word or other office file",
        _OFFICE,
    ),
    (rb"[^/]+\.npy", "a NumPy archive", _PIXELS),
)
_MARKUP = (
    (
        rb"(?i)<!doctype html|<html",
        "a web page (of the login, in place of the export?)",
        "Log in, and export again",
    ),
    (rb"<annotations[\s>]", "a CVAT file", INSTEAD),
    (rb"<annotation[\s>]", "a Pascal VOC file", INSTEAD),
    (rb"<View", "a labeling config, not an export", INSTEAD),
    (rb"<svg", "an SVG picture", _PICTURE),
    (rb"", "XML", INSTEAD),
)
_DECLARATION = re.compile(rb"<\?xml[^>]*\?>\s*|<!--.*?-->\s*", re.DOTALL)
_GUIDELINE = re.compile(rb"(?m)^guidelint:\s")
_YAML = re.compile(rb"(?:%YAML|---\s|(?:#[^\n]*\n\s*)*[\w\"' -]+:(?:\s|$)|- \w)")
_COLUMNS = re.compile(rb"^[^\n{\[]*[,;\t][^\n]*\n")

_TELLING_BYTES = 4096
"""So much of a text is compared with patterns: one that goes back and forth takes the square of it."""

_COCO = "a COCO file: it has no answers and no annotators"
_COCO_BEGINS = frozenset({"info", "licenses", "images", "categories"})
_OBJECTS = (
    ({"images", "categories"}, _COCO),
    ({"images", "annotations"}, _COCO),
    ({"shapes", "imagePath"}, "a file of LabelMe: it has no answers and no annotators"),
    ({"_via_img_metadata"}, "a project of VGG Image Annotator"),
    ({"type", "features"}, "GeoJSON: it has no answers and no annotators"),
    ({"asset", "regions"}, "a file of VoTT: it has no answers and no annotators"),
    ({"cells", "nbformat"}, "a Jupyter notebook"),
    ({"guideline", "checks"}, "a compiled plan, not an export"),
    ({"guideline", "plan_digest"}, "a report of guidelint, not an export"),
    ({"$schema", "runs"}, "a SARIF report, not an export"),
    ({"detail"}, "an error that Label Studio answered, saved in place of the export"),
)
"""Keys of a JSON object that together tell what it is."""


def refuse_file(head: bytes) -> None:
    """Refuse by its beginning a file that is no JSON export. Raises ExportError."""
    text = head.lstrip(b" \t\r\n")
    if not text:
        raise ExportError("it is empty. Export it again, and look whether the disk is full")
    if text[:1] in {b"[", b"{"}:
        _refuse_object(text)
        return
    name, remedy = _binary(head[:_TELLING_BYTES]) or _text(text[:_TELLING_BYTES])
    raise ExportError(f"it is {name}, not a JSON export. {remedy}")


def binary_kind(head: bytes) -> str:
    """Say what a file is that is no text; empty: it may be text."""
    found = _binary(head[:_TELLING_BYTES])
    return found[0] if found else "no text" * (b"\0" in head)


def _refuse_object(text: bytes) -> None:
    """Large files of other tools are often one object, which no limit lets in."""
    name = named_by(top_level_keys(text)) if text.startswith(b"{") else ""
    name = name or _COCO * COCO.fits(text)
    if name:
        raise ExportError(f"it is {name}. {INSTEAD}")


def named_by(keys: Sequence[str]) -> str:
    """Say what a JSON object with these keys is; empty: unknown, or a task."""
    known = set(keys)
    if {"data", "annotations"} <= known:
        return ""
    if keys and keys[0] in _COCO_BEGINS:
        return _COCO
    return next((name for signs, name in _OBJECTS if signs <= known), "")


def _binary(head: bytes) -> tuple[str, str] | None:
    if head.startswith(_ZIP):
        inside = ((name, remedy) for names, name, remedy in _IN_ZIP if re.search(names, head))
        return next(inside, ("a ZIP archive", "Unpack it; if it holds a JSON export of tasks, check that file"))
    return next(((found.name, found.remedy) for found in _SIGNATURES if found.fits(head)), None)


def _text(text: bytes) -> tuple[str, str]:
    if text.startswith(b"<"):
        inner = _DECLARATION.sub(b"", text)
        return next((name, remedy) for mark, name, remedy in _MARKUP if re.match(mark, inner))
    if _GUIDELINE.search(text):
        return "a guideline", "It is given first, the exports after it: guidelint check GUIDELINE FILE"
    if _COLUMNS.match(text):
        return "a table (CSV or TSV)", INSTEAD
    if b"\0" not in text and _YAML.match(text):
        return "YAML", INSTEAD
    return "not JSON", INSTEAD
