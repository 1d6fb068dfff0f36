"""Files in another encoding, and files that are no text, are told with the remedy and never read as something else."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.language.mistakes import SOUND

from guidelint.language.library import find
from guidelint.language.text.problem import GuidelineProblems, Problem
from guidelint.language.text.problem_text import report

if TYPE_CHECKING:
    from pathlib import Path

GERMAN = SOUND.replace("title: Thyroid\n", "title: Schilddrüse – rechts\n")


def packed(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "x")
    return file.getvalue()


def problem_of(data: bytes, folder: Path, name: str = "guideline.yaml") -> Problem:
    (folder / name).write_bytes(data)
    with pytest.raises(GuidelineProblems) as caught:
        find(str(folder / name))
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("data", [GERMAN.encode(), GERMAN.encode("utf-8-sig"), GERMAN.replace("\n", "\r\n").encode()])
def test_utf_8_is_read_with_and_without_a_mark_and_with_any_line_ends(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "guideline.yaml").write_bytes(data)
    assert find(str(tmp_path / "guideline.yaml")).classes["thyroid"].title == "Schilddrüse – rechts"


@pytest.mark.parametrize(("encoding", "cause"), [("latin-1", "Latin-1 or Windows-1252"), ("cp1252", "Windows-1252")])
def test_one_byte_to_a_letter_is_placed_at_the_first_letter_that_shows_it(
    encoding: str, cause: str, tmp_path: Path
) -> None:
    text = GERMAN.replace("–", "-") if encoding == "latin-1" else GERMAN
    problem = problem_of(text.encode(encoding), tmp_path)
    assert (problem.code, problem.line, problem.column) == ("not-utf-8", 11, 20)
    assert f"in {cause} it is `ü`" in problem.message
    assert "UTF-8" in problem.help


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_more_bytes_to_a_letter_are_named_with_and_without_a_mark(encoding: str, tmp_path: Path) -> None:
    problem = problem_of(GERMAN.encode(encoding), tmp_path)
    assert (problem.code, problem.line) == ("not-utf-8", 1)
    assert encoding[:6].upper() in problem.message
    assert "UTF-8" in problem.help


def test_the_line_is_shown_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "guideline.yaml").write_bytes(GERMAN.encode("cp1252"))
    with pytest.raises(GuidelineProblems) as caught:
        find(str(tmp_path / "guideline.yaml"))
    assert "11 |     title: Schilddrüse – rechts\n   |                    ^\n" in report(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("guideline.docx", packed("word/document.xml"), "a Word file"),
        ("guideline.xlsx", packed("xl/workbook.xml"), "an Excel file"),
        ("guideline.yaml", packed("guideline.yaml"), "packed"),
        ("guideline.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Word or Excel"),
        ("guideline.rtf", b"{\\rtf1\\ansi guidelint: 1}", "Rich Text"),
        ("guideline.pdf", b"%PDF-1.7\n", "a PDF"),
        ("guideline.yaml", gzip.compress(SOUND.encode(), mtime=0), "gzip"),
        ("image.dcm", bytes(128) + b"DICM", "DICOM"),
        ("image.png", b"\x89PNG\r\n\x1a\n", "PNG"),
    ],
)
def test_a_file_that_is_no_text_is_named_for_what_it_is(name: str, data: bytes, cause: str, tmp_path: Path) -> None:
    problem = problem_of(data, tmp_path, name)
    assert problem.code == "not-a-guideline"
    assert cause in problem.message
    assert "plain text" in problem.help
