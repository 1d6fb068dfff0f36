"""What an answer means: done, or one of four ways of not being done. Judged from the answer alone, without effects.

*Away*: whatever did not come from Label Studio itself, and what it says of itself and not of the request (5xx, 429).
*Not mine*: credentials or permissions (401, 403, the page to log in).
*Not there*: a 404 in its own form. A proxy, a wrong address and another server say 404 as well, but not like this; and
Label Studio says it of a project of another organisation, or to an account without one, so that it is no proof yet.
*Refused*: any other no in its own form.

Measured on Label Studio 1.23.2: every error that its API itself raises is a JSON object with the ``status_code`` once
more, the ``version`` and the ``detail``; addresses that its API does not have, and exports of a project that is not
there, are answered with a page. Deleting is answered with 204, every other success with JSON. A request without a valid
token gets 401, never the page to log in, which a proxy for single sign-on sends.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from guidelint.labelstudio.connection.error_words import words_of
from guidelint.labelstudio.connection.errors import NotMine, NotThere, Refused, Unreachable

if TYPE_CHECKING:
    from guidelint.labelstudio.connection.errors import LabelStudioError

TRY_LATER = frozenset({408, 425, 429})
NOT_MINE = frozenset({401, 403})
NOT_ITSELF = "Is it down for maintenance, and is the address right?"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one request."""

    method: str
    path: str
    status: int
    body: bytes
    location: str = ""
    """Where it leads, for a redirect."""


class _OwnError(msgspec.Struct):
    """The form of every error that Label Studio's API raises."""

    status_code: int
    version: str
    detail: object


def problem_of(answer: Answer) -> LabelStudioError | None:
    """Say what keeps an answer from being the one that was asked for; None: nothing."""
    status = answer.status
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return None if _is_success(answer) else _not_itself(answer)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return _led_elsewhere(answer)
    if status in NOT_MINE:
        return NotMine(
            f"{_request(answer)}: Label Studio does not accept the token ({status}): {_said(answer)}", status
        )
    if status in TRY_LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Unreachable(f"{_request(answer)}: answered with {status}")
    return _said_no(answer) if is_own_error(answer) else _not_itself(answer)


def is_own_error(answer: Answer) -> bool:
    """Whether an error was raised by Label Studio's own API."""
    try:
        return msgspec.json.decode(answer.body, type=_OwnError).status_code == answer.status
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return False


def _is_success(answer: Answer) -> bool:
    if answer.method == "DELETE":
        return answer.status == HTTPStatus.NO_CONTENT
    return answer.body.lstrip()[:1] in {b"{", b"["}


def _said_no(answer: Answer) -> LabelStudioError:
    if answer.status == HTTPStatus.NOT_FOUND:
        return NotThere(f"{_request(answer)}: not there (404): {_said(answer)}")
    return Refused(f"{_request(answer)}: Label Studio refuses ({answer.status}): {_said(answer)}", answer.status)


def _not_itself(answer: Answer) -> Unreachable:
    return Unreachable(
        f"{_request(answer)}: something else answers in Label Studio's place ({answer.status}). {NOT_ITSELF}"
    )


def _led_elsewhere(answer: Answer) -> LabelStudioError:
    """Judge a redirect; none is followed, for it would carry the token along."""
    request, place = _request(answer), urlsplit(answer.location)
    if "login" in place.path.lower():
        return NotMine(f"{request}: led to the page to log in ({answer.status})", answer.status)
    where = place.hostname or "another path"
    return Unreachable(f"{request}: led to {where} ({answer.status}), which is not followed. Is the address right?")


def _request(answer: Answer) -> str:
    return f"{answer.method} {answer.path}"


def _said(answer: Answer) -> str:
    return words_of(answer.body)[:300] if is_own_error(answer) else "no explanation"
