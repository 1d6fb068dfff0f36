"""Names of images as people and tables are told them: without who asks and what an address is signed with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.delivery_file import run

from guidelint.imaging.image_name import unsigned

ADDRESS = "https://pictures.example.org/ct/1.png"


@pytest.mark.parametrize(
    "signed",
    [
        "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2Fb&X-Amz-Date=2&X-Amz-Security-Token=t&X-Amz-Signature=s",
        "?AWSAccessKeyId=A&Signature=s&Expires=1",
        "?Expires=1&Signature=s&Key-Pair-Id=K",
        "?Policy=p&Signature=s&Key-Pair-Id=K",
        "?X-Goog-Algorithm=a&X-Goog-Signature=s",
        "?GoogleAccessId=g&Expires=1&Signature=s",
        "?sv=2024-11-04&ss=b&srt=o&sp=r&se=2030&st=2026&spr=https&sig=s",
        "?OSSAccessKeyId=A&Expires=1&Signature=s",
        "?access_token=t",
        "?api_key=k",
        "?%74oken=t",
    ],
)
def test_what_an_address_is_signed_with_is_left_out(signed: str) -> None:
    assert unsigned(f"{ADDRESS}{signed}") == ADDRESS
    named, _, rest = signed.partition("&")
    assert unsigned(f"{ADDRESS}?id=7&{named[1:]}&{rest}".rstrip("&")) == f"{ADDRESS}?id=7"


@pytest.mark.parametrize(
    "name",
    [
        "1.png",
        "/data/local-files/?d=ct/1.png",
        "case01.nii.gz?slice=13",
        "what?.png",
        f"{ADDRESS}?key=ct/1.png&sp=2",
        "s3://bucket/a@b.png",
        "a@b/1.png",
    ],
)
def test_what_names_an_image_stays(name: str) -> None:
    assert unsigned(name) == name


def test_who_asks_is_left_out() -> None:
    assert unsigned("https://ann:secret@pictures.example.org/a@b.png") == "https://pictures.example.org/a@b.png"


GUIDELINE = """\
guidelint: 1
guideline: spots
version: 1.0.0
title: Spots
summary: Boxes around spots.
instructions: Draw one box around every spot.
empty_reading: {means: There is no spot.}
delivery:
  rules: {double-work: {once: image}}
classes:
  spot: {title: Spot, definition: A spot., draw: rectangle}
"""


@pytest.mark.parametrize("form", ["full", "json", "jsonl", "sarif", "csv", "junit", "github", "concise"])
def test_no_report_tells_what_an_address_is_signed_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("spots.yaml").write_text(GUIDELINE, encoding="utf-8")
    tasks = [
        {
            "id": number,
            "data": {"image": f"https://u:SECRET@h.example.org/{name}.png?X-Amz-Signature=SECRET{number}"},
            "annotations": [{"id": number, "completed_by": number, "result": []}],
        }
        for number, name in ((1, "a"), (2, "a"), (3, "b"))
    ]
    Path("export.json").write_text(json.dumps(tasks), encoding="utf-8")
    Path("list.txt").write_text("\n".join([tasks[2]["data"]["image"], "c.png?sig=SECRET"]), encoding="utf-8")  # type: ignore[index]
    result = run("check", "spots.yaml", "export.json", "--expect", "list.txt", "--format", form)
    assert result.exit_code == 1
    assert "SECRET" not in result.output
    if form == "json":
        told = json.loads(result.stdout)
        messages = [finding["message"] for one in told["records"] for finding in one["findings"]]
        assert messages == ["2 tasks show one image, https://h.example.org/a.png: 1 and 2"]
        assert [one["name"] for one in told["statistics"]["expected"]["without_verdict"]] == ["c.png"]
