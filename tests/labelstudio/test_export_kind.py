"""Files that are no JSON export of tasks are named for what they are, with the way on."""

from __future__ import annotations

import bz2
import io
import json
import lzma
import sqlite3
import tarfile
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from pydicom.data import get_testdata_file
from tests.labelstudio.payloads import FOLDER

from guidelint.labelstudio.exports.export import read_export
from guidelint.labelstudio.exports.kind import INSTEAD, ExportError

if TYPE_CHECKING:
    from pathlib import Path


def picture(kind: str) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("L", (40, 40)).save(out, kind)
    return out.getvalue()


def dicom() -> bytes:
    """A real image that comes with pydicom."""
    path = get_testdata_file("CT_small.dcm")
    assert isinstance(path, str)
    with open(path, "rb") as file:  # noqa: PTH123 - pydicom gives a name
        return file.read()


def zipped(*names: str) -> bytes:
    """An archive of files with these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 900)
    return out.getvalue()


def tarred() -> bytes:
    """An archive of one export."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("export.json"))
    return out.getvalue()


def array() -> bytes:
    """A saved array."""
    out = io.BytesIO()
    np.save(out, np.zeros(3))
    return out.getvalue()


def database() -> bytes:
    """A database with one table."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create table task (id integer)")
        return connection.serialize()


def nifti(big_endian: bool, version: int = 1) -> bytes:  # noqa: FBT001 - a case
    """The header of a NIfTI file."""
    size = {1: 348, 2: 540}[version]
    header = bytearray(size.to_bytes(4, "big" if big_endian else "little") + bytes(size))
    at = 344 if version == 1 else 4
    header[at : at + 4] = b"n+%d\0" % version
    return bytes(header)


COCO: dict[str, list[object]] = {"images": [], "annotations": [], "categories": []}
JPEG = "it is a JPEG picture, not a JSON export. Pictures hold no annotations. "


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(picture("JPEG"), JPEG + INSTEAD, id="JPEG"),
        pytest.param(picture("PNG"), "it is a PNG picture", id="PNG"),
        pytest.param(picture("TIFF"), "it is a TIFF picture", id="TIFF"),
        pytest.param(picture("GIF"), "it is a GIF picture", id="GIF"),
        pytest.param(picture("BMP"), "it is a BMP picture", id="BMP"),
        pytest.param(picture("WEBP"), "it is a WebP picture", id="WebP"),
        pytest.param(dicom(), "it is a DICOM file, not a JSON export. It holds pixels or masks", id="DICOM"),
        pytest.param(
            dicom()[132:],
            "it is a DICOM file without its beginning, not a JSON export. Write it",
            id="DICOM without preamble",
        ),
        pytest.param(b"II*\0" + dicom()[4:], "it is a DICOM file", id="DICOM that is a TIFF as well"),
        pytest.param(nifti(big_endian=False), "it is a NIfTI file", id="NIfTI"),
        pytest.param(nifti(big_endian=True), "it is a NIfTI file", id="NIfTI, most significant byte first"),
        pytest.param(nifti(big_endian=False, version=2), "it is a NIfTI file", id="NIfTI-2"),
        pytest.param(array(), "it is a NumPy array", id="array"),
        pytest.param(b"%PDF-1.7\n", "it is a PDF document", id="PDF"),
        pytest.param(zipped("[Content_Types].xml", "xl/workbook.xml"), "it is an Excel, Word or other", id="Excel"),
        pytest.param(zipped("[Content_Types].xml", "word/document.xml"), "it is an Excel, Word or other", id="Word"),
        pytest.param(zipped("result.json"), "it is a ZIP archive, not a JSON export. Unpack it", id="ZIP"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it is an Excel or Word file of before 2007", id="old Excel"),
        pytest.param(b"PAR1\x15\x04", "it is a Parquet file", id="Parquet"),
        pytest.param(database(), "it is an SQLite database", id="SQLite"),
        pytest.param(bz2.compress(b"[]"), "it is compressed with bzip2, not a JSON export. Unpack it", id="bzip2"),
        pytest.param(lzma.compress(b"[]"), "it is compressed with xz", id="xz"),
        pytest.param(tarred(), "it is a tar archive", id="tar"),
        pytest.param(b"version https://git-lfs.github.com/spec/v1\n", "it is a placeholder of Git LFS", id="Git LFS"),
        pytest.param(b"<!DOCTYPE html>\n<html><title>Login", "it is a web page (of the login", id="login page"),
        pytest.param(b"<?xml version='1.0'?>\n<annotations><version>1.1</version>", "it is a CVAT file", id="CVAT"),
        pytest.param(b"<annotation><folder/></annotation>", "it is a Pascal VOC file", id="VOC"),
        pytest.param(b"<View><Image name='image'/></View>", "it is a labeling config", id="config"),
        pytest.param(b"<?xml version='1.0'?><other/>", "it is XML", id="XML"),
        pytest.param(b"train: images\nnames:\n  0: cell\n", "it is YAML", id="YAML"),
        pytest.param(b"# mine\nguidelint: 1\nguideline: x\n", "it is a guideline, not a JSON export. It is", id="mine"),
        pytest.param(b"id,image,choice\n1,a.png,x\n", "it is a table (CSV or TSV)", id="CSV"),
        pytest.param(b"image\tid\n", "it is a table (CSV or TSV)", id="TSV"),
        pytest.param("\ufeffimage;id\n".encode("utf-16"), "it is a table (CSV or TSV)", id="table in UTF-16"),
        pytest.param(b"hello", "it is not JSON", id="something else"),
        pytest.param(b"  \n", "it is empty", id="blank"),
        pytest.param(b"", "it is empty", id="empty"),
        pytest.param((FOLDER / "export_json_min.json").read_bytes(), "it is a JSON-MIN export", id="JSON-MIN"),
        pytest.param(json.dumps({"info": {}, **COCO}).encode(), "it is a COCO file", id="COCO"),
        pytest.param(json.dumps({**COCO, "a": 1}, indent=1).encode(), "it is a COCO file", id="indented COCO"),
        pytest.param(b'{"x": "' + b"x" * 300_000, "the file ends before it does", id="one long object"),
        pytest.param(
            b'[{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 0.9}]',
            "it is a list of results of a model, as COCO has them, without images and categories. Export the whole",
            id="results of COCO",
        ),
        pytest.param(
            b'[{"id": 1, "image_id": 2, "category_id": 1, "bbox": [0, 0, 1, 1]}]',
            "it is a part of a COCO file, its annotations",
            id="annotations of COCO",
        ),
        pytest.param(
            b'[{"id": 1, "file_name": "a.png", "width": 1, "height": 1}]',
            "it is a part of a COCO file, its images",
            id="images of COCO",
        ),
        pytest.param(
            b'[{"id": 1, "name": "a", "supercategory": ""}]',
            "it is a part of a COCO file, its categories",
            id="categories of COCO",
        ),
        pytest.param(b'{"action": "ANNOTATION_CREATED", "project": {}}', "it is a webhook's message", id="webhook"),
        pytest.param(b'[{"id": 1, "result": []}]', "it is a list of annotations without their tasks", id="annotations"),
        pytest.param(b'[{"id": 1, "completions": []}]', "it is an export of Label Studio before 1.0", id="old"),
        pytest.param(b'{"detail": "Invalid token.", "status_code": 401}', "it is an error that Label", id="error"),
        pytest.param(b'{"guideline": {}, "plan_digest": ""}', "it is a report of guidelint", id="report"),
        pytest.param(
            b'{"zeta": 1, "alpha": {"beta": 2}}',
            "it is JSON with the keys `zeta`, `alpha`, but no `data`. In",
            id="unknown",
        ),
    ],
)
def test_a_file_of_another_kind_is_named_with_what_to_do(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    if said.startswith("the file"):
        assert [piece.problem.split(":")[0] for piece in read_export(path)] == [said]
        return
    with pytest.raises(ExportError) as refusal:
        list(read_export(path))
    assert str(refusal.value).startswith(said)


def test_a_large_coco_file_is_named_by_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b'{"images": [' + b",".join([b'{"name": "\\"}{", "id": 1}'] * 90_000) + b"]}")
    with pytest.raises(ExportError, match="it is a COCO file"):
        list(read_export(path, max_task_bytes=2**20))


def test_many_records_of_another_kind_are_one_refusal(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"[" + b",".join([b'{"id": 1, "result": []}'] * 5000) + b"]")
    with pytest.raises(ExportError, match="it is a list of annotations without their tasks"):
        list(read_export(path))


def test_a_task_is_never_taken_for_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b'{"id": 1, "images": [], "detail": "", "data": {"images": []}, "annotations": []}')
    assert [piece.problem for piece in read_export(path)] == [""]
