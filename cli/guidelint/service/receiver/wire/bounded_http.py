"""The wire of the receiver: as uvicorn's, with a bound on connections and on the time that headers may take.

A client that has sent the headers of a request is waited for by whoever answers it; one that has not, or that goes on
sending after it was answered, is cut off.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, ClassVar, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

from guidelint.service.log import Sometimes

if TYPE_CHECKING:
    import asyncio

    from uvicorn.protocols.http.h11_impl import RequestResponseCycle
    from uvicorn.server import ServerState

MOST_CONNECTIONS = 500
"""So many connections are open at once; one more is closed."""
HEADERS_WITHIN_S = 10.0
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\nconnection: close\r\n"
    b'content-length: 44\r\n\r\n{"detail":"too many connections are open"}\r\n'
)


class BoundedHttp(H11Protocol):
    """One connection."""

    within_s: ClassVar[float] = HEADERS_WITHIN_S
    most: ClassVar[int] = MOST_CONNECTIONS
    too_slow: ClassVar[Sometimes] = Sometimes("connections were cut off: their headers did not come", logging.WARNING)
    too_many: ClassVar[Sometimes] = Sometimes("connections were turned away: too many are open", logging.WARNING)
    no_http: ClassVar[Sometimes] = Sometimes("requests were refused: they were no HTTP", logging.WARNING)
    server_state: ServerState
    _cut: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take it, or turn it away when too many are open."""
        super().connection_made(transport)
        if len(self.connections) > self.most:
            self.too_many.note()
            transport.write(_FULL)
            transport.close()
            return
        self._wait_for_headers()

    def data_received(self, data: bytes) -> None:
        """Take bytes; the time runs while they make no request."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        if self._is_answering():
            self._stop_waiting()
        elif self._cut is None:
            self._wait_for_headers()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP."""
        self.no_http.note()
        super().send_400_response(msg)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _is_answering(self) -> bool:
        """Whether the headers of a request have come, and its answer has not gone out in full."""
        cycle = cast("RequestResponseCycle | None", self.cycle)  # uvicorn says that there always is one
        return cycle is not None and not cycle.response_complete

    def _wait_for_headers(self) -> None:
        self._cut = self.loop.call_later(self.within_s, self._cut_off)

    def _stop_waiting(self) -> None:
        if self._cut is not None:
            self._cut.cancel()
            self._cut = None

    def _cut_off(self) -> None:
        self._cut = None
        if not self.transport.is_closing():
            self.too_slow.note()
            self.transport.abort()
