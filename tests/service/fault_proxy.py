"""What stands between a client and Label Studio may answer in its place: a proxy that does so on demand.

In the same process, for cheap tests::

    faults = Faults()
    client = TaskClient(SERVER, "token-1", faulty(transport(fake), faults))
    faults.begin("404 html")                         # every request, from now on
    faults.begin("hang", "/api/tasks/5/")            # only paths that begin so; the latest that fits counts
    faults.begin("500", times=2)                     # the next two requests, then none
    faults.end()                                     # all is well again
    assert faults.met["404 html"] == 3               # so many requests met it

On a port, in front of the fake (``app(fake)``) or of a real Label Studio::

    with fault_proxy(label_studio.url) as proxy:     # proxy.url takes the place of label_studio.url
        proxy.faults.begin("302 login")

Where the faults are commanded from another process, ``PUT /faults`` on the proxy with ``{"fault": "404 html"}``, also
with ``path`` and ``times``, begins one; ``DELETE /faults`` ends all.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

import httpx
import msgspec
from tests.service.processes import free_port, web_server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator, MutableMapping

Fault = Literal[
    "404 plain",
    "404 html",
    "404 other json",
    "404 as Label Studio",
    "200 html",
    "200 empty",
    "302 login",
    "302 elsewhere",
    "401",
    "403",
    "403 html",
    "429",
    "500",
    "502 html",
    "truncated",
    "hang",
    "drop",
]
FAULTS: tuple[Fault, ...] = get_args(Fault)
Answer = tuple[int, dict[str, str], bytes]
HTML, JSON = {"content-type": "text/html"}, {"content-type": "application/json"}
PAGE = b"<html><head><title>%s</title></head><body><center><h1>%s</h1></center><hr>nginx</body></html>"
ANSWERS: dict[Fault, Answer] = {
    "404 plain": (404, {"content-type": "text/plain; charset=utf-8"}, b"404 page not found\n"),
    "404 html": (404, HTML, PAGE % ((b"404 Not Found",) * 2)),
    "404 other json": (404, JSON, b'{"error": "no such route"}'),
    "404 as Label Studio": (
        404,
        JSON,
        b'{"id":"0b5e","status_code":404,"version":"1.23.2","detail":"No Task matches the given query."}',
    ),
    "200 html": (200, HTML, PAGE % ((b"We will be back soon",) * 2)),
    "200 empty": (200, {}, b""),
    "302 login": (302, HTML | {"location": "/user/login/?next=/"}, b""),
    "302 elsewhere": (302, HTML | {"location": "http://elsewhere.test/"}, b""),
    "401": (401, JSON, b'{"detail": "Invalid token."}'),
    "403": (403, JSON, b'{"detail": "You do not have permission to perform this action."}'),
    "403 html": (403, HTML, PAGE % ((b"403 Forbidden",) * 2)),
    "429": (429, {"content-type": "text/plain", "retry-after": "1"}, b"slow down"),
    "500": (500, JSON, b'{"detail": "database is locked"}'),
    "502 html": (502, HTML, PAGE % ((b"502 Bad Gateway",) * 2)),
}
"""Faults that are answers; the others break the connection."""
NOT_PASSED_ON = {"connection", "content-length", "content-encoding", "host", "keep-alive", "transfer-encoding"}


@dataclass
class Faults:
    """What goes wrong now, and how often it did."""

    met: Counter[Fault] = field(default_factory=Counter[Fault])
    _begun: list[tuple[str, Fault, list[int]]] = field(default_factory=list[tuple[str, Fault, list[int]]])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, fault: Fault, path: str = "/", times: int = 1_000_000_000) -> None:
        """Answer requests to paths that begin so with a fault, so many times."""
        with self._lock:
            self._begun.insert(0, (path, fault, [times]))

    def end(self) -> None:
        """Let everything pass again."""
        with self._lock:
            self._begun.clear()

    def meet(self, path: str) -> Fault | None:
        """Say what befalls a request; None: it passes."""
        with self._lock:
            for begin, fault, left in self._begun:
                if path.startswith(begin) and left[0]:
                    left[0] -= 1
                    self.met[fault] += 1
                    return fault
        return None

    def lasts(self, path: str) -> bool:
        """Whether anything befalls a path at all, without its being counted."""
        with self._lock:
            return any(path.startswith(begin) and left[0] for begin, _, left in self._begun)


class _Faulty(httpx.BaseTransport):
    def __init__(self, inner: httpx.BaseTransport, faults: Faults) -> None:
        self._inner = inner
        self._faults = faults

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        match self._faults.meet(request.url.path):
            case None:
                return self._inner.handle_request(request)
            case "hang":
                raise httpx.ReadTimeout("timed out", request=request)
            case "drop":
                raise httpx.RemoteProtocolError("Server disconnected without sending a response.", request=request)
            case "truncated":
                passed = self._inner.handle_request(request)
                passed.read()
                body = passed.content
                return httpx.Response(passed.status_code, content=body[: len(body) // 2], headers=JSON)
            case fault:
                status, headers, body = ANSWERS[fault]
                return httpx.Response(status, headers=headers, content=body)

    def close(self) -> None:
        self._inner.close()


def faulty(inner: httpx.BaseTransport, faults: Faults) -> httpx.BaseTransport:
    """Put faults in front of a transport."""
    return _Faulty(inner, faults)


@dataclass
class FaultProxy:
    """An ASGI application that passes requests on, or does what the faults say."""

    upstream: str
    faults: Faults = field(default_factory=Faults)
    url: str = ""
    """Where it listens, once it does."""
    _http: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(timeout=300))

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
    ) -> None:
        """Take one request."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        body = await _whole(receive)
        if scope["path"] == "/faults":
            await _send(send, self._command(scope["method"], body))
            return
        match self.faults.meet(scope["path"]):
            case None:
                await _send(send, await self._passed_on(scope, body))
            case "hang":
                while self.faults.lasts(scope["path"]):  # noqa: ASYNC110 - begun and ended from another thread
                    await asyncio.sleep(0.1)
                _drop(send)
            case "drop":
                _drop(send)
            case "truncated":
                status, headers, whole = await self._passed_on(scope, body)
                await _send(send, (status, headers, whole), sent=len(whole) // 2)
            case fault:
                await _send(send, ANSWERS[fault])

    async def _live(self, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
        while True:
            phase = (await receive())["type"].removeprefix("lifespan.")
            if phase == "shutdown":
                await self._http.aclose()
            await send({"type": f"lifespan.{phase}.complete"})
            if phase == "shutdown":
                return

    def _command(self, method: str, body: bytes) -> Answer:
        if method == "DELETE":
            self.faults.end()
        else:
            self.faults.begin(**msgspec.json.decode(body))
        return 204, {}, b""

    async def _passed_on(self, scope: MutableMapping[str, Any], body: bytes) -> Answer:
        given = [(name.decode(), value.decode()) for name, value in scope["headers"]]
        headers = [(name, value) for name, value in given if name not in NOT_PASSED_ON]
        path = scope["raw_path"].decode() + ("?" + scope["query_string"].decode() if scope["query_string"] else "")
        try:
            answer = await self._http.request(scope["method"], self.upstream + path, headers=headers, content=body)
        except httpx.TransportError:
            return ANSWERS["502 html"]
        kept = {name: value for name, value in answer.headers.items() if name not in NOT_PASSED_ON}
        return answer.status_code, kept, answer.content


@contextlib.contextmanager
def fault_proxy(upstream: str, port: int = 0) -> Generator[FaultProxy]:
    """Serve a proxy in front of an address, from a thread of this process."""
    port = port or free_port()
    proxy = FaultProxy(upstream, url=f"http://127.0.0.1:{port}")
    with web_server(proxy, port):
        try:
            yield proxy
        finally:
            proxy.faults.end()


async def _whole(receive: Callable[[], Awaitable[Any]]) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def _send(send: Callable[[Any], Awaitable[None]], answer: Answer, sent: int | None = None) -> None:
    """Send an answer; with ``sent`` only so many bytes of what its header promises."""
    status, headers, body = answer
    promised = {} if status in {204, 304} else {"content-length": str(len(body))}
    lines = [(name.encode(), value.encode()) for name, value in (headers | promised).items()]
    await send({"type": "http.response.start", "status": status, "headers": lines})
    if sent is None:
        await send({"type": "http.response.body", "body": body})
        return
    await send({"type": "http.response.body", "body": body[:sent], "more_body": True})
    _drop(send)


def _drop(send: Any) -> None:
    """Cut the connection; uvicorn offers no other way."""
    send.__self__.transport.close()
