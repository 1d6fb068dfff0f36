"""Links of the server: address, version, token, sign-up."""

from __future__ import annotations

import re
from http import HTTPStatus

import httpx
import msgspec

from guidelint.labelstudio.connection.auth import auth_for
from guidelint.labelstudio.connection.errors import LabelStudioError
from guidelint.labelstudio.doctor.link import Link, broken, fine, unclear
from guidelint.labelstudio.environment.environment import LABEL_STUDIO_VERSION

TIME_OUT_S = 10.0
OLDEST = (1, 13)
"""Before it, events and results look different."""
_HIDDEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class _Version(msgspec.Struct):
    release: str


def address_link(url: str) -> tuple[Link, str | None]:
    """Tell whether a Label Studio answers, and its version."""
    try:
        answer = httpx.get(f"{url}/api/version", timeout=TIME_OUT_S)
        release = msgspec.json.decode(answer.content, type=_Version).release
    except (httpx.TransportError, httpx.InvalidURL) as error:
        remedy = "Is Label Studio running, and are host and port right? Is a proxy or firewall in between?"
        return broken("address", f"{url} does not answer ({error})", remedy), None
    except (msgspec.DecodeError, httpx.DecodingError):
        remedy = "Give the address of Label Studio itself, with its path if it lies under one."
        return broken("address", f"{url} answers, but not like Label Studio", remedy), None
    return fine("address", f"{url} is a Label Studio"), release


def version_link(release: str) -> Link:
    """Compare the version with the one everything was tested against."""
    numbers = tuple(int(number) for number in re.findall(r"\d+", release)[:3])
    if release == LABEL_STUDIO_VERSION:
        return fine("version", release)
    if numbers < OLDEST:
        return broken("version", f"{release} is too old", f"Install label-studio=={LABEL_STUDIO_VERSION}.")
    said = f"{release}; guidelint is tested against {LABEL_STUDIO_VERSION}"
    return unclear("version", said, "It may well work: try a submission, and read the service's log.")


def token_link(url: str, token: str) -> Link:
    """Tell which kind of token it is and whether it is accepted."""
    from guidelint.labelstudio.connection.administration import check_token, refusal  # noqa: PLC0415 - loads the SDK

    try:
        check_token(token)
        with httpx.Client(base_url=url, auth=auth_for(url, token), timeout=TIME_OUT_S) as client:
            answer = client.get("/api/current-user/whoami")
        if answer.status_code != HTTPStatus.OK:
            return broken("token", *_split(str(refusal("the token", answer.status_code, answer.text))))
        who = str(answer.json().get("email", "?"))
    except LabelStudioError as error:
        return broken("token", *_split(str(error)))
    except httpx.TransportError as error:
        return broken("token", f"Label Studio did not answer ({error})", "Run the doctor again.")
    kind = "personal access token" if "." in token else "legacy token"
    return fine("token", f"{kind} of {who}")


def sign_up_link(url: str) -> Link:
    """Send an empty sign-up form without an invitation: a closed server refuses it, an open one finds it empty."""
    page = f"{url}/user/signup/"
    with httpx.Client(timeout=TIME_OUT_S) as session:
        try:
            hidden = _HIDDEN.search(session.get(page).text)
            answer = session.post(page, data={"csrfmiddlewaretoken": hidden[1] if hidden else ""})
        except httpx.TransportError as error:
            return unclear("sign-up", f"could not be tried ({error})", "Run the doctor again.")
    if answer.status_code == HTTPStatus.FORBIDDEN:
        return fine("sign-up", "by invitation only")
    return broken(
        "sign-up",
        "anybody who can open Label Studio can sign up, and every user may change every project",
        "Start Label Studio with LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK=true.",
    )


def _split(text: str) -> tuple[str, str]:
    """Cut what is wrong from what to do about it."""
    said, dot, remedy = text.partition(". ")
    return (said, remedy) if dot else (said, "Make a new token in Account & Settings.")
