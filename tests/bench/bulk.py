"""Bulk beside an annotator: ``python -m tests.bench.bulk [IMPORTED] [SUBMITTED]`` from the root of the repository.

A real Label Studio and the service. An annotator submits one image after the other: first alone, then while annotated
tasks were imported and are judged, then right after one delivery of 200,000 hints. Told are the medians from Submit to
the verdict that can be read in Label Studio, and how fast the import is judged and stored. Writing what was judged goes
on behind, at the pace that annotators leave.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import psutil
import sqlalchemy as sa
from tests.journeys.conftest import label_studio_environment
from tests.journeys.guided import Guided, guided
from tests.journeys.server import LabelStudio, call

from guidelint.labelstudio.connection.address import SECRET_HEADER, hook_path
from guidelint.labelstudio.environment.server import ServerPool
from guidelint.service.store.base.database import open_store, read_only, store_url
from guidelint.service.store.base.tables import tasks, verdicts

if TYPE_CHECKING:
    from collections.abc import Mapping

IMPORTED, SUBMITTED = 5000, 20
AT_ONCE = 500
FLOOD = 200_000
PAUSE_S = 1.0
"""So long the annotator looks at the next image."""
CELLS = 8
PICTURE = {"image": "/static/images/favicon.ico", "image_height": 480, "image_width": 640}


def cells(count: int = CELLS) -> list[dict[str, object]]:
    """Red cells beside one another."""
    frame = {"original_width": 640, "original_height": 480, "image_rotation": 0}
    names = {"from_name": "rectangle", "to_name": "image", "type": "rectanglelabels", "origin": "manual"}
    label = {"rectanglelabels": ["red-cell"], "y": 10, "width": 8, "height": 12, "rotation": 0}
    return [
        {**frame, **names, "id": f"cell-{number}", "value": {**label, "x": 2 + 11 * number}} for number in range(count)
    ]


@dataclass
class Watch:
    """Looks at the store of a service, and at what processes have spent."""

    engine: sa.Engine

    def judged(self) -> int:
        """Annotations with a verdict."""
        return self._count(sa.select(sa.func.count()).select_from(verdicts).where(verdicts.c.is_current))

    def written(self) -> int:
        """Tasks whose verdicts stand in Label Studio."""
        return self._count(sa.select(sa.func.count()).select_from(tasks).where(tasks.c.writes > 0))

    def is_written(self, task: int) -> bool:
        """Whether the verdict on a task stands in Label Studio."""
        this = sa.select(sa.func.count()).select_from(tasks).where(tasks.c.task == task, tasks.c.writes > 0)
        return bool(self._count(this))

    def _count(self, question: sa.Select[Any]) -> int:
        with read_only(self.engine) as connection:
            return int(connection.execute(question).scalar_one())


@dataclass
class Annotator:
    """Submits one image after the other and waits for each verdict."""

    setup: Guided
    watch: Watch

    def submit(self, count: int, until: threading.Event | None = None) -> list[float]:
        """Seconds from Submit to the verdict, of so many images or of all until told to stop."""
        seconds = list[float]()
        for task in self.setup.studio.tasks(self.setup.project, [dict(PICTURE) for _ in range(count)]):
            if until is not None and until.is_set():
                break
            seconds.append(self._one(task))
            time.sleep(PAUSE_S)
        return seconds

    def _one(self, task: int) -> float:
        began = time.perf_counter()
        self.setup.studio.submit(task, cells())
        while not self.watch.is_written(task):
            time.sleep(0.02)
        return time.perf_counter() - began


def import_annotated(setup: Guided, count: int) -> None:
    """Import tasks that are annotated already."""
    one: Mapping[str, object] = {"data": PICTURE, "annotations": [{"result": cells()}]}
    for begin in range(0, count, AT_ONCE):
        batch = [one] * min(AT_ONCE, count - begin)
        call(setup.studio.api, "POST", f"/api/projects/{setup.project}/import", batch)


def beside_an_import(setup: Guided, watch: Watch, imported: int) -> tuple[float, list[float]]:
    """Seconds until all that was imported is judged and stored, and those of the annotator meanwhile."""
    over, seconds = threading.Event(), list[float]()
    before = watch.judged()
    annotator = Annotator(setup, watch)
    thread = threading.Thread(target=lambda: seconds.extend(annotator.submit(imported, over)))
    import_annotated(setup, imported)
    began = time.perf_counter()
    thread.start()
    while watch.judged() < before + imported + len(seconds):
        time.sleep(0.2)
    took = time.perf_counter() - began
    over.set()
    thread.join()
    return took, seconds


def flood(setup: Guided) -> None:
    """Send one delivery that points at a great many annotations."""
    rows = [{"id": number} for number in range(1, FLOOD + 1)]
    body = {"action": "ANNOTATIONS_DELETED", "project": {"id": setup.project}, "annotations": rows}
    headers = {SECRET_HEADER: setup.service.secret}
    hook = setup.service.url + hook_path(setup.studio.url)
    httpx.post(hook, content=json.dumps(body).encode(), headers=headers, timeout=60).raise_for_status()


def told(name: str, seconds: list[float]) -> str:
    """One line of the result."""
    ordered = sorted(seconds)
    high = ordered[int(len(ordered) * 0.95)]
    return f"{name:<42} n = {len(ordered):<4} median {statistics.median(ordered):5.2f} s   p95 {high:5.2f} s\n"


def spent(pid: int) -> float:
    """CPU seconds of a process."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def measure(setup: Guided, imported: int, submitted: int) -> None:
    """Measure and tell."""
    engine = open_store(store_url(str(setup.service.store)))
    watch = Watch(engine)
    annotator = Annotator(setup, watch)
    annotator.submit(3)
    sys.stdout.write(told("alone", annotator.submit(submitted)))
    before = spent(setup.studio.server.pid)
    took, seconds = beside_an_import(setup, watch, imported)
    spent_there = spent(setup.studio.server.pid) - before
    sys.stdout.write(told(f"beside {imported} that were imported", seconds))
    sys.stdout.write(
        f"{imported} imported annotations judged and stored in {took:.0f} s, {imported / took:.1f} a second;"
        f" Label Studio spent {spent_there:.0f} s of CPU, import and annotator among them\n"
    )
    written, began = watch.written(), time.perf_counter()
    sys.stdout.write(told("beside what is written behind", annotator.submit(submitted)))
    took = time.perf_counter() - began
    sys.stdout.write(f"written behind meanwhile: {(watch.written() - written - submitted) / took:.1f} tasks a second\n")
    flood(setup)
    sys.stdout.write(told(f"after one delivery of {FLOOD} hints", annotator.submit(5)))
    engine.dispose()


def main() -> None:
    """Run."""
    imported, submitted = [*map(int, sys.argv[1:]), *(IMPORTED, SUBMITTED)[len(sys.argv) - 1 :]]
    environment = label_studio_environment()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with ServerPool(environment.python, environment.empty_database, folder / "label-studio.log") as pool:
            (folder / "label-studio").mkdir()
            studio = LabelStudio(pool.start(folder / "label-studio", settings={}))
            with guided(studio, folder, "blood-cells") as setup:
                measure(setup, imported, submitted)
            studio.close()
            pool.stop(studio.server)


if __name__ == "__main__":
    main()
