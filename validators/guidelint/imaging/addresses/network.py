"""Connections that lead where they were allowed to, and end in time."""

from __future__ import annotations

import socket
from time import monotonic
from typing import TYPE_CHECKING, Any

import httpcore

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable

    from guidelint.imaging.addresses.allowed import Allowed, LookUp


def by_dns(host: str, port: int) -> tuple[str, ...]:
    """Look up a host as this machine does. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(told[0]) for *_, told in found))


class GuardedNetwork(httpcore.NetworkBackend):
    """Looks a host up once, and connects to the very address that was looked at: another answer later leads nowhere."""

    def __init__(self, allowed: Allowed, look_up: LookUp, until: float, clock: Callable[[], float] = monotonic) -> None:
        """``until``: when all of it must be over, by the clock."""
        self._allowed = allowed
        self._look_up = look_up
        self._left: Callable[[], float] = lambda: until - clock()
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers, once all of them were found to be allowed."""
        numbers = self._numbers(host, port)
        for tried, number in enumerate(numbers, start=1):
            try:
                within = _within(timeout, self._left())
                stream = self._network.connect_tcp(number, port, within, local_address, socket_options)
                return TimedStream(stream, self._left)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if tried == len(numbers):
                    raise
        raise httpcore.ConnectError("it has no address")

    def _numbers(self, host: str, port: int) -> tuple[str, ...]:
        try:
            return self._allowed.numbers(host, port, self._look_up)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError("no address is known of it") from error


class TimedStream(httpcore.NetworkStream):
    """A connection on which everything together may take so long, however little comes at a time."""

    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[], float]) -> None:
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what comes."""
        return self._stream.read(max_bytes, _within(timeout, self._left()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it."""
        self._stream.write(buffer, _within(timeout, self._left()))

    def close(self) -> None:
        """Let it go."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on encrypted; the certificate must be of the host that was named."""
        within = _within(timeout, self._left())
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, within), self._left)

    def get_extra_info(self, info: str) -> Any:
        """Tell of the connection."""
        return self._stream.get_extra_info(info)


def _within(timeout: float | None, left: float) -> float:
    if left <= 0:
        raise httpcore.ReadTimeout("it took too long altogether")
    return left if timeout is None else min(timeout, left)
