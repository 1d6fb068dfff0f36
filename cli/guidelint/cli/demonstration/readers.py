"""Readers of the demonstration: real users of Label Studio, signed up through an invitation."""

from __future__ import annotations

import re
from dataclasses import dataclass

import httpx

PASSWORD = "reading-room-1"  # noqa: S105 - a loopback server that is gone when the demonstration ends


@dataclass(frozen=True, slots=True)
class Reader:
    """A user of the demonstration's Label Studio."""

    name: str
    email: str
    token: str


def join(url: str, invitation: str, name: str) -> Reader:
    """Sign up a reader as a person would; raises httpx.HTTPError or RuntimeError when Label Studio refuses."""
    email = f"{name}@example.org"
    page = f"/user/signup/?token={invitation}"
    with httpx.Client(base_url=url, timeout=30) as session:
        hidden = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', session.get(page).text)
        form = {
            "email": email,
            "password": PASSWORD,
            "how_find_us": "",
            "elaborate": "",
            "allow_newsletters": "",
            "csrfmiddlewaretoken": hidden[1] if hidden else "",
        }
        answer = session.post(page, data=form)
        if not answer.is_redirect:
            raise RuntimeError(f"Label Studio did not sign up {email}: it answered {answer.status_code}")
        token = session.get("/api/current-user/token").raise_for_status().json()["token"]
    return Reader(name, email, str(token))
