"""What a file is that is not a JSON export of tasks, and what to export instead."""

from __future__ import annotations

import re

INSTEAD = "In Label Studio choose Export, then the format JSON (not JSON-MIN), and check that file"


class ExportError(ValueError):
    """A file that is not a JSON export of tasks; the message says what it is and what to do."""


_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive", "Unpack it; if it holds a JSON export of tasks, check that file"),
    (b"\xff\xfe", "text in UTF-16", "Save it as UTF-8"),
    (b"\xfe\xff", "text in UTF-16", "Save it as UTF-8"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", "Unpack it, or compress it with gzip"),
    (b"BZh", "compressed with bzip2", "Unpack it, or compress it with gzip"),
    (b"<", "XML (Pascal VOC?)", INSTEAD),
)
_COCO = re.compile(rb'^\{\s*"(?:info|images|categories|licenses)"\s*:')
_TABLE = re.compile(rb"^[^\n{\[]*[,\t][^\n]*\n")


def refuse_file(head: bytes) -> None:
    """Refuse by its beginning a file that is no JSON export. Raises ExportError."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        raise ExportError("it is empty")
    for signature, name, remedy in _SIGNATURES:
        if text.startswith(signature):
            raise ExportError(f"it is {name}, not a JSON export. {remedy}")
    if _COCO.match(text):
        raise ExportError(f"it is a COCO file: it has no answers and no annotators. {INSTEAD}")
    if text[:1] not in {b"[", b"{"}:
        name = "a table (CSV or TSV)" if _TABLE.match(text) else "not JSON"
        raise ExportError(f"it is {name}, not a JSON export. {INSTEAD}")
