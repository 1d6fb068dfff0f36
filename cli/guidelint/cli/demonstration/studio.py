"""What the demonstration does in Label Studio over its API: pictures, tasks, submissions."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import httpx

from guidelint.cli.demonstration.pictures import PICTURES
from guidelint.cli.demonstration.readers import Reader, join
from guidelint.labelstudio.writeback.columns import DIGEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidelint.cli.demonstration.sample import Items
    from guidelint.labelstudio.environment.server import RunningServer


@dataclass(frozen=True, slots=True)
class Submitted:
    """An annotation that Label Studio took, and what stood in its task before."""

    task: int
    annotation: int
    took_s: float
    digest_before: str


@dataclass
class Studio:
    """The demonstration's Label Studio."""

    server: RunningServer
    readers: dict[str, Reader] = field(default_factory=dict[str, Reader])
    _clients: dict[str, httpx.Client] = field(default_factory=dict[str, httpx.Client])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for client in self._clients.values():
            client.close()

    def join(self, *names: str) -> None:
        """Sign up readers."""
        invitation = str(self._call(self.server.token, "GET", "/api/invite")["token"])
        for name in names:
            self.readers[name] = join(self.server.url, invitation, name)

    def show_pictures(self, project: int) -> None:
        """Let the project serve the phantoms from their folder."""
        storage = {
            "project": project,
            "path": str(self.server.folder / PICTURES),
            "title": PICTURES,
            "use_blob_urls": True,
        }
        self._call(self.server.token, "POST", "/api/storages/localfiles/", storage)

    def import_tasks(self, project: int, data: Sequence[Mapping[str, Any]]) -> list[int]:
        """Import tasks; their ids in the same order."""
        tasks = [{"data": {**item, "image": f"/data/local-files/?d={PICTURES}/{item['image']}"}} for item in data]
        path = f"/api/projects/{project}/import?return_task_ids=true"
        return [int(number) for number in self._call(self.server.token, "POST", path, tasks)["task_ids"]]

    def submit(self, task: int, items: Items, by: str) -> Submitted:
        """Submit an annotation as one of the readers."""
        before = str(self.data(task).get(DIGEST, ""))
        began = time.monotonic()
        made = self._call(self.readers[by].token, "POST", f"/api/tasks/{task}/annotations/", {"result": items})
        return Submitted(task, int(made["id"]), time.monotonic() - began, before)

    def data(self, task: int) -> dict[str, Any]:
        """Read the data of a task as it stands now."""
        found: dict[str, Any] = self._call(self.server.token, "GET", f"/api/tasks/{task}/")["data"]
        return found

    def _call(self, token: str, method: str, path: str, body: object = None) -> Any:
        if token not in self._clients:
            headers = {"Authorization": f"Token {token}"}
            self._clients[token] = httpx.Client(base_url=self.server.url, headers=headers, timeout=60)
        answer = self._clients[token].request(method, path, json=body)
        if answer.is_error:
            raise RuntimeError(f"Label Studio answered {answer.status_code} to {method} {path}: {answer.text[:500]}")
        return answer.json() if answer.content else None
