"""A real Label Studio for a test: its address, its people and its API."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from guidelint.labelstudio.environment.server import RunningServer

PASSWORD = "reading-room-1"  # noqa: S105 - servers of tests, on loopback


@dataclass(frozen=True)
class Person:
    """A user of Label Studio with the means to act as that user."""

    id: int
    email: str
    password: str
    token: str
    api: httpx.Client


@dataclass
class LabelStudio:
    """One running server; `api` acts as the first user, the owner of the organisation."""

    server: RunningServer
    _clients: list[httpx.Client] = field(default_factory=list[httpx.Client])

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def token(self) -> str:
        """Legacy token of the first user, 40 hexadecimal digits."""
        return self.server.token

    @property
    def folder(self) -> Path:
        """Everything this server stores; files below it can be served as local files."""
        return self.server.folder

    @property
    def api(self) -> httpx.Client:
        return self.client(self.token)

    def client(self, token: str) -> httpx.Client:
        """An HTTP client that speaks for the owner of a legacy token."""
        return self._keep(httpx.Client(base_url=self.url, headers={"Authorization": f"Token {token}"}, timeout=300))

    def owner(self) -> Person:
        """The first user."""
        whoami = call(self.api, "GET", "/api/current-user/whoami")
        return Person(whoami["id"], self.server.email, self.server.password, self.token, self.api)

    def join(self, name: str) -> Person:
        """Sign up another user through an invitation, as a person would."""
        email = f"{name}@example.org"
        invitation = call(self.api, "GET", "/api/invite")["token"]
        page = f"/user/signup/?token={invitation}"
        session = self._signed(page, {"email": email, "how_find_us": "", "elaborate": "", "allow_newsletters": ""})
        whoami = session.get("/api/current-user/whoami").json()
        token = session.get("/api/current-user/token").json()["token"]
        return Person(whoami["id"], email, PASSWORD, token, self.client(token))

    def signed_in(self, person: Person | None = None) -> httpx.Client:
        """A browser-like session of a user, by default the first."""
        email, password = (person.email, person.password) if person else (self.server.email, self.server.password)
        return self._signed("/user/login/", {"email": email}, password=password)

    def personal_access_token(self) -> str:
        """A token of the new kind for the first user; Label Studio allows one per user."""
        session = self.signed_in()
        answer = session.post("/api/token/", headers={"X-CSRFToken": session.cookies["csrftoken"]})
        answer.raise_for_status()
        token: str = answer.json()["token"]
        return token

    def project(self, title: str, label_config: str, **settings: object) -> int:
        """Create a project; its id."""
        body = {"title": title, "label_config": label_config, **settings}
        number: int = call(self.api, "POST", "/api/projects/", body)["id"]
        return number

    def tasks(self, project: int, data: Sequence[Mapping[str, object]]) -> list[int]:
        """Import tasks; their ids in order."""
        call(self.api, "POST", f"/api/projects/{project}/import", [{"data": item} for item in data])
        listed = call(self.api, "GET", f"/api/tasks?project={project}&page_size=1000&fields=all")
        return sorted(task["id"] for task in listed["tasks"])[-len(data) :]

    def submit(
        self, task: int, result: Sequence[Mapping[str, object]], by: Person | None = None, **fields: object
    ) -> dict[str, Any]:
        """Submit an annotation; the annotation as Label Studio answers it."""
        api = by.api if by else self.api
        created: dict[str, Any] = call(
            api, "POST", f"/api/tasks/{task}/annotations/", {"result": list(result), **fields}
        )
        return created

    def task(self, task: int) -> dict[str, Any]:
        """One task with its data and annotations."""
        found: dict[str, Any] = call(self.api, "GET", f"/api/tasks/{task}")
        return found

    def close(self) -> None:
        for client in self._clients:
            client.close()

    def _keep(self, client: httpx.Client) -> httpx.Client:
        self._clients.append(client)
        return client

    def _signed(self, page: str, form: dict[str, str], password: str = PASSWORD) -> httpx.Client:
        """A browser-like session after a form with a password was sent."""
        session = self._keep(httpx.Client(base_url=self.url, timeout=300))
        hidden = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', session.get(page).text)
        assert hidden is not None
        answer = session.post(page, data={**form, "password": password, "csrfmiddlewaretoken": hidden[1]})
        assert answer.status_code == httpx.codes.FOUND, answer.text
        return session


def call(api: httpx.Client, method: str, path: str, body: object = None) -> Any:
    """Call the API and decode the answer; an error status fails the test with the server's words."""
    answer = api.request(method, path, json=body) if body is not None else api.request(method, path)
    assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text[:2000]}"
    return json.loads(answer.content) if answer.content else None
