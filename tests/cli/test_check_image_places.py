"""``check --images`` with addresses: the same verdicts as from a folder, and nothing asked that was not named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from pydicom.data import get_testdata_file
from tests.cli.delivery_file import Json, run
from tests.cli.test_check_images import GUIDELINE, painted, told
from tests.imaging.file_server import Asked, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result


def ct() -> bytes:
    """A real CT of 128 × 128 pixels."""
    path = get_testdata_file("CT_small.dcm", download=False)
    assert isinstance(path, str)
    with open(path, "rb") as file:  # noqa: PTH123 - a path of another package
        return file.read()


def giving(body: bytes, status: int = 200) -> Callable[[Asked], None]:
    return lambda asked: asked.give(body, status)


def on(address: str) -> tuple[Json, Json]:
    """A true mask on an image, and one shifted by half of it."""
    muscle = np.zeros((128, 128), np.bool_)
    muscle[90:120, 10:40] = True
    return painted(1, address, muscle), painted(2, address, np.roll(muscle, -64, axis=0))


def check(folder: Path, tasks: tuple[Json, ...], *options: str) -> Result:
    (folder / "pixels.yaml").write_text(GUIDELINE, encoding="utf-8")
    (folder / "export.json").write_text(json.dumps(tasks), encoding="utf-8")
    return run("check", str(folder / "pixels.yaml"), str(folder / "export.json"), *options, "-f", "json")


def test_images_of_the_web_are_judged_as_those_of_a_folder_and_only_where_they_were_named(tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "ct.dcm").write_bytes(ct())
    with serving({"/scans/ct.dcm": giving(ct())}) as server:
        here = f"http://127.0.0.1:{server.server_port}"
        tasks = on(f"{here}/scans/ct.dcm?token=secret")
        from_folder = told(check(tmp_path, tasks, "--images", str(folder)))
        assert [decision for decision, _ in from_folder] == ["accepted", "returned"]
        web = ("--images", f"{here}/scans", "--inside", "127.0.0.0/8")
        assert told(check(tmp_path, tasks, *web)) == from_folder
        assert len(server.asked) == 2
        for options, why in (
            (("--images", f"{here}/scans"), "127.0.0.1 is not asked: it leads inside, to 127.0.0.1. If it is yours"),
            (("--images", f"{here}/other", "--inside", "127.0.0.0/8"), f"does not lie at {here}/other/"),
            (("--images", "https://a.example", "--inside", "127.0.0.0/8"), "does not lie at https://a.example/"),
        ):
            result = check(tmp_path, tasks, *options)
            ((one, found), _) = told(result)
            assert one == "unverified"
            assert all(why in message for message in found)
            assert "secret" not in " ".join(found)
        assert len(server.asked) == 2


def test_places_are_asked_in_order_and_all_of_the_web_is_one(tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "other.dcm").write_bytes(ct())
    with serving({"/ct.dcm": giving(ct())}) as server:
        here = f"http://127.0.0.1:{server.server_port}"
        options = (*("--images", str(folder)), *("--images", here), *("--images", "https://a.example"))
        (first, second) = (on(f"{here}/ct.dcm")[0], on("s3://bucket/other.dcm")[0])
        assert [
            decision for decision, _ in told(check(tmp_path, (first, second), *options, "--inside", "127.0.0.1"))
        ] == [
            "accepted",
            "accepted",
        ]
        ((_, (why, _)),) = told(check(tmp_path, on("third.png")[:1], *options))
    nowhere = (
        f"no file of scans is the image third.png; the image third.png does not lie at {here}/, https://a.example/"
    )
    assert why == f"this could not be checked: {nowhere}. Name with --images where it is"


def test_images_of_a_project_are_read_through_its_label_studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDELINT_TOKEN", "a" * 40)
    with serving({"/data/upload/7/ct.dcm": giving(ct())}) as server:
        place = ("--images", f"http://127.0.0.1:{server.server_port}/projects/7/data?tab=3")
        decisions = [decision for decision, _ in told(check(tmp_path, on("/data/upload/7/ct.dcm"), *place))]
        assert decisions == ["accepted", "returned"]
        assert {headers["Authorization"] for _, headers in server.asked} == {f"Token {'a' * 40}"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("--images", "nowhere"),
            "--images 'nowhere' is no folder. Name the folder that holds the images, or an address",
        ),
        (("--images", "https://user:pw@a.example"), "it names a user before the host. Take that out"),
        (("--images", "https://a.example/?d=x"), "is no place for images"),
        (("--images", "http://127.1"), "its host is a number in another form"),
        (("--images", "https://a.example", "--inside", "10.1.2.3/8"), "--inside: '10.1.2.3/8' is no network"),
        (("--images", "https://a.example", "--inside", "169.254.0.0/16"), "is no network of your own"),
        (("--inside", "10.0.0.0/8"), "--inside names a network, and no --images says what is fetched from it"),
        (("--images", ".", "--inside", "10.0.0.0/8"), "--inside names a network, and no address is given to --images"),
        (
            ("--images", "http://h/projects/7"),
            "there is no token for http://h: set GUIDELINT_TOKEN or give --token-file",
        ),
    ],
)
def test_a_place_that_gives_no_images_is_refused(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    result = check(tmp_path, on("a.png"), *options)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_folders_in_the_environment_may_have_blanks_in_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [tmp_path / "no scans", tmp_path / "my 50% scans"]
    for folder in folders:
        folder.mkdir()
        (folder / f"{folder.name[:2]}.dcm").write_bytes(ct())
    monkeypatch.setenv("GUIDELINT_CHECK_IMAGES", " ".join(folder.as_uri() for folder in folders))
    assert [decision for decision, _ in told(check(tmp_path, on("s3://bucket/my.png")))] == ["accepted", "returned"]
    monkeypatch.setenv("GUIDELINT_CHECK_IMAGES", str(folders[0]))
    result = check(tmp_path, on("s3://bucket/my.png"))
    assert result.exit_code == 2
    assert "no' is no folder. Name the folder that holds the images, or an address" in result.stderr
