"""One connection to one Label Studio: bounded requests, answers judged, absence proved, the token read again."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec

from guidelint.imaging.addresses.body import unpacked
from guidelint.labelstudio.connection.answers import NOT_ITSELF, Answer, problem_of
from guidelint.labelstudio.connection.auth import auth_for
from guidelint.labelstudio.connection.errors import Gone, NotMine, NotThere, Refused, TooLong, TooSlow, Unreachable
from guidelint.labelstudio.connection.request_count import RequestCount
from guidelint.labelstudio.connection.server_clock import ServerClock

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping

CONNECT_TIMEOUT_S = 3.0
READ_TIMEOUT_S = 20.0
ANSWER_LIMIT_BYTES = 256 * 1024 * 1024
ANSWER_S = 300.0
"""Longest time in which an answer may come, however steadily."""
FILE_S = 60.0
"""The same of a file."""
NO_FILE_BYTES = 2**20
"""So much is read of an answer that is no file."""
WHOAMI = "/api/current-user/whoami"
Read = TypeVar("Read")


class _Account(msgspec.Struct):
    """What only a Label Studio that knows us answers."""

    id: int
    email: str
    active_organization: int | None


class _Identified(msgspec.Struct):
    id: int


class _Listed(msgspec.Struct):
    tasks: list[msgspec.Raw]
    total: int


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    path: str
    params: Mapping[str, str] | None = None
    content: object = None
    most_bytes: int | None = None


class Connection:
    """Calls one Label Studio. ``token_again`` gives the token as it is now, for instance from its file."""

    def __init__(
        self,
        base_url: str,
        token: str,
        transport: httpx.BaseTransport | None = None,
        token_again: Callable[[], str] | None = None,
    ) -> None:
        self._base_url = base_url
        self._token = token
        self._token_again = token_again
        self.clock = ServerClock()
        """What time it is there."""
        self.sent = RequestCount()
        """What was asked of it."""
        self._http = httpx.Client(
            base_url=base_url,
            auth=auth_for(base_url, token),
            timeout=httpx.Timeout(READ_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
            transport=transport,
            follow_redirects=False,
            event_hooks={"response": [self.clock.hear]},
        )

    def close(self) -> None:
        """Let the connections go."""
        self._http.close()

    def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        content: object = None,
        most_bytes: int | None = None,
    ) -> bytes:
        """Send one request; its answer. Raises Gone, Unreachable, NotMine or Refused.

        ``most_bytes``: a longer answer is not read to its end, which raises TooLong; None: what is bearable at all.
        Gone is only said when Label Studio answers for us as itself between two answers that it is not there.
        """
        request = _Request(method, path, params, content, most_bytes)
        try:
            return self._admitted(request)
        except NotThere:
            self.prove_that_it_is_there()
        try:
            return self._admitted(request)
        except NotThere as again:
            raise Gone(str(again)) from again

    def file(self, path: str, params: Mapping[str, str] | None, most_bytes: int) -> Generator[bytes, None, str]:
        """Give a file piece by piece, or return the address at which it is instead.

        Raises NotThere (which proves nothing of other files), Unreachable, NotMine, Refused, BodyError.
        """
        used = self._token
        try:
            return (yield from self._file_once(path, params, most_bytes))
        except NotMine:
            if not self._has_other_token_than(used):
                raise
        return (yield from self._file_once(path, params, most_bytes))

    def prove_that_it_is_there(self) -> None:
        """Raise NotMine when the account could see nothing, Unreachable when this is no Label Studio that knows us."""
        account = decoded(self._admitted(_Request("GET", WHOAMI)), _Account)
        if account.active_organization is None:
            raise NotMine("the account of the token belongs to no organisation, and so sees no project", 404)

    def _admitted(self, request: _Request) -> bytes:
        """Send it; again when the token was replaced meanwhile."""
        used = self._token
        try:
            return self._once(request)
        except NotMine:
            if not self._has_other_token_than(used):
                raise
            return self._once(request)

    def _has_other_token_than(self, used: str) -> bool:
        """Read the token again; whether it is another one now, perhaps for another thread was faster."""
        token = self._token if self._token_again is None else self._token_again()
        if token != self._token:
            self._token = token
            self._http.auth = auth_for(self._base_url, token)
        return token != used

    def _file_once(self, path: str, params: Mapping[str, str] | None, most_bytes: int) -> Generator[bytes, None, str]:
        bare = path.partition("?")[0]
        self.sent.one("GET", bare)
        asking = self._http.stream("GET", path, params=params, headers={"Accept-Encoding": "identity"})
        with _reaching(f"GET {bare}"), asking as response:
            location = str(response.headers.get("location", ""))
            if response.status_code == HTTPStatus.OK:
                packed = response.headers.get("content-encoding", "")
                yield from unpacked(_in_time(response.iter_raw(), bare, FILE_S), packed, most_bytes)
                return ""
            if response.status_code == HTTPStatus.NOT_FOUND:
                raise NotThere(f"GET {bare}: not there (404)")
            if response.has_redirect_location and not self._is_own(location):
                return location
            answer = Answer("GET", bare, response.status_code, _bounded(response, NO_FILE_BYTES), location)
        raise problem_of(answer) or Unreachable(
            f"GET {bare}: answered with {answer.status} in place of a file. {NOT_ITSELF}"
        )

    def _is_own(self, location: str) -> bool:
        """Whether an address is Label Studio's own, such as that of its page to log in."""
        try:
            return urlsplit(urljoin(self._base_url, location))[:2] == urlsplit(self._base_url)[:2]
        except ValueError:
            return False

    def _once(self, request: _Request) -> bytes:
        method, path = request.method, request.path
        self.sent.one(method, path)
        body = None if request.content is None else msgspec.json.encode(request.content)
        headers = {"Content-Type": "application/json"} if body is not None else {}
        with (
            _reaching(f"{method} {path}"),
            self._http.stream(method, path, params=request.params, content=body, headers=headers) as response,
        ):
            location = response.headers.get("location", "")
            answer = Answer(
                method,
                path,
                response.status_code,
                _bounded(response, request.most_bytes or ANSWER_LIMIT_BYTES),
                location,
            )
        problem = problem_of(answer)
        if problem is not None:
            raise problem
        return answer.body


def decoded(body: bytes | msgspec.Raw, kind: type[Read]) -> Read:
    """Read an answer, or a part of one that was read (Raw).

    Raises Refused when Label Studio sent it in a form that is not known here, Unreachable when something else did.
    """
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        if isinstance(body, msgspec.Raw) or _names_what_it_is(body):
            raise Refused(f"the answer is not what Label Studio sends: {error}", 200) from error
        raise Unreachable(f"the answer is not what Label Studio sends: {error}. {NOT_ITSELF}") from error


def _names_what_it_is(body: bytes) -> bool:
    """Whether it is whole JSON of a thing or of a listing: of Label Studio, though in a form we do not know."""
    for kind in (_Identified, _Listed):
        with suppress(msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            msgspec.json.decode(body, type=kind)
            return True
    return False


@contextmanager
def _reaching(request: str) -> Generator[None]:
    try:
        yield
    except httpx.ReadTimeout as error:
        raise TooSlow(f"{request}: nothing came for {READ_TIMEOUT_S:.0f} s: {error}") from error
    except httpx.LocalProtocolError as error:  # what it says quotes the header that it minds: the token
        raise Unreachable(f"{request}: cannot be sent. Is the token one word, as Label Studio shows it?") from error
    except (httpx.RequestError, httpx.InvalidURL) as error:
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise Unreachable(f"{request}: Label Studio does not answer as it should ({said})") from error


def _bounded(response: httpx.Response, most_bytes: int) -> bytes:
    parts: list[bytes] = []
    size, path = 0, response.request.url.path
    for part in _in_time(response.iter_bytes(), path, ANSWER_S):
        size += len(part)
        if size > most_bytes:
            raise TooLong(f"{path} answers with more than {most_bytes} bytes", 413)
        parts.append(part)
    return b"".join(parts)


def _in_time(parts: Iterable[bytes], path: str, within_s: float) -> Iterator[bytes]:
    until = monotonic() + within_s
    for part in parts:
        if monotonic() > until:
            raise TooSlow(f"{path} has not answered in full within {within_s:.0f} s")
        yield part
