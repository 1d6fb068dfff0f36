"""The Label Studio of a trial: the one in memory on a port, or a real one. Annotators act on it in the same way."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol

import httpx
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route
from tests.journeys.server import LabelStudio, Person, call
from tests.service.processes import free_port, web_server

from guidelint.labelstudio.environment.environment import cached_environment
from guidelint.labelstudio.environment.server import ServerPool
from guidelint.labelstudio.fake.fake import FakeFault, FakeLabelStudio
from guidelint.labelstudio.fake.http import app
from guidelint.labelstudio.project.hook import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence
    from pathlib import Path

    from starlette.requests import Request
    from tests.faults.carrier import Carrier

    from guidelint.labelstudio.fake.fake import Json

READERS = 3
GONE_MEANWHILE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.INTERNAL_SERVER_ERROR})
"""What Label Studio answers about a task that is deleted just then; 500 is what it says while it works on it."""


class NoLongerThere(Exception):  # noqa: N818 - what happened, in a word
    """Somebody else, or the service, was faster."""


class Site(Protocol):
    """A Label Studio, and what annotators and administrators do there."""

    @property
    def url(self) -> str:
        """Its address."""
        ...

    @property
    def token(self) -> str:
        """Token of the first user."""
        ...

    def project(self, config: str, hook: str, headers: Mapping[str, str]) -> int:
        """Make a project with a webhook."""
        ...

    def import_tasks(self, project: int, data: Sequence[Json], results: Sequence[Sequence[Json]] = ()) -> list[int]:
        """Import tasks, perhaps each with an annotation; the ids of those without."""
        ...

    def submit(self, task: int, result: Sequence[Json], reader: int, **fields: Any) -> int:
        """Press Submit; the annotation's id."""
        ...

    def update(self, annotation: int, result: Sequence[Json], reader: int) -> None:
        """Press Update."""
        ...

    def delete(self, annotation: int) -> None:
        """Delete an annotation."""
        ...

    def draft(self, annotation: int) -> None:
        """Turn an annotation back into a draft, of which no webhook tells."""
        ...

    def delete_task(self, task: int) -> None:
        """Delete a task with all its annotations."""
        ...


@contextlib.contextmanager
def _there() -> Generator[None]:
    try:
        yield
    except FakeFault as fault:
        raise NoLongerThere from fault


@dataclass
class InMemory:
    """The shipped fake, on a port."""

    url: str
    fake: FakeLabelStudio
    token: str = "token-1"  # noqa: S105 - of a test

    def project(self, config: str, hook: str, headers: Mapping[str, str]) -> int:
        made = self.fake.add_project(config)
        self.fake.add_webhook(made, hook, headers)
        return made

    def import_tasks(self, project: int, data: Sequence[Json], results: Sequence[Sequence[Json]] = ()) -> list[int]:
        return self.fake.add_tasks(project, data, [[{"result": list(result)}] for result in results])

    def submit(self, task: int, result: Sequence[Json], reader: int, **fields: Any) -> int:
        with _there():
            made: int = self.fake.submit(task, result, reader, **fields)["id"]
            return made

    def update(self, annotation: int, result: Sequence[Json], reader: int) -> None:
        with _there():
            self.fake.update(annotation, reader, result=list(result))

    def delete(self, annotation: int) -> None:
        with _there():
            self.fake.delete(annotation)

    def draft(self, annotation: int) -> None:
        with _there():
            self.fake.delete(annotation, fires=False)

    def delete_task(self, task: int) -> None:
        with _there():
            self.fake.delete_task(task)


@contextlib.contextmanager
def in_memory(carrier: Carrier) -> Generator[InMemory]:
    """Serve the fake; a carrier takes its webhooks."""
    port = free_port()
    fake = FakeLabelStudio(deliver=carrier)
    with web_server(app(fake), port):
        yield InMemory(f"http://127.0.0.1:{port}", fake)


@dataclass
class Real:
    """A real Label Studio whose webhooks go to a carrier's port."""

    server: LabelStudio
    readers: Sequence[Person]
    carrier_url: str

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def token(self) -> str:
        return self.server.token

    def project(self, config: str, hook: str, headers: Mapping[str, str]) -> int:
        made = self.server.project("Trial", config)
        path = httpx.URL(hook).path
        wanted = {"project": made, "url": self.carrier_url + path, "headers": dict(headers), "send_payload": True}
        call(
            self.server.api, "POST", "/api/webhooks/", {**wanted, "send_for_all_actions": False, "actions": [*ACTIONS]}
        )
        return made

    def import_tasks(self, project: int, data: Sequence[Json], results: Sequence[Sequence[Json]] = ()) -> list[int]:
        if not results:
            return self.server.tasks(project, data)
        tasks = [
            {"data": item, "annotations": [{"result": result}]} for item, result in zip(data, results, strict=True)
        ]
        call(self.server.api, "POST", f"/api/projects/{project}/import", tasks)
        return []

    def submit(self, task: int, result: Sequence[Json], reader: int, **fields: Any) -> int:
        path = f"/api/tasks/{task}/annotations/"
        made: int = self._call("POST", path, {"result": list(result), **fields}, reader)["id"]
        return made

    def update(self, annotation: int, result: Sequence[Json], reader: int) -> None:
        self._call("PATCH", f"/api/annotations/{annotation}/", {"result": list(result)}, reader)

    def delete(self, annotation: int) -> None:
        self._call("DELETE", f"/api/annotations/{annotation}/")

    def draft(self, annotation: int) -> None:
        self._call("POST", f"/api/annotations/{annotation}/convert-to-draft")

    def delete_task(self, task: int) -> None:
        self._call("DELETE", f"/api/tasks/{task}/")

    def _call(self, method: str, path: str, body: object = None, reader: int = 1) -> Any:
        answer = self.readers[reader - 1].api.request(method, path, json=body)
        if answer.status_code in GONE_MEANWHILE:
            raise NoLongerThere(path)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text[:2000]}"
        return answer.json() if answer.content else None


@contextlib.contextmanager
def real(folder: Path, carrier: Carrier, service_url: str) -> Generator[Real]:
    """Run a real Label Studio with some users; its webhooks go to a carrier, which brings them to the service."""
    environment, port = cached_environment(), free_port()

    async def take(request: Request) -> Response:
        headers = {name: value for name, value in request.headers.items() if name not in {"host", "content-length"}}
        await run_in_threadpool(carrier, service_url + request.url.path, headers, await request.body())
        return Response(status_code=202)

    routes = [Route("/{path:path}", take, methods=["POST"])]
    with (
        ServerPool(environment.python, environment.empty_database, folder / "label-studio.log") as pool,
        web_server(Starlette(routes=routes), port),
    ):
        (folder / "label-studio").mkdir()
        server = LabelStudio(pool.start(folder / "label-studio"))
        readers = [server.owner(), *(server.join(f"reader-{number}") for number in range(2, READERS + 1))]
        try:
            yield Real(server, readers, f"http://127.0.0.1:{port}")
        finally:
            server.close()
