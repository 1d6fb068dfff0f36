"""Fetching from a real server: redirects, bounds of bytes and time, what is sent and what is told."""

from __future__ import annotations

import gzip
import ssl
import threading
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import httpcore
import pytest
from tests.imaging.file_server import INSIDE, Asked, FileServer, here, leading_to, serving

from guidelint.imaging.addresses.address import AddressError
from guidelint.imaging.addresses.allowed import Allowed, place_at
from guidelint.imaging.addresses.body import BodyError
from guidelint.imaging.addresses.fetch import Bounds, Fetcher, FetchError, redirected

if TYPE_CHECKING:
    from collections.abc import Callable

MIB = 2**20
CERTIFICATE = Path(__file__).parents[1] / "data" / "tls" / "pictures.example.pem"
"""A key and a certificate for that name, of nobody's, for tests."""


def fetched(server: FileServer, path: str, bounds: Bounds | None = None, allowed: Allowed | None = None) -> bytes:
    fetcher = Fetcher(allowed or server.allowed, bounds or Bounds(MIB), here)
    return b"".join(fetcher.fetch(f"{server.url}{path}"))


def leads_to(where: str, status: int = 302) -> Callable[[Asked], None]:
    return lambda asked: asked.give(b"", status, Location=where, Set_Cookie="a=b")


def test_a_file_is_fetched_as_from_the_host_that_was_named_by_nobody_in_particular() -> None:
    with serving({"/a.png": lambda asked: asked.give(b"pixels")}) as server:
        assert fetched(server, "/a.png?signed=1") == b"pixels"
        ((path, headers),) = server.asked
    assert path == "/a.png?signed=1"
    assert headers["Host"] == f"pictures.example:{server.server_port}"
    assert set(headers) == {"Host", "Accept-Encoding", "User-Agent"}
    assert headers["Accept-Encoding"] == "identity"


def test_redirects_are_followed_to_what_was_named_and_nothing_is_carried_along() -> None:
    with serving({"/b.png": lambda asked: asked.give(b"there")}) as other:
        answers = {"/a": leads_to("/b?x=1", 301), "/b": leads_to(f"{other.url}/b.png?signed=1", 307)}
        with serving(answers) as server:
            both = Allowed((*server.allowed.places, *other.allowed.places), INSIDE)
            assert fetched(server, "/a", allowed=both) == b"there"
            assert [path for path, _ in server.asked] == ["/a", "/b?x=1"]
        ((path, headers),) = other.asked
    assert path == "/b.png?signed=1"
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("http://elsewhere.example/a.png?token=secret", "it lies at no place that may be asked"),
        ("http://169.254.169.254/latest/", "it lies at no place that may be asked"),
        ("http://127.0.0.1/", "it lies at no place that may be asked"),
        ("file:///etc/passwd", "leads elsewhere: file:///etc/passwd is not fetched"),
        ("//user:secret@pictures.example/a", "names a user before the host"),
        ("http://[::1", "what it gives is no address"),
        ("/a\\..\\b", "a backslash"),
    ],
)
def test_a_redirect_leads_nowhere_that_was_not_named(where: str, said: str) -> None:
    with serving({"/a": leads_to(where)}) as server:
        with pytest.raises(AddressError, match=said) as told:
            fetched(server, "/a")
        assert len(server.asked) == 1
    assert "secret" not in str(told.value)


def test_a_redirect_to_a_named_place_that_leads_inside_is_not_followed() -> None:
    with serving({"/a": leads_to("http://router.example/")}) as server:
        allowed = Allowed((*server.allowed.places, place_at("http://router.example")), INSIDE)
        numbers = {"router.example": ("192.168.0.1",)}
        fetcher = Fetcher(allowed, Bounds(MIB), lambda host, _: numbers.get(host, ("127.0.0.1",)))
        with pytest.raises(AddressError, match=r"router\.example is not asked: it leads inside, to 192\.168\.0\.1"):
            list(fetcher.fetch(f"{server.url}/a"))


def test_redirects_come_to_an_end() -> None:
    with serving({"/a": leads_to("/a")}) as server:
        with pytest.raises(FetchError, match="leads on and on, more than 5 times"):
            fetched(server, "/a")
        assert len(server.asked) == 6


def test_nothing_that_began_encrypted_goes_on_without() -> None:
    with pytest.raises(AddressError, match=r"leads to http://a\.example/b, which is not encrypted"):
        redirected("https://a.example/a", "https://a.example/a", "http://a.example/b?token=secret")
    assert str(redirected("http://a.example/a", "", "https://a.example/b?c")) == "https://a.example/b?c"


def endless(asked: Asked) -> None:
    asked.head(200)
    while True:
        asked.wfile.write(bytes(2**16))


def promised(asked: Asked) -> None:
    asked.head(200, Content_Length=10**12)


def packed(body: bytes, encoding: str = "gzip") -> Callable[[Asked], None]:
    return lambda asked: asked.give(body, Content_Encoding=encoding)


def test_no_more_is_taken_than_is_read_packed_or_not() -> None:
    bomb = gzip.compress(bytes(50 * MIB), 9)
    assert len(bomb) < MIB // 10
    answers = {"/endless": endless, "/bomb": packed(bomb), "/said": promised}
    with serving(answers) as server:
        for path in ("/endless", "/bomb"):
            with pytest.raises(BodyError, match=f"{path} is not read: it is larger than 1 MiB, the most that is read"):
                fetched(server, path)
        with pytest.raises(FetchError, match="does not answer as it should"):
            fetched(server, "/said")


def test_what_comes_packed_is_unpacked_or_refused() -> None:
    squeezed = gzip.compress(b"pixels" * 1000)
    answers = {
        "/gzip": packed(squeezed),
        "/deflate": packed(zlib.compress(b"pixels" * 1000), "deflate"),
        "/half": packed(squeezed[:-9]),
        "/not": packed(b"pixels"),
        "/br": packed(b"pixels", "br"),
    }
    with serving(answers) as server:
        assert fetched(server, "/gzip") == fetched(server, "/deflate") == b"pixels" * 1000
        for path, said in (
            ("/half", "breaks off"),
            ("/not", "is said to be packed"),
            ("/br", "a way that is not read"),
        ):
            with pytest.raises(BodyError, match=said):
                fetched(server, path)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "is not there (404). Look whether its address is right"),
        (403, "is not given to everybody (403)"),
        (500, "answers 500 in place of a file"),
        (204, "answers 204 in place of a file"),
        (302, "answers 302 in place of a file"),
    ],
)
def test_an_answer_that_is_no_file_is_told(status: int, said: str) -> None:
    with serving({"/a": lambda asked: asked.give(b"", status)}) as server:
        with pytest.raises(FetchError) as told:
            fetched(server, "/a?token=secret")
        assert f"{server.url}/a {said}" in str(told.value)
    assert "secret" not in str(told.value)


def test_who_says_nothing_is_not_waited_for() -> None:
    over = threading.Event()

    def silent(asked: Asked) -> None:
        over.wait()
        asked.close_connection = True

    def stuck(asked: Asked) -> None:
        asked.head(200, Content_Length=10)
        asked.wfile.write(b"half")
        over.wait()

    with serving({"/silent": silent, "/stuck": stuck}) as server:
        for path in ("/silent", "/stuck"):
            with pytest.raises(
                FetchError, match=r"is too slow: nothing came for 0\.05 s, or not all of it within 60 s"
            ):
                fetched(server, path, Bounds(MIB, waits_s=0.05))
        over.set()


def test_what_comes_drop_by_drop_ends_in_time_headers_and_body() -> None:
    now = [0.0]

    def dropped(asked: Asked, drop: bytes) -> None:
        for _ in range(100):
            now[0] += 1
            asked.wfile.write(drop)
            asked.wfile.flush()

    def slow_head(asked: Asked) -> None:
        asked.wfile.write(b"HTTP/1.1 200 OK\r\n")
        dropped(asked, b"A: b\r\n")

    def slow_body(asked: Asked) -> None:
        asked.head(200, Content_Length=1000)
        dropped(asked, b"drop")
        asked.connection.recv(1)

    with serving({"/head": slow_head, "/body": slow_body}) as server:
        for path in ("/head", "/body"):
            now[0] = 0.0
            fetcher = Fetcher(server.allowed, Bounds(MIB), here, lambda: now[0])
            with pytest.raises(FetchError, match=r"is too slow: .*not all of it within 60 s"):
                list(fetcher.fetch(f"{server.url}{path}"))
            assert now[0] >= 60


def test_the_certificate_must_be_of_the_host_that_was_named(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, object]] = []

    class Stream(httpcore.NetworkStream):
        def start_tls(
            self, ssl_context: object, server_hostname: str | None = None, timeout: float | None = None
        ) -> Stream:
            assert ssl_context is not None
            assert timeout is not None
            told.append(("TLS", server_hostname))
            raise httpcore.ConnectError("it is another host's certificate")

        def close(self) -> None:
            """Nothing is open."""

    def connect(_self: object, host: str, *_: object) -> Stream:
        told.append(("to", host))
        return Stream()

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    fetcher = Fetcher(Allowed((place_at("https://a.example"),)), look_up=leading_to("8.8.8.8"))
    with pytest.raises(FetchError, match="another host's certificate"):
        list(fetcher.fetch("https://a.example/a.png"))
    assert told == [("to", "8.8.8.8"), ("TLS", "a.example")]


def test_tls_is_of_the_name_though_the_number_is_connected_to() -> None:
    trusted = ssl.create_default_context(cafile=str(CERTIFICATE))
    with serving({"/a.png": lambda asked: asked.give(b"pixels")}) as server:
        encrypted = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        encrypted.load_cert_chain(CERTIFICATE)
        server.socket = encrypted.wrap_socket(server.socket, server_side=True)
        names = [f"https://{name}.example:{server.server_port}" for name in ("pictures", "other")]
        allowed = Allowed(tuple(place_at(name) for name in names), INSIDE)
        one, other = (f"{name}/a.png" for name in names)
        assert b"".join(Fetcher(allowed, Bounds(MIB), here, certificates=trusted).fetch(one)) == b"pixels"
        with pytest.raises(FetchError, match="Hostname mismatch"):
            list(Fetcher(allowed, Bounds(MIB), here, certificates=trusted).fetch(other))
        with pytest.raises(FetchError, match="certificate verify failed"):
            list(Fetcher(allowed, Bounds(MIB), here).fetch(one))


def test_the_next_number_is_tried_where_one_does_not_answer() -> None:
    with serving({"/a": lambda asked: asked.give(b"pixels")}) as server:
        fetcher = Fetcher(server.allowed, Bounds(MIB), leading_to("127.255.255.254", "127.0.0.1"))
        assert b"".join(fetcher.fetch(f"{server.url}/a")) == b"pixels"
        nowhere = Fetcher(server.allowed, Bounds(MIB), leading_to())
        with pytest.raises(FetchError, match="it has no address"):
            list(nowhere.fetch(f"{server.url}/a"))
