"""One connection to one Label Studio: bounded requests, answers judged, absence proved, the token read again."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

import httpx
import msgspec

from guidelint.labelstudio.answers import NOT_ITSELF, Answer, problem_of
from guidelint.labelstudio.auth import auth_for
from guidelint.labelstudio.errors import Gone, NotMine, NotThere, Refused, Unreachable
from guidelint.labelstudio.request_count import RequestCount

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

CONNECT_TIMEOUT_S = 3.0
READ_TIMEOUT_S = 20.0
ANSWER_LIMIT_BYTES = 256 * 1024 * 1024
ANSWER_S = 300.0
"""Longest time in which an answer may come, however steadily."""
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
        self.sent = RequestCount()
        """What was asked of it."""
        self._http = httpx.Client(
            base_url=base_url,
            auth=auth_for(base_url, token),
            timeout=httpx.Timeout(READ_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
            transport=transport,
            follow_redirects=False,
        )

    def close(self) -> None:
        """Let the connections go."""
        self._http.close()

    def call(self, method: str, path: str, *, params: Mapping[str, str] | None = None, content: object = None) -> bytes:
        """Send one request; its answer. Raises Gone, Unreachable, NotMine or Refused.

        Gone is only said when Label Studio answers for us as itself between two answers that it is not there.
        """
        try:
            return self._admitted(method, path, params, content)
        except NotThere:
            self.prove_that_it_is_there()
        try:
            return self._admitted(method, path, params, content)
        except NotThere as again:
            raise Gone(str(again)) from again

    def prove_that_it_is_there(self) -> None:
        """Raise NotMine when the account could see nothing, Unreachable when this is no Label Studio that knows us."""
        account = decoded(self._admitted("GET", WHOAMI, None, None), _Account)
        if account.active_organization is None:
            raise NotMine("the account of the token belongs to no organisation, and so sees no project", 404)

    def _admitted(self, method: str, path: str, params: Mapping[str, str] | None, content: object) -> bytes:
        """Send it; again when the token was replaced meanwhile."""
        used = self._token
        try:
            return self._once(method, path, params, content)
        except NotMine:
            if not self._has_other_token_than(used):
                raise
            return self._once(method, path, params, content)

    def _has_other_token_than(self, used: str) -> bool:
        """Read the token again; whether it is another one now, perhaps for another thread was faster."""
        token = self._token if self._token_again is None else self._token_again()
        if token != self._token:
            self._token = token
            self._http.auth = auth_for(self._base_url, token)
        return token != used

    def _once(self, method: str, path: str, params: Mapping[str, str] | None, content: object) -> bytes:
        self.sent.one(method, path)
        body = None if content is None else msgspec.json.encode(content)
        headers = {"Content-Type": "application/json"} if body is not None else {}
        with (
            _reaching(f"{method} {path}"),
            self._http.stream(method, path, params=params, content=body, headers=headers) as response,
        ):
            location = response.headers.get("location", "")
            answer = Answer(method, path, response.status_code, _bounded(response), location)
        problem = problem_of(answer)
        if problem is not None:
            raise problem
        return answer.body


def decoded(body: bytes | msgspec.Raw, kind: type[Read]) -> Read:
    """Read an answer. Raises Refused when Label Studio sent it in a form unknown here, Unreachable when it did not."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        if _names_what_it_is(body):
            raise Refused(f"the answer is not what Label Studio sends: {error}", 200) from error
        raise Unreachable(f"the answer is not what Label Studio sends: {error}. {NOT_ITSELF}") from error


def _names_what_it_is(body: bytes | msgspec.Raw) -> bool:
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
    except (httpx.RequestError, httpx.InvalidURL) as error:
        raise Unreachable(f"{request}: {type(error).__name__}: {error}") from error


def _bounded(response: httpx.Response) -> bytes:
    parts: list[bytes] = []
    size, until = 0, monotonic() + ANSWER_S
    for part in response.iter_bytes():
        size += len(part)
        if size > ANSWER_LIMIT_BYTES:
            raise Refused(f"{response.request.url.path} answers with more than {ANSWER_LIMIT_BYTES} bytes", 413)
        if monotonic() > until:
            raise Unreachable(f"{response.request.url.path} has not answered in full within {ANSWER_S:.0f} s")
        parts.append(part)
    return b"".join(parts)
