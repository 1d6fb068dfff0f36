"""Pictures of a guideline: carried along, allowed at a host, or refused with place, reason and remedy."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from guidelint.language.library import find
from guidelint.language.load import load
from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.problem import GuidelineProblems, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.language.form.guideline import Guideline

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://198.51.100.7/x.png"/></svg>'


def drawn(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, (200, 10, 10)).save(out, kind)
    return out.getvalue()


def noise(side: int) -> bytes:
    """A picture that no method makes smaller."""
    out = io.BytesIO()
    Image.fromarray(np.random.default_rng(1).integers(0, 255, (side, side), np.uint8)).save(out, "PNG")
    return out.getvalue()


def loaded(folder: Path | None, instructions: str, more: str = "") -> Guideline:
    text = with_part(f"instructions: |\n  Mark it.\n  {instructions}\n{more}")
    return load(text, folder=folder)


def refused(folder: Path | None, instructions: str, more: str = "") -> Problem:
    with pytest.raises(GuidelineProblems) as caught:
        loaded(folder, instructions, more)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_beside_the_guideline_is_carried_along_by_its_content(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a closed outline.txt").write_bytes(drawn(kind))
    guideline = loaded(tmp_path, "![Closed](<a closed outline.txt>)")
    (picture,) = guideline.pictures.values()
    assert (picture.media_type, picture.width_px, picture.height_px) == (f"image/{kind.lower()}", 40, 30)
    assert picture.content == drawn(kind)


def test_a_photograph_that_is_turned_is_as_high_as_it_is_shown(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 30)).save(tmp_path / "turned.jpg", exif=exif)
    (picture,) = loaded(tmp_path, "![Turned](turned.jpg)").pictures.values()
    assert (picture.width_px, picture.height_px) == (30, 40)


def test_a_picture_in_a_folder_of_the_guideline_or_in_the_text_is_carried_along(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "x.png").write_bytes(drawn("PNG"))
    data = base64.b64encode(drawn("PNG", (1, 1))).decode()
    guideline = loaded(tmp_path, f"![x](pictures/x.png) ![y](data:image/png;base64,{data})")
    assert [picture.width_px for picture in guideline.pictures.values()] == [40, 1]


def test_a_guideline_in_a_file_finds_its_pictures_whatever_the_working_directory(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(drawn("PNG"))
    (tmp_path / "mine.yaml").write_text(with_part('instructions: "![x](x.png)"\n'))
    assert list(find(str(tmp_path / "mine.yaml")).pictures) == ["x.png"]


@pytest.mark.parametrize(
    "address",
    [
        "http://198.51.100.7/x.png",
        "https://docs.example.org.evil.example/x.png",
        "https://docs.example.org@evil.example/x.png",
        "https://docs.example.org:8443/x.png",
        "//docs.example.org/x.png",
        "HTTPS://evil.example/x.png",
        "ftp://docs.example.org/x.png",
        "/data/upload/x.png",
        "blob:https://docs.example.org/x",
        "\\\\\\\\evil.example/x.png",
        "%2f%2fevil.example/x.png",
    ],
)
def test_an_outside_address_is_refused_with_place_reason_and_remedy(tmp_path: Path, address: str) -> None:
    problem = refused(tmp_path, f"Look: ![x]({address})", "picture_hosts: docs.example.org\n")
    assert problem.code == "outside-picture"
    assert (problem.line, problem.column >= len("  Look: ![x](")) == (11, True)
    assert "the page of every annotator would call it" in problem.message
    assert "beside the guideline" in problem.help


def test_a_host_that_the_guideline_allows_is_called(tmp_path: Path) -> None:
    text = "![x](https://docs.example.org/x.png) ![y](http://127.0.0.1:8080/y.png)"
    guideline = loaded(tmp_path, text, "picture_hosts: [docs.example.org, '127.0.0.1:8080']\n")
    assert guideline.pictures == {}
    assert "picture_hosts: [docs.example.org]" in refused(tmp_path, text.split(" ", 1)[0]).help


def test_a_host_is_no_address() -> None:
    problem = refused(None, "Mark.", "picture_hosts: https://Docs.example.org/pictures\n")
    assert "is not a host" in problem.message
    assert "`docs.example.org`" in problem.help


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.svg", SVG, "is no sound PNG, JPEG, GIF or WebP picture"),
        ("x.png", SVG, "is no sound PNG, JPEG, GIF or WebP picture"),
        ("x.png", drawn("PNG")[:60], "is no sound PNG"),
        ("x.png", drawn("TIFF"), "is no sound PNG"),
        ("x.png", noise(400), "is larger than 128 KiB"),
        ("x.png", drawn("PNG", (5000, 1)), "is more than 4096 pixels wide or high"),
        ("y.png", b"", "there is no file `x.png` beside the guideline"),
    ],
    ids=["SVG", "SVG by another name", "cut off", "TIFF", "large", "wide", "not there"],
)
def test_a_file_that_cannot_be_shown_is_refused(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    problem = refused(tmp_path, f"![x]({name if name != 'y.png' else 'x.png'})")
    assert problem.code == "unusable-picture"
    assert says in problem.message
    assert problem.help


def test_pictures_outside_the_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "guideline").mkdir()
    (tmp_path / "x.png").write_bytes(drawn("PNG"))
    (tmp_path / "guideline" / "y.png").symlink_to(tmp_path / "x.png")
    for name in ("../x.png", "y.png", "..%2fx.png"):
        assert "does not lie in the folder" in refused(tmp_path / "guideline", f"![x]({name})").message
    assert "no file" in refused(tmp_path / "guideline", "![x](a%00b.png)").message
    assert "without its folder" in refused(None, "![x](x.png)").message


def test_pictures_are_bounded_together(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.png").write_bytes(noise(340))
    loaded(tmp_path, "![x](a.png) ![y](b.png) ![y again](b.png)")
    assert "256 KiB together" in refused(tmp_path, "![x](a.png) ![y](b.png) ![z](c.png)").message


@pytest.mark.parametrize(
    "part",
    [
        'classes:\n  lesion: {title: Lesion, definition: "![x](https://evil.example/x.png)", draw: polygon}\n',
        "instructions: Look <img src='https://evil.example/x.png'>\n",
        'summary: "<IMG src=x>"\n',
    ],
)
def test_a_picture_where_none_can_stand_is_told(part: str) -> None:
    with pytest.raises(GuidelineProblems) as caught:
        load(with_part(part))
    assert [problem.code for problem in caught.value.problems] == ["unusable-picture"]


@pytest.mark.parametrize("text", [r"\![no picture](http://x.example/)", "`![code](http://x.example/y.png)`", "1 < 2!"])
def test_words_that_are_no_picture_are_none(text: str) -> None:
    assert loaded(None, text).pictures == {}


def test_a_link_is_no_picture_for_it_calls_nothing_until_it_is_followed() -> None:
    assert loaded(None, "[the atlas](https://atlas.example.org/)").pictures == {}
