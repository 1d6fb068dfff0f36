"""Images read through Label Studio: where it has them, how it leads to its storage, and what it says instead."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from io import BytesIO
from typing import TYPE_CHECKING

import httpx
import numpy as np
import pytest
from PIL import Image as Pillow
from tests.imaging.file_server import here, serving

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.addresses.fetch import Bounds, Fetcher
from guidelint.imaging.pixels.not_now import NotNow
from guidelint.imaging.providers.provider import NoSuchImage
from guidelint.labelstudio.connection.connection import Connection
from guidelint.labelstudio.images.project_images import ProjectImages
from guidelint.labelstudio.images.where import where_at

if TYPE_CHECKING:
    from collections.abc import Callable

SERVER = "https://studio.example/labels"
TOKEN = "a" * 40


def png() -> bytes:
    file = BytesIO()
    Pillow.fromarray(np.full((2, 3), 7, np.uint8)).save(file, "PNG")
    return file.getvalue()


def giving(content: bytes) -> httpx.Response:
    return httpx.Response(200, stream=httpx.ByteStream(content))


def images(
    answer: Callable[[httpx.Request], httpx.Response], fetcher: Fetcher | None = None, again: str = TOKEN
) -> ProjectImages:
    connection = Connection(SERVER, TOKEN, httpx.MockTransport(answer), lambda: again)
    return ProjectImages(connection, SERVER, 7, fetcher or Fetcher(bounds=Bounds(2**20)))


def why_not(found: ProjectImages, image: str, kind: type[NotMeasurable]) -> str:
    with pytest.raises(NotMeasurable) as told:
        found.read(image, "", None)
    assert type(told.value) is kind
    assert TOKEN not in str(told.value)
    assert "secret" not in str(told.value)
    return str(told.value)


@pytest.mark.parametrize(
    ("image", "path"),
    [
        ("/data/upload/7/1a2b-a b.png", "/data/upload/7/1a2b-a b.png"),
        ("/data/local-files/?d=ct/1.png", "/data/local-files/?d=ct/1.png"),
        ("/labels/data/upload/7/a.png", "/data/upload/7/a.png"),
        (f"{SERVER}/data/upload/7/a.png", "/data/upload/7/a.png"),
        ("/storage-data/uploaded/?filepath=upload/7/a.png", "/storage-data/uploaded/?filepath=upload/7/a.png"),
        ("https://studio.example/data/upload/7/a.png", None),
        ("https://studio.example/labels.evil.example/data/upload/7/a.png", None),
        ("https://elsewhere.example/data/upload/7/a.png", None),
        ("/api/projects/7/", None),
        ("/user/logout?/data/upload/", None),
        ("/data/upload/../../api/projects/7", None),
        ("/data/upload/%2e%2e/%252e%252e/api", None),
        ("/data/upload/7/a\r\nb.png", None),
        ("/data/upload/7/a.png#b", None),
        ("data/upload/7/a.png", None),
        ("file:///etc/passwd", None),
        ("", None),
    ],
)
def test_only_what_label_studio_gives_as_files_is_asked_of_it(image: str, path: str | None) -> None:
    where = where_at(image, SERVER, 7)
    assert (where and where.path) == path


def test_an_image_is_read_with_the_token_and_only_of_label_studio() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return giving(png())

    grey = images(answer).read("/data/upload/7/1a2b-a b.png", "", None)
    assert (grey.shape, grey.source) == ((2, 3), "/data/upload/7/1a2b-a b.png")
    (request,) = asked
    assert str(request.url) == f"{SERVER}/data/upload/7/1a2b-a%20b.png"
    assert request.headers["Authorization"] == f"Token {TOKEN}"
    assert request.headers["Accept-Encoding"] == "identity"
    why_not(images(answer), "https://elsewhere.example/a.png?token=secret", NoSuchImage)
    assert len(asked) == 1


def test_storage_is_asked_for_by_the_project_and_followed_as_by_nobody_to_a_place_that_was_named() -> None:
    asked: list[httpx.Request] = []
    with serving({"/bucket/a.png": lambda one: one.give(png())}) as storage:

        def answer(request: httpx.Request) -> httpx.Response:
            asked.append(request)
            location = storage.url.replace("http:", scheme) + "/bucket/a.png?X-Amz-Signature=secret"
            return httpx.Response(303, headers={"Location": location, "Set-Cookie": "a=b"})

        scheme = "http:"
        found = images(answer, Fetcher(storage.allowed, Bounds(2**20), here))
        plain = "is not encrypted"
        assert plain in why_not(found, "s3://bucket/a.png", NotMeasurable)
        over_http = ProjectImages(
            Connection("http://studio.example", TOKEN, httpx.MockTransport(answer)),
            "http://studio.example",
            7,
            Fetcher(storage.allowed, Bounds(2**20), here),
        )
        assert over_http.read("s3://bucket/a.png", "", None).shape == (2, 3)
        ((path, headers),) = storage.asked
        assert "it lies at no place that may be asked" in why_not(
            ProjectImages(over_http.connection, over_http.server, 7, Fetcher()), "s3://bucket/a.png", NotMeasurable
        )
    assert path == "/bucket/a.png?X-Amz-Signature=secret"
    assert not {"Authorization", "Cookie"} & set(headers)
    assert asked[0].url.path == "/labels/projects/7/resolve/"
    assert urlsafe_b64decode(asked[0].url.params["fileuri"]) == b"s3://bucket/a.png"


@pytest.mark.parametrize(
    ("answered", "kind", "said"),
    [
        (httpx.Response(404), NoSuchImage, "project 7 of https://studio.example/labels has no image s3://b/a.png"),
        (httpx.Response(500), NotNow, "answered with 500). Can guidelint see it?"),
        (httpx.Response(401, content=b"{}"), NotNow, "does not accept the token (401)"),
        (httpx.Response(302, headers={"Location": "/user/login/?next=/a"}), NotNow, "led to the page to log in"),
        (httpx.Response(302, headers={"Location": "/data/upload/7/b.png"}), NotNow, "which is not followed"),
        (httpx.Response(302, headers={"Location": "file:///etc/passwd"}), NotMeasurable, "leads elsewhere"),
        (httpx.Response(302, headers={"Location": "http://[::1"}), NotNow, "does not answer as it should"),
        (giving(bytes(2**20 + 1)), NotMeasurable, "larger than 1 MiB"),
        (giving(b"<html>"), NotMeasurable, "gives a page, perhaps one to log in"),
        (httpx.Response(204), NotNow, "something else answers in Label Studio's place (204)"),
    ],
)
def test_what_label_studio_says_instead_is_told(answered: httpx.Response, kind: type[NotMeasurable], said: str) -> None:
    assert said in why_not(images(lambda _: answered), "s3://b/a.png", kind)


def test_a_token_that_was_replaced_meanwhile_is_read_again() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        is_new = request.headers["Authorization"] == "Token new"
        return giving(png()) if is_new else httpx.Response(401, content=b"{}")

    assert images(answer, again="new").read("/data/upload/7/a.png", "", None).shape == (2, 3)


def test_a_label_studio_that_is_away_is_told() -> None:
    def away(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    assert "Label Studio does not answer as it should" in why_not(images(away), "/data/upload/7/a.png", NotNow)
