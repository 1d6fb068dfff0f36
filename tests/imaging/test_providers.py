"""Images by their addresses and from several places: read by what they hold, and never another one by mistake."""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as Pillow
from tests.imaging.file_server import Asked, FileServer, here, serving
from tests.imaging.test_pixels import STORED, png_that_claims, values, write_image

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.addresses.fetch import Bounds, Fetcher
from guidelint.imaging.pixels.not_now import NotNow
from guidelint.imaging.providers.by_address import ImagesByAddress
from guidelint.imaging.providers.folder import folder_images
from guidelint.imaging.providers.images import Images
from guidelint.imaging.providers.joined import joined
from guidelint.imaging.providers.provider import NoSuchImage

if TYPE_CHECKING:
    from collections.abc import Callable


def png() -> bytes:
    file = BytesIO()
    Pillow.fromarray(STORED).save(file, "PNG")
    return file.getvalue()


def giving(body: bytes, encoding: str = "identity") -> Callable[[Asked], None]:
    return lambda asked: asked.give(body, Content_Encoding=encoding)


def by_address(server: FileServer, most_bytes: int = 2**20) -> ImagesByAddress:
    return ImagesByAddress(Fetcher(server.allowed, Bounds(most_bytes), here))


def why_not(images: ImagesByAddress, image: str, kind: type[NotMeasurable] = NotMeasurable) -> str:
    with pytest.raises(NotMeasurable) as told:
        images.read(image, "", None)
    assert type(told.value) is kind
    return str(told.value)


def test_an_image_is_read_by_what_it_holds_and_nothing_of_it_stays(tmp_path: Path) -> None:
    dicom = write_image(tmp_path / "a.dcm", RescaleSlope="1", RescaleIntercept="-1000").read_bytes()
    answers = {
        "/a.txt": giving(dicom),
        "/b": giving(png()),
        "/c.dcm": giving(gzip.compress(png()), "gzip"),
    }
    with serving(answers) as server:
        images = by_address(server)
        assert images.name == f"{server.url}/"
        grey = images.read(f"{server.url}/a.txt?signature=secret", "", None)
        assert (grey.unit, grey.source) == ("HU", f"{server.url}/a.txt")
        assert values(grey)[0] == [-1000, -900, -800]
        for path in ("/b", "/c.dcm"):
            assert values(images.read(f"{server.url}{path}", "", None)) == STORED.tolist()
    assert not list(Path(gettempdir()).glob("guidelint-image-*"))


def test_what_is_no_image_says_so_with_its_place(tmp_path: Path) -> None:
    broken = write_image(tmp_path / "a.dcm", PixelData=b"12").read_bytes()
    answers = {
        "/page.png": giving(b"<!DOCTYPE html><form>"),
        "/text.dcm": giving(b"nothing"),
        "/empty.png": giving(b""),
        "/claims.png": giving(png_that_claims(60_000)),
        "/broken.dcm": giving(broken),
        "/large.png": giving(bytes(2**20 + 1)),
    }
    with serving(answers) as server:
        images = by_address(server)
        told = {path: why_not(images, f"{server.url}{path}?token=secret") for path in answers}
    assert told["/page.png"].endswith("/page.png gives a page, perhaps one to log in. Look whether the image is there")
    for path in ("/text.dcm", "/empty.png"):
        assert "gives no DICOM file, PNG, JPEG or TIFF" in told[path]
    assert "cannot be read" in told["/claims.png"]
    assert "it is broken (cannot reshape" in told["/broken.dcm"]
    assert "is larger than 1 MiB, the most that is read" in told["/large.png"]
    assert not any("secret" in words for words in told.values())


def test_what_may_come_another_time_is_told_from_what_will_not() -> None:
    with serving({"/a.png": lambda asked: asked.give(b"", 503), "/b.png": giving(b"nothing")}) as server:
        images = by_address(server)
        assert "answers 503" in why_not(images, f"{server.url}/a.png", NotNow)
        late, never, fine = (
            Images(images).pixels(f"{server.url}{path}", "", None) for path in ("/a.png", "/b.png", "/b.png")
        )
        for pixels in (late, never):
            with pytest.raises(NotMeasurable):
                _ = pixels.grey
        assert [late.may_come, never.may_come, fine.may_come] == [True, False, False]


def test_an_address_that_was_not_named_is_not_asked_for() -> None:
    with serving({}) as server:
        images = by_address(server)
        for image in ("http://elsewhere.example/a.png?token=secret", "s3://bucket/a.png", "/data/upload/1/a.png", ""):
            told = why_not(images, image, NoSuchImage)
            assert told.endswith(f"does not lie at {server.url}/")
            assert "secret" not in told
        assert "names a user" in why_not(images, server.url.replace("://", "://user:secret@"))
        assert server.asked == []


def test_the_first_place_that_has_an_image_gives_it(tmp_path: Path) -> None:
    for folder, value in (("one", 1), ("two", 2)):
        (tmp_path / folder).mkdir()
        Pillow.fromarray(np.full((2, 2), value, np.uint8)).save(tmp_path / folder / "both.png")
    Pillow.fromarray(np.full((2, 2), 2, np.uint8)).save(tmp_path / "two" / "second.png")
    (tmp_path / "one" / "broken.png").write_text("<html>", encoding="utf-8")
    Pillow.fromarray(np.full((2, 2), 2, np.uint8)).save(tmp_path / "two" / "broken.png")
    one, two = folder_images(tmp_path / "one"), folder_images(tmp_path / "two")
    assert joined((one,)) is one
    images = joined((one, two))
    assert images.name == "one, two"
    assert values(images.read("both.png", "", None)) == [[1, 1], [1, 1]]
    assert values(images.read("second.png", "", None)) == [[2, 2], [2, 2]]
    with pytest.raises(NotMeasurable, match=r"one/broken\.png cannot be read"):
        images.read("broken.png", "", None)
    with pytest.raises(NoSuchImage, match=r"no file of one is the image third\.png; no file of two is the image third"):
        images.read("third.png", "", None)


def test_a_file_that_cannot_be_kept_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(BytesIO):
        def write(self, _: object) -> int:
            raise OSError(28, "No space left on device")

    def full_disk(self: Path, mode: str) -> Full:
        assert (self.name, mode) == ("image", "wb")
        return Full()

    monkeypatch.setattr(Path, "open", full_disk)
    with serving({"/a.png": giving(png())}) as server:
        told = why_not(by_address(server), f"{server.url}/a.png", NotNow)
    assert told.endswith("cannot be kept while it is read: no space left on device. Make room for temporary files")


def test_a_signed_address_is_shown_without_its_signature_by_a_folder_too(tmp_path: Path) -> None:
    (tmp_path / "a.dcm").write_bytes(b"")
    Pillow.fromarray(STORED).save(tmp_path / "a.png")
    images = folder_images(tmp_path)
    for image in ("https://h/b.png?X-Amz-Signature=secret", "/data/b.png?token=secret"):
        with pytest.raises(NoSuchImage) as told:
            images.read(image, "", None)
        assert "secret" not in str(told.value)
    assert values(images.read("https://h/p1/a.png?token=secret", "", None)) == STORED.tolist()
    with pytest.raises(NotMeasurable, match=r"be the image https://h/p2/a\.png or https://h/p1/a\.png") as doubt:
        images.read("https://h/p2/a.png?token=secret", "", None)
    assert "secret" not in str(doubt.value)
