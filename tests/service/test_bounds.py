"""What outsiders can make the receiver spend: bytes, time, connections, log lines; and what it answers to a fault."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.service.bench import SECRET, SERVER
from tests.service.processes import free_port
from tests.service.test_receiver import EVENT, PATH, Asleep, stored

from guidelint.labelstudio.connection.address import SECRET_HEADER
from guidelint.service.log import Sometimes
from guidelint.service.receiver import hook_route as module
from guidelint.service.receiver.receiver import Receiver
from guidelint.service.receiver.server import Server
from guidelint.service.receiver.wire.bounded_http import BoundedHttp
from guidelint.service.receiver.wire.listening import bound
from guidelint.service.settings import Settings
from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.hints import inbox as inbox_module

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Generator, Iterator
    from pathlib import Path

    import sqlalchemy as sa

HEADERS = {SECRET_HEADER: SECRET}
HEAD = f"POST {PATH} HTTP/1.1\r\nHost: guidelint\r\n{SECRET_HEADER}: {SECRET}\r\n".encode()
PATIENCE_S = 300.0
"""Long enough for the busiest machine: only what never comes is a failure."""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    url = store_url(str(tmp_path / "store.db"))
    migrate(url)
    made = open_store(url)
    yield made
    made.dispose()


def receiver_on(engine: sa.Engine, **settings: Any) -> Receiver:
    given = Settings(store="", servers={SERVER: "token"}, secret=SECRET, hold_ms=0, **settings)
    return Receiver(given, engine, Asleep())


@contextlib.contextmanager
def listening(receiver: Receiver) -> Generator[int]:
    """A receiver on a port of this process."""
    port = free_port()
    server = Server(receiver)
    server.config.timeout_keep_alive = 1
    thread = threading.Thread(target=server.run, args=(bound("127.0.0.1", port),))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join()


def answer_to(port: int, *pieces: bytes) -> bytes:
    """All that comes back until the receiver closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as connection:
        for piece in pieces:
            connection.sendall(piece)
        answer = b""
        with contextlib.suppress(ConnectionError):
            while part := connection.recv(65536):
                answer += part
        return answer


def posted(receiver: Receiver, *contents: Any, headers: dict[str, str] = HEADERS) -> list[httpx.Response]:
    """What is answered to deliveries, one after the other."""

    async def post() -> list[httpx.Response]:
        app = receiver.app()
        transport = httpx.ASGITransport(app)
        async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport) as client:
            url = f"http://guidelint{PATH}"
            return [await client.post(url, content=content, headers=headers) for content in contents]

    return asyncio.run(post())


def drip(connection: socket.socket) -> None:
    """Send without end, byte by byte."""
    while True:
        connection.sendall(b"x")
        time.sleep(0.01)


async def in_pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(size):
        yield b"x" * 1000


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "not announced"])
def test_a_body_that_is_too_long_is_413(engine: sa.Engine, *, announced: bool) -> None:
    receiver = receiver_on(engine)
    receiver.bodies.longest_bytes = 10_000
    content = b"x" * 10_001 if announced else in_pieces(11)
    (answer,) = posted(receiver, content)
    assert answer.status_code == 413
    assert "10000 bytes" in answer.json()["detail"]
    assert stored(engine) == []


def test_an_announced_length_is_refused_before_it_comes(engine: sa.Engine) -> None:
    with listening(receiver_on(engine)) as port:
        head = HEAD + b"Connection: close\r\nContent-Length: 33554433\r\n\r\n"
        assert answer_to(port, head).startswith(b"HTTP/1.1 413 ")


def test_bodies_never_take_more_memory_than_agreed_together(engine: sa.Engine) -> None:
    receiver = receiver_on(engine)
    receiver.bodies.together_bytes = 5_000
    body, bad = json.dumps(EVENT).encode(), b"x" * 4000
    answers = posted(receiver, in_pieces(6), *[body, bad] * 20)
    assert [answer.status_code for answer in answers] == [503, *[202, 400] * 20], "what was read is given free again"


def test_headers_that_never_end_are_cut_off(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BoundedHttp, "within_s", 0.05)
    with listening(receiver_on(engine)) as port:
        assert answer_to(port) == b"", "not a byte was sent"
        assert answer_to(port, HEAD, b"X-More: ") == b""
        assert answer_to(port, HEAD + b"Content-Length: 2\r\n\r\n{}", HEAD).startswith(b"HTTP/1.1 400 "), "the second"


def test_a_body_that_never_ends_is_408(engine: sa.Engine) -> None:
    with listening(receiver_on(engine, body_within_s=0.05)) as port:
        head = HEAD + b"Connection: close\r\nContent-Length: 100\r\n\r\n"
        answer = answer_to(port, head, b"{")
        assert answer.startswith(b"HTTP/1.1 408 ")
    assert stored(engine) == []


def test_who_goes_on_sending_after_the_answer_is_cut_off(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BoundedHttp, "within_s", 0.05)
    head = HEAD.replace(SECRET.encode(), b"wrong") + b"Content-Length: 1000000000\r\n\r\n"
    with (
        listening(receiver_on(engine)) as port,
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as connection,
    ):
        connection.sendall(head)
        assert connection.recv(12) == b"HTTP/1.1 401"
        with pytest.raises(ConnectionError):
            drip(connection)


def test_what_is_no_http_is_refused_and_does_not_fill_the_log(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(logging.getLogger("guidelint"), "propagate", True)
    monkeypatch.setattr(BoundedHttp, "no_http", Sometimes("no HTTP", logging.WARNING))
    monkeypatch.setattr(logging.getLogger("uvicorn.error"), "level", logging.ERROR)
    with listening(receiver_on(engine)) as port:
        for _ in range(20):
            assert answer_to(port, b"\x16\x03\x01 hello\r\n\r\n").startswith(b"HTTP/1.1 400 ")
        long = HEAD + b"X-Long: " + b"x" * 100_000
        assert answer_to(port, long).startswith(b"HTTP/1.1 400 "), "headers without end"
    assert [record.getMessage() for record in caplog.records] == ["no HTTP"]


def test_only_so_many_connections_are_open(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BoundedHttp, "most", 3)
    with listening(receiver_on(engine)) as port, contextlib.ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S))
        assert answer_to(port).startswith(b"HTTP/1.1 503 ")


def test_what_nobody_foresaw_is_503_and_told(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_body: bytes) -> None:
        raise ZeroDivisionError("John Doe")

    monkeypatch.setattr(module, "decode_event", broken)
    monkeypatch.setattr(logging.getLogger("guidelint"), "propagate", True)
    (answer,) = posted(receiver_on(engine), json.dumps(EVENT).encode())
    assert answer.status_code == 503
    assert [record.getMessage() for record in caplog.records if record.exc_info] == ["a request failed"]


def test_a_store_that_fails_in_any_way_is_503(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> list[int]:
        raise OSError("the disk is gone")

    monkeypatch.setattr(inbox_module, "put", broken)
    (answer,) = posted(receiver_on(engine), json.dumps(EVENT).encode())
    assert answer.status_code == 503


def test_wrong_secrets_are_told_and_do_not_fill_the_log(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(logging.getLogger("guidelint"), "propagate", True)
    answers = posted(receiver_on(engine), *[b"{}"] * 50, headers={SECRET_HEADER: "wrong"})
    assert {answer.status_code for answer in answers} == {401}
    told = [record.getMessage() for record in caplog.records]
    assert told == ["deliveries with a wrong secret were refused"]


def test_what_was_not_said_is_counted(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(logging.getLogger("guidelint"), "propagate", True)
    line = Sometimes("it happened", logging.WARNING, pause_s=PATIENCE_S)
    for _ in range(7):
        line.note()
    line.pause_s = 0.0
    line.note()
    facts: list[dict[str, object]] = [record.__dict__["facts"] for record in caplog.records]
    assert [fact["times"] for fact in facts] == [1, 7]
