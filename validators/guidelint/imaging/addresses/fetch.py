"""Fetching a file by an address that others wrote."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin

import httpcore
import httpx

from guidelint.imaging.addresses.address import AddressError, read_address
from guidelint.imaging.addresses.allowed import Allowed
from guidelint.imaging.addresses.body import BodyError, unpacked
from guidelint.imaging.addresses.network import GuardedNetwork, by_dns

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Generator, Iterator

    from guidelint.imaging.addresses.address import Address
    from guidelint.imaging.addresses.allowed import LookUp

MOST_BYTES: Final = 2**28
"""Largest file that is fetched: tomosynthesis of a breast has as many."""
WITHIN_S: Final = 60.0
"""So long all of it may take, however steadily it comes."""
WAITS_S: Final = 10.0
"""So long nothing may come."""
MOST_REDIRECTS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_CLOSED: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_SAID: Final = 120
"""Letters of a reason."""


@cache
def usual_certificates() -> ssl.SSLContext:
    """Trust what this machine's variables SSL_CERT_FILE and SSL_CERT_DIR name, else what everybody does."""
    return httpx.create_ssl_context()


class FetchError(ValueError):
    """What could not be fetched now, and perhaps can another time; the message is the reason and the remedy."""


class Bounds(NamedTuple):
    """How much is taken, and how long it may last."""

    most_bytes: int = MOST_BYTES
    within_s: float = WITHIN_S
    waits_s: float = WAITS_S


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches from places that were named, as nobody in particular: without credentials, cookies or proxies."""

    allowed: Allowed = field(default_factory=Allowed)
    bounds: Bounds = field(default_factory=Bounds)
    look_up: LookUp = by_dns
    clock: Callable[[], float] = monotonic
    certificates: ssl.SSLContext = field(default_factory=usual_certificates)

    def fetch(self, text: str) -> Iterator[bytes]:
        """Give a file piece by piece. Raises AddressError, BodyError, FetchError."""
        until = self.clock() + self.bounds.within_s
        address = read_address(text)
        for _ in range(1 + MOST_REDIRECTS):
            self.allowed.refuse_elsewhere(address)
            elsewhere = yield from self._asked(address, until)
            if not elsewhere:
                return
            address = redirected(str(address), address.shown, elsewhere)
        raise FetchError(f"{address.shown} leads on and on, more than {MOST_REDIRECTS} times. Give where it ends")

    def _asked(self, address: Address, until: float) -> Generator[bytes, None, str]:
        """Ask once; the body, or where it is instead."""
        network = GuardedNetwork(self.allowed, self.look_up, until, self.clock)
        pool = httpcore.ConnectionPool(ssl_context=self.certificates, network_backend=network, http2=False)
        waits = dict.fromkeys(("connect", "read", "write", "pool"), self.bounds.waits_s)
        asking = pool.stream("GET", _url(address), headers=_headers(address), extensions={"timeout": waits})
        with self._telling(address), pool, asking as answer:
            told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
            if answer.status in _REDIRECTS and "location" in told:
                return told["location"]
            _refuse_status(address, answer.status)
            packed = told.get("content-encoding", "")
            yield from unpacked(answer.iter_stream(), packed, self.bounds.most_bytes)
        return ""

    @contextmanager
    def _telling(self, address: Address) -> Generator[None]:
        """Say in words what goes wrong."""
        try:
            yield
        except httpcore.TimeoutException as error:
            _, within_s, waits_s = self.bounds
            limits = f"nothing came for {waits_s:g} s, or not all of it within {within_s:g} s"
            raise FetchError(f"{address.shown} is too slow: {limits}. Is it there?") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise FetchError(f"{address.shown} does not answer as it should ({_why(error)}). Is it there?") from error
        except BodyError as error:
            raise BodyError(f"{address.shown} is not read: {error}") from error


def redirected(base: str, shown_base: str, elsewhere: str) -> Address:
    """Read where an answer leads to. Raises AddressError: also where it would go on without encryption."""
    try:
        address = read_address(urljoin(base, elsewhere))
    except ValueError as error:
        reason = str(error) if isinstance(error, AddressError) else "what it gives is no address"
        raise AddressError(f"{shown_base} leads elsewhere: {reason}") from error
    if base.lower().startswith("https:") and address.origin.scheme != "https":
        remedy = "Let it lead to an address with https"
        raise AddressError(f"{shown_base} leads to {address.shown}, which is not encrypted. {remedy}")
    return address


def _url(address: Address) -> httpcore.URL:
    """Give the parts as they were read, so that nothing reads them otherwise."""
    scheme, host, port = address.origin
    return httpcore.URL(scheme=scheme.encode(), host=host.encode(), port=port, target=address.target.encode())


def _headers(address: Address) -> list[tuple[bytes | str, bytes | str]]:
    host = str(address.origin).partition("://")[2]
    return [("Host", host), ("Accept-Encoding", "identity"), ("User-Agent", "guidelint")]


def _refuse_status(address: Address, status: int) -> None:
    if status in _GONE:
        raise FetchError(f"{address.shown} is not there ({status}). Look whether its address is right")
    if status in _CLOSED:
        raise FetchError(f"{address.shown} is not given to everybody ({status}). Let guidelint read it without a login")
    if status != HTTPStatus.OK:
        raise FetchError(f"{address.shown} answers {status} in place of a file. Try again, or ask whoever runs it")


def _why(error: Exception) -> str:
    """Say it without what the server sent."""
    told = str(error) if isinstance(error, httpcore.ConnectError) else type(error).__name__
    return " ".join(told.split())[:_SAID]
