"""How a request proves who sends it: a legacy token, or a personal access token that is traded for short-lived ones."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpx
import msgspec

from guidelint.labelstudio.connection.answers import Answer, problem_of
from guidelint.labelstudio.connection.errors import NotMine, Refused, Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

ACCESS_LIFETIME_S = 300.0
"""How long Label Studio accepts an access token."""
EARLY_S = 30.0
"""An access token is renewed this long before it ends."""


class _Access(msgspec.Struct):
    access: str


class LegacyToken(httpx.Auth):
    """``Authorization: Token <40 hex>``; an organisation must have switched legacy tokens on."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the header."""
        request.headers["Authorization"] = f"Token {self._token}"
        yield request


class PersonalAccessToken(httpx.Auth):
    """A JWT refresh token, traded at ``/api/token/refresh/`` for access tokens that live 300 s."""

    def __init__(self, base_url: str, token: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._refresh_url = f"{base_url}/api/token/refresh/"
        self._token = token
        self._clock = clock
        self._access = ""
        self._good_until = float("-inf")

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send with a valid access token; when it is refused all the same, renew it once."""
        if self._clock() >= self._good_until:
            self._take((yield self._renewal()))
        response = yield self._signed(request)
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            self._take((yield self._renewal()))
            yield self._signed(request)

    def _renewal(self) -> httpx.Request:
        return httpx.Request("POST", self._refresh_url, json={"refresh": self._token})

    def _signed(self, request: httpx.Request) -> httpx.Request:
        request.headers["Authorization"] = f"Bearer {self._access}"
        return request

    def _take(self, response: httpx.Response) -> None:
        """Take the access token. Raises NotMine when ours is not accepted, Unreachable when Label Studio is away."""
        path = response.request.url.path
        problem = problem_of(
            Answer("POST", path, response.status_code, response.read(), response.headers.get("location", ""))
        )
        if isinstance(problem, NotMine | Refused):
            raise NotMine("Label Studio does not accept the personal access token", response.status_code) from problem
        if problem is not None:
            raise Unreachable(f"renewing the access token: {problem}") from problem
        try:
            self._access = msgspec.json.decode(response.content, type=_Access).access
        except msgspec.DecodeError as error:
            raise Unreachable("the answer to renewing the access token is not what Label Studio sends") from error
        self._good_until = self._clock() + ACCESS_LIFETIME_S - EARLY_S


def auth_for(base_url: str, token: str) -> httpx.Auth:
    """Choose the right kind for a token: personal access tokens are JWTs, three parts joined by dots."""
    return PersonalAccessToken(base_url, token) if token.count(".") == 2 else LegacyToken(token)  # noqa: PLR2004 - parts of a JWT
