"""A service on a workbench: a store in a file, a fake Label Studio, a guideline, a worker stepped by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import sqlalchemy as sa

from guidelint.annotation.vocabulary import ClassEntry, Vocabulary
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.connection.webhook_event import decode_event
from guidelint.labelstudio.fake.fake import FakeLabelStudio, Json
from guidelint.labelstudio.fake.http import transport
from guidelint.rules.shape.area_limits import AreaLimits
from guidelint.service.store.base.database import open_store, read_only, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.base.tables import verdicts
from guidelint.service.store.hints import inbox
from guidelint.service.store.projects import Plans, record_push
from guidelint.service.worker.task.task_work import TaskWork
from guidelint.service.worker.worker import Worker
from guidelint.validation.judging.plan import Check, GuidelineRef, Plan, ReturnOfWork, Route

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.service.messages import Told

SERVER = "http://label-studio.test"
SECRET = "correct-horse-battery"  # noqa: S105 - of a test
DATA = {"image": "/data/1.png", "PixelSpacing": [1.0, 1.0], "Rows": 100, "Columns": 100}


def plan(version: str = "1.0.0", min_mm2: float = 100.0, **mode: Any) -> Plan:
    """Lesions of at least some size; those above 2,000 mm² go to a specialist."""
    box = frozenset({"lesion"})
    return Plan(
        guideline=GuidelineRef(name="lesions", version=version, title="Lesions"),
        checks=(
            Check(AreaLimits(min_mm2=min_mm2), "lesion, size", box),
            Check(AreaLimits(max_mm2=2000.0), "lesion, large", box, escalates_to="specialist"),
        ),
        vocabulary=Vocabulary(classes={"lesion": ClassEntry(title="Lesion", tools=("rectangle",), labels=("lesion",))}),
        routes={"specialist": Route(who="thoracic radiologist", within_hours=24.0, readers=2)},
        return_of_work=ReturnOfWork(**mode),
    ).sealed()


def box(width: float, height: float = 20.0, region: str = "r1") -> list[Json]:
    """One rectangle on an image of 100 × 100 mm."""
    value = {"x": 10, "y": 10, "width": width, "height": height, "rotation": 0, "rectanglelabels": ["lesion"]}
    frame = {"original_width": 100, "original_height": 100, "image_rotation": 0}
    names = {"id": region, "from_name": "rectangle", "to_name": "image", "type": "rectanglelabels"}
    return [{**frame, **names, "value": value, "origin": "manual"}]


SMALL, GOOD, LARGE = box(2), box(20), box(80, 80)


@dataclass
class Bench:
    """Everything of one service but the processes."""

    engine: sa.Engine
    fake: FakeLabelStudio
    project: int
    worker: Worker
    client: TaskClient
    told: list[Told]
    dropping: bool = False
    """While set, webhooks are lost on the way."""

    def take(self, _url: str, _headers: Any, body: bytes) -> None:
        """Store a delivery as the receiver does."""
        if not self.dropping:
            with self.engine.begin() as connection:
                inbox.put(connection, inbox.rows_of(SERVER, decode_event(body)))

    def task(self, **data: Any) -> int:
        """Import one task."""
        return self.fake.add_tasks(self.project, [{**DATA, **data}])[0]

    def data(self, task: int) -> Json:
        """Data of a task as it stands."""
        found: Json = self.fake.tables.tasks[task]["data"]
        return found

    def writes(self) -> int:
        """How often task data was written."""
        return sum(method == "PATCH" and "/tasks/" in path for method, path in self.fake.requests)

    def rows(self, table: sa.Table) -> list[Json]:
        """All rows of a table."""
        with read_only(self.engine) as connection:
            return [dict(row) for row in connection.execute(sa.select(table)).mappings()]

    def decisions(self) -> dict[int, str]:
        """Annotation → its one current decision."""
        current = [row for row in self.rows(verdicts) if row["is_current"]]
        assert len({(row["annotation"], row["created_at"]) for row in current}) == len(current)
        return {row["annotation"]: row["decision"] for row in current}

    def close(self) -> None:
        """Let go of the server and of the store."""
        self.client.close()
        self.engine.dispose()


def make_bench(
    folder: Path, guideline: Plan | None = None, open_after_s: float = 0.0, place: str | None = None
) -> Bench:
    """A bench with one project that follows a guideline."""
    url = store_url(place or str(folder / "store.db"))
    migrate(url)
    engine = open_store(url)
    fake = FakeLabelStudio()
    project = fake.add_project()
    client = TaskClient(SERVER, "token-1", transport(fake))
    told: list[Told] = []
    work = TaskWork(engine, engine, {SERVER: client}, Plans(engine), open_after_s)
    worker = Worker(engine, work, 1, tell=told.append)
    bench = Bench(engine, fake, project, worker, client, told)
    fake.deliver = bench.take
    fake.add_webhook(project, f"{SERVER}/hooks/x", {})
    record_push(engine, SERVER, project, guideline or plan(), "2020-01-01T00:00:00.000000Z")
    return bench


def http(fake: FakeLabelStudio, token: str = "token-1") -> httpx.Client:  # noqa: S107 - of a test
    """An HTTP client that speaks to a fake."""
    return httpx.Client(base_url=SERVER, headers={"Authorization": f"Token {token}"}, transport=transport(fake))
