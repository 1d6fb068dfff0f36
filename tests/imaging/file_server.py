"""A real HTTP server within the test, which answers as each test wishes."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from guidelint.imaging.addresses.allowed import Allowed, network_of, place_at

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from guidelint.imaging.addresses.allowed import LookUp

    Answer = Callable[["Asked"], None]

INSIDE = (network_of("127.0.0.0/8"),)


class Asked(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, FileServer)
        server.asked.append((self.path, dict(self.headers.items())))
        server.answers[self.path.partition("?")[0]](self)

    def do_HEAD(self) -> None:
        """Say that it is there, as storage says of a bucket."""
        self.head(200, Content_Length=0)

    def head(self, status: int = 200, **headers: object) -> None:
        """Send status and headers, and close the connection after the body."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.flush()
        self.close_connection = True

    def give(self, body: bytes, status: int = 200, **headers: object) -> None:
        """Send a whole answer."""
        self.head(status, Content_Length=len(body), **headers)
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


class FileServer(ThreadingHTTPServer):
    """Listens on this machine."""

    daemon_threads = True

    def __init__(self, answers: dict[str, Answer]) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.answers = answers
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://pictures.example:{self.server_port}"

    @property
    def allowed(self) -> Allowed:
        return Allowed((place_at(self.url),), INSIDE)

    def handle_error(self, request: object, client_address: object) -> None:
        """Leave it to the test what became of a connection."""


def leading_to(*numbers: str) -> LookUp:
    """Let every name lead there."""

    def look_up(_host: str, _port: int) -> tuple[str, ...]:
        return numbers

    return look_up


here = leading_to("127.0.0.1")


@contextmanager
def serving(answers: dict[str, Answer]) -> Generator[FileServer]:
    """Serve until the block is left."""
    server = FileServer(answers)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
