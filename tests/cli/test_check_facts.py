"""``check --facts``: what the tasks lack is taken from a table or from headers, and what was of no use is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import Json, region, run, task
from tests.imaging.dicom_file import write_dicom

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

GUIDELINE = """\
guidelint: 1
guideline: chest
version: 1.0.0
title: Chest
summary: Lesions.
empty_reading: {means: There is no lesion.}
instructions: Outline every lesion.
images: {modality: [DX]}
classes:
  lesion: {title: Lesion, definition: A lesion., draw: [polygon], rules: {area-limits: {min_mm2: 50}}}
"""


def check(folder: Path, facts: Path, *tasks: Json, more: tuple[str, ...] = ("-f", "json")) -> Result:
    (folder / "chest.yaml").write_text(GUIDELINE, encoding="utf-8")
    (folder / "export.json").write_text(json.dumps(tasks), encoding="utf-8")
    paths = str(folder / "chest.yaml"), str(folder / "export.json")
    return run("check", *paths, "--facts", str(facts), "--ignore", "attribute-in-range", *more)


def of_image(number: int, image: str, **data: object) -> Json:
    outline = [item for item in region() if item["type"] == "polygonlabels"]
    return {**task(number, outline), "data": {"image": image, **data}}


def table(folder: Path, text: str) -> Path:
    path = folder / "images.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_makes_work_judged_that_no_task_says_enough_of(tmp_path: Path) -> None:
    facts = table(tmp_path, "image,Modality,PixelSpacing\na.png,DX,1 1\nb.png,DX,0.5\\0.5\nc.png,CR,1 1\n")
    tasks = [of_image(number, f"s3://x/{name}.png") for number, name in enumerate("abcd", start=1)]
    document = json.loads(check(tmp_path, facts, *tasks).stdout)
    decisions = [record["decision"] for record in document["records"]]
    assert decisions == ["accepted", "returned", "returned", "unverified"]
    small, other = (record["findings"][0] for record in document["records"][1:3])
    assert small["evidence"]["pixel_spacing"] == "PixelSpacing 0.5 × 0.5 mm, PixelSpacing of images.csv, line 3"
    assert "was made by CR (Modality of images.csv, line 4)" in other["message"]
    told = document["statistics"]["facts"]
    assert (told["from"], told["images"], told["found"]) == ("images.csv", 4, 3)
    assert told["without"] == {"total": 1, "first": ["task 4"]}
    assert told["rows"] == {"total": 3, "unused": {"total": 0, "first": []}}


def test_headers_of_a_folder_make_work_judged_by_uid_or_by_name(tmp_path: Path) -> None:
    scan = tmp_path / "scan"
    for number in "12":
        write_dicom(scan / f"{number}.dcm", SOPInstanceUID=f"1.{number}", Modality="DX", PixelSpacing=[1, 1])
    tasks = of_image(1, "1.png"), of_image(2, "shown.png", SOPInstanceUID="1.2"), of_image(3, "1.png", Modality="CR")
    result = check(tmp_path, scan, *tasks, more=())
    assert "Annotations   2 accepted · 1 unverified" in result.stdout
    why = "Modality in the task data is CR, DICOM (0008,0060) of scan/1.dcm is DX"
    assert why in " ".join(result.stdout.split())
    assert "Facts         scan tells of 3 of 3 images" in result.stdout


def test_what_no_image_was_found_for_is_told_once_in_the_totals(tmp_path: Path) -> None:
    facts = table(tmp_path, "file_name;Modality\na.png;DX\nz.png;DX\n")
    out = check(tmp_path, facts, of_image(1, "a.png"), of_image(2, "b.png"), of_image(3, "c.png"), more=()).stdout
    assert "Facts         images.csv tells of 1 of 3 images\n" in out
    assert "              2 that it tells nothing of: task 2, task 3\n" in out
    assert "              1 of its 2 rows are about no image here: images.csv, line 3\n" in out
    assert "the task data has no Modality, and images.csv tells nothing of this image" in " ".join(out.split())


def test_a_row_that_fits_two_images_keeps_the_run_from_ending_well(tmp_path: Path) -> None:
    facts = table(tmp_path, "image,Modality,PixelSpacing\n1.png,DX,1 1\n")
    result = check(tmp_path, facts, of_image(1, "s3://x/p1/1.png"), of_image(2, "s3://x/p2/1.png"), more=())
    out = " ".join(result.stdout.split())
    assert "1 accepted · 1 unverified" in out
    assert "images.csv, line 2 may be about this image or about s3://x/p1/1.png, as its path fits both" in out
    said = "1 of the rows of images.csv may be about several images: images.csv, line 2 (s3://x/p1/1.png and s3://x/p2/1.png)"
    assert said in out
    assert "Write more of the path into the table, and check again" in out
    assert check(tmp_path, facts, of_image(1, "s3://x/p1/1.png"), of_image(2, "s3://x/p1/1.png")).exit_code == 0
    assert result.exit_code == 1


def test_each_image_of_a_task_is_found_by_itself(tmp_path: Path) -> None:
    facts = table(tmp_path, "image,Modality\na.png,DX\nb.png,CR\n")
    both = {**of_image(1, ""), "data": {"image": ["a.png", "b.png"], "PixelSpacing": [1, 1]}}
    document = json.loads(check(tmp_path, facts, both).stdout)
    messages = [finding["message"] for record in document["records"] for finding in record["findings"]]
    assert [message for message in messages if "was made by" in message] == [
        "the image was made by CR (Modality of images.csv, line 3); the guideline is about images made by DX"
    ]
    assert document["statistics"]["facts"]["found"] == 2


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(b"sep=;\r\nimage;Modality;PixelSpacing\r\na.png;DX;1 1\r\n", id="a line that names the separator"),
        pytest.param("image\tModality\tPixelSpacing\r\na.png\tDX\t1 1\r\n".encode("utf-16"), id="Unicode text"),
    ],
)
def test_tables_as_spreadsheets_write_them_are_read(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "images.csv").write_bytes(written)
    assert check(tmp_path, tmp_path / "images.csv", of_image(1, "a.png")).exit_code == 0


def test_a_decimal_comma_is_told_with_its_remedy(tmp_path: Path) -> None:
    facts = table(tmp_path, "image;PixelSpacing\na.png;0,5 0,5\n")
    said = check(tmp_path, facts, of_image(1, "a.png", Modality="DX")).stderr
    assert "found '0,5'). Write a decimal point, not a comma, or leave the cell empty" in said


def test_bad_rows_are_told_by_their_line_and_the_rest_is_used(tmp_path: Path) -> None:
    facts = table(
        tmp_path, "\nimage,PixelSpacing,Modality,Age\na.png,1 1,DX,50\nb.png,1,DX,50\n,1 1,DX,50\nc.png,1 1\n"
    )
    result = check(tmp_path, facts, of_image(1, "a.png"), of_image(2, "b.png"), more=())
    assert "1 accepted · 1 unverified" in result.stdout
    said = result.stderr
    assert "images.csv: columns left alone, which are no facts that a rule asks for: Age" in said
    assert "images.csv, line 4: PixelSpacing: two numbers are needed, row spacing and column spacing in mm" in said
    assert "Correct it, or leave the cell empty" in said
    assert "images.csv, line 5: it says neither the image nor its SOPInstanceUID. Fill one in" in said
    assert "images.csv, line 6: it has 2 cells, and the table has 4 columns" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty. Write a line with the names of its columns"),
        ("Modality\nDX\n", "none of its columns is called image or SOPInstanceUID. Name one so"),
        ("image,age\na.png,5\n", "tells no fact: none of its columns has a name like PixelSpacing"),
        ("image,Modality,modality\na,DX,CR\n", "has two columns called Modality. Take one of them out"),
        ("image,Modality\n", "holds no row that is about an image"),
        ("\0\1\2", "is no table in CSV. Give a table, or the folder of the DICOM files"),
    ],
)
def test_a_table_that_tells_nothing_is_refused_before_anything_is_judged(text: str, said: str, tmp_path: Path) -> None:
    result = check(tmp_path, table(tmp_path, text), of_image(1, "a.png"))
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert not result.stdout


def test_facts_that_are_not_there_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "holds no DICOM file" in " ".join(check(tmp_path, tmp_path / "empty", of_image(1, "a.png")).stderr.split())
    missing = check(tmp_path, tmp_path / "nowhere.csv", of_image(1, "a.png"))
    assert missing.exit_code == 2
    assert "nowhere.csv cannot be read: no such file or directory" in " ".join(missing.stderr.split())
