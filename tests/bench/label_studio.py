"""What a judged submission costs Label Studio, and how soon its verdict stands: ``python -m tests.bench.label_studio``.

Against a real Label Studio (one process, SQLite), from the root of the repository. ``… label_studio 80 --workers 4``:
so many submissions by one annotator, and as many in all by eight who submit without pause, with options of ``serve``.
Processor seconds are those of Label Studio's process: what is its own work (taking a submission, making the body of
the hook) stands beside what our requests cost.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

import psutil
import sqlalchemy as sa
from tests.bench.relay import Relay, relay
from tests.journeys.guided import Guided, guided
from tests.journeys.server import LabelStudio, Person, call
from tests.journeys.test_service import GOOD, PICTURE
from tests.service.processes import free_port, web_server

from guidelint.labelstudio.environment.environment import cached_environment
from guidelint.labelstudio.environment.server import ServerPool
from guidelint.service.store.base.database import open_store, read_only, store_url
from guidelint.service.store.base.tables import tasks as rows_of_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from starlette.applications import Starlette

ANNOTATORS = 8
POLL_S = 0.01
GIVE_UP_S = 300.0
SUBMITTING = "POST /api/tasks/*/annotations/"


@dataclass(frozen=True, slots=True)
class Run:
    """What some submissions cost."""

    name: str
    submissions: int
    cpu_s: float
    requests: Counter[str]
    """Ours, without those of the annotators."""
    submit_s: Sequence[float]
    verdict_s: Sequence[float] = ()
    """From pressing Submit until the verdict stands in the task."""

    @property
    def each_ms(self) -> float:
        """Processor time of Label Studio for one submission."""
        return 1000 * self.cpu_s / self.submissions

    def line(self, unjudged: Run) -> str:
        """One line of the table."""
        asked = self.requests.total() / self.submissions
        verdict = _spread(self.verdict_s) if self.verdict_s else f"{'-':>15}"
        times = self.each_ms / unjudged.each_ms
        return f"{self.name:<42}{asked:>9.2f}{self.each_ms:>9.0f} ms{times:>7.2f}{_spread(self.submit_s)}{verdict}\n"


def _spread(seconds: Sequence[float]) -> str:
    high = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    return f"{median(seconds):>7.2f} / {high:5.2f}"


@dataclass
class Meter:
    """Measures what Label Studio's process spends and what the relay lets pass."""

    studio: LabelStudio
    passed: Relay

    def measure(self, name: str, submissions: int, work: Callable[[], tuple[list[float], list[float]]]) -> Run:
        """Measure while the work goes on; it returns seconds of Submit and of the verdict."""
        process = psutil.Process(self.studio.server.pid)
        before, passed = _cpu_s(process), Counter(self.passed.passed)
        submit_s, verdict_s = work()
        spent = _cpu_s(process) - before
        return Run(name, submissions, spent, self.passed.passed - passed, submit_s, verdict_s)


def _cpu_s(process: psutil.Process) -> float:
    used = process.cpu_times()
    return used.user + used.system


class Watch:
    """Looks into the service's store for tasks whose verdict was written, so that Label Studio is not asked."""

    def __init__(self, setup: Guided) -> None:
        self._engine = open_store(store_url(str(setup.service.store)))
        self.written_at: dict[int, float] = {}

    def until(self, wanted: set[int]) -> None:
        """Wait until the verdicts of so many tasks were written, noting when."""
        deadline = time.monotonic() + GIVE_UP_S
        while not wanted <= self.written_at.keys():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(wanted - self.written_at.keys())} submissions have no verdict")
            self._look()
            time.sleep(POLL_S)

    def close(self) -> None:
        """Let the store go."""
        self._engine.dispose()

    def _look(self) -> None:
        with read_only(self._engine) as connection:
            found = connection.execute(sa.select(rows_of_tasks.c.task).where(rows_of_tasks.c.writes > 0)).scalars()
            for task in found:
                self.written_at.setdefault(task, time.monotonic())


def submit(studio: LabelStudio, task: int, person: Person) -> tuple[float, float]:
    """Submit; when it began and how long it took."""
    began = time.monotonic()
    studio.submit(task, GOOD, by=person)
    return began, time.monotonic() - began


def unwatched(studio: LabelStudio, tasks: Sequence[int], person: Person) -> tuple[list[float], list[float]]:
    """Submit one after the other, to nobody who judges."""
    return [submit(studio, task, person)[1] for task in tasks], []


def one_by_one(
    studio: LabelStudio, setup: Guided, tasks: Sequence[int], person: Person
) -> tuple[list[float], list[float]]:
    """Submit and wait for the verdict, again and again."""
    watch, submits, verdicts = Watch(setup), list[float](), list[float]()
    for task in tasks:
        watcher = threading.Thread(target=watch.until, args=({task},))
        watcher.start()
        began, took = submit(studio, task, person)
        watcher.join()
        submits.append(took)
        verdicts.append(watch.written_at[task] - began)
    watch.close()
    return submits, verdicts


def without_pause(
    studio: LabelStudio, setup: Guided, tasks: Sequence[int], people: Sequence[Person]
) -> tuple[list[float], list[float]]:
    """Let everybody submit at once, each the next task as soon as the last was taken."""
    watch = Watch(setup)
    watcher = threading.Thread(target=watch.until, args=(set(tasks),))
    watcher.start()

    def all_of(number: int) -> list[tuple[int, float, float]]:
        return [(task, *submit(studio, task, people[number])) for task in tasks[number :: len(people)]]

    with ThreadPoolExecutor(len(people)) as pool:
        done = [item for items in pool.map(all_of, range(len(people))) for item in items]
    watcher.join()
    watch.close()
    return [took for _, _, took in done], [watch.written_at[task] - began for task, began, _ in done]


@contextmanager
def sink() -> Generator[str]:
    """A receiver that takes every delivery and does nothing with it."""
    port = free_port()
    with web_server(_taking(), port):
        yield f"http://127.0.0.1:{port}/"


def _taking() -> Starlette:
    from starlette.applications import Starlette  # noqa: PLC0415 - as the service does
    from starlette.responses import Response  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    def take(_request: object) -> Response:
        return Response(status_code=202)

    return Starlette(routes=[Route("/", take, methods=["POST"])])


def pictures(studio: LabelStudio, project: int, count: int) -> list[int]:
    """Import tasks."""
    return studio.tasks(project, [dict(PICTURE) for _ in range(count)])


def runs(setup: Guided, direct: LabelStudio, meter: Meter, count: int) -> Generator[Run]:
    """All measurements, one after the other."""
    people = [direct.join(f"reader-{number}") for number in range(ANNOTATORS)]
    config = call(direct.api, "GET", f"/api/projects/{setup.project}")["label_config"]
    bare = direct.project("without a hook", config)
    (warm,) = pictures(direct, bare, 1)
    direct.submit(warm, GOOD)
    plain = pictures(direct, bare, count)
    yield meter.measure("no hook", count, lambda: unwatched(direct, plain, people[0]))
    with sink() as url:
        call(direct.api, "POST", "/api/webhooks/", {"project": bare, "url": url, "send_payload": True})
        hooked = pictures(direct, bare, count)
        yield meter.measure("a hook that nobody reads", count, lambda: unwatched(direct, hooked, people[0]))
    (first,) = pictures(direct, setup.project, 1)
    one_by_one(direct, setup, [first], people[0])
    alone = pictures(direct, setup.project, count)
    yield meter.measure("judged, one annotator", count, lambda: one_by_one(direct, setup, alone, people[0]))
    together = pictures(direct, setup.project, count)
    name = f"judged, {ANNOTATORS} annotators without pause"
    yield meter.measure(name, count, lambda: without_pause(direct, setup, together, people))


def table(found: Sequence[Run]) -> str:
    """All runs, and whose work it is."""
    plain, hooked, alone, together = found
    head = f"{'':<42}{'requests':>9}{'CPU each':>12}{'times':>7}{'Submit, s':>15}{'verdict, s':>15}\n"
    taking, own, ours = plain.each_ms, hooked.each_ms - plain.each_ms, alone.each_ms - hooked.each_ms
    kinds = ", ".join(f"{name} {count}" for name, count in together.requests.most_common())
    return (
        head
        + "".join(run.line(plain) for run in found)
        + f"\nOf one judged submission Label Studio itself spends {taking:.0f} ms on taking it and {own:.0f} ms on the"
        f" hook; our requests cost it {ours:.0f} ms.\nSeconds: median / 95 %. Requests of the last line: {kinds}.\n"
    )


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    environment = cached_environment()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "label-studio").mkdir()
        with ServerPool(environment.python, environment.empty_database, folder / "log") as pool:
            server = pool.start(folder / "label-studio")
            direct = LabelStudio(server)
            with relay(server.url) as counted:
                through = LabelStudio(replace(server, url=counted.url))
                with guided(through, folder, "blood-cells", ["--sweep-every", "0", *sys.argv[2:]]) as setup:
                    found = list(runs(setup, direct, Meter(direct, counted), count))
            sys.stdout.write(table(found))
            direct.close()
            through.close()


if __name__ == "__main__":
    main()
