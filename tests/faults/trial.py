"""A trial: annotators work, webhooks get lost, the service is killed, Label Studio is away; then one sweep."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import sqlalchemy as sa
from tests.faults.annotators import Annotator, at_work
from tests.faults.carrier import Carrier
from tests.faults.label_studios import Site, in_memory, real
from tests.faults.misfortune import PHASES, Misfortune, phase
from tests.faults.reckoning import Books, Reckoning, tasks_of
from tests.faults.work import CONFIG
from tests.service import serve_and_die
from tests.service.bench import DATA, SECRET, plan
from tests.service.fault_proxy import FaultProxy, fault_proxy
from tests.service.processes import Service, free_port

from guidelint.labelstudio.config.marker import marker
from guidelint.labelstudio.connection.address import SECRET_HEADER
from guidelint.service.clock import after, now
from guidelint.service.store.base.database import open_store, read_only, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.base.tables import inbox
from guidelint.service.store.hints.inbox_rows import PENDING
from guidelint.service.store.projects import record_push

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from tests.service.fault_proxy import Fault

    from guidelint.validation.judging.plan import Plan

PLANS = (plan(), plan("1.0.1", mode="requeue"))
"""One project keeps returned work, the other gives it back to the queue."""
ANNOTATORS = 16
OPENED_BY_S = 60.0
"""Later than a sweep leaves an escalated verdict to the first reader, sooner than work goes back to the queue."""


@dataclass(frozen=True, kw_only=True)
class Size:
    """How large a trial is."""

    deliveries: int
    a_second: float = 200.0
    kills: int = 20
    tasks: int = 100
    """In each project."""
    phases: tuple[Fault, ...] = PHASES
    """What Label Studio is replaced by, in turn."""
    phase_s: float = 2.0
    """So long each of them lasts at least."""
    annotators: int = ANNOTATORS
    seed: int = 7


@dataclass
class Outcome:
    """What a trial came to."""

    seconds: float
    """In which the deliveries were sent, without those in which annotators waited for the service."""
    counts: Counter[str]
    killed: Counter[str]
    met: Counter[str]
    before: Reckoning
    """Before the one sweep, when nothing was pending any more."""
    swept: str
    """What the sweep printed, and what is open then."""
    exit_status: int
    after: Reckoning


@dataclass
class Trial:
    """Everything that takes part."""

    site: Site
    proxy: FaultProxy
    carrier: Carrier
    service: Service
    size: Size
    projects: dict[int, Plan] = field(default_factory=dict[int, "Plan"])

    def run(self, flag: Path) -> Outcome:
        """Make the projects, let everything happen, sweep once, and compare."""
        self._begin()
        misfortune = Misfortune(self.service, flag)
        with misfortune.watched():
            seconds = self._ride_out(misfortune)
        self.service.settle()
        before = self._reckoned()
        swept = self.service.sweep("--full")
        self._opened()
        met = Counter({str(name): count for name, count in self.proxy.faults.met.items()})
        counts, killed = self.carrier.counts, misfortune.killed
        said = f"{swept.stdout or swept.stderr}{self.service.run('inbox').stdout}"
        return Outcome(seconds, counts, killed, met, before, said, swept.returncode, self._reckoned())

    def _begin(self) -> None:
        url = store_url(self.service.place)
        migrate(url)
        engine = open_store(url)
        for guideline in PLANS:
            config = CONFIG.format(marker=marker(guideline))
            project = self.site.project(config, self.service.hook, {SECRET_HEADER: SECRET})
            record_push(engine, self.proxy.url, project, guideline, "2020-01-01T00:00:00.000000Z")
            self.projects[project] = guideline
        engine.dispose()

    def _ride_out(self, misfortune: Misfortune) -> float:
        """Annotators work while everything else goes wrong; for how many seconds they did."""
        began, rested = time.monotonic(), misfortune.seconds_away
        enough = partial(self._is_past, 1.0)
        annotators = at_work(self._annotators(), self.size.a_second, enough, lambda: misfortune.noticed)
        phases = threading.Thread(target=self._phases)
        phases.start()
        for number in range(self.size.kills):
            self._wait_for((number + 0.5) / self.size.kills)
            misfortune.kill(deliveries_come=not self._is_past(1.0))
        for annotator in annotators:
            annotator.join()
        seconds = time.monotonic() - began - (misfortune.seconds_away - rested)
        phases.join()
        self.carrier.empty()
        misfortune.come_to_an_end()
        return seconds

    def _phases(self) -> None:
        count = len(self.size.phases)
        for number, fault in enumerate(self.size.phases):
            self._wait_for((number + 0.25) / count)
            phase(self.proxy.faults, fault, self.size.phase_s, partial(self._is_past, (number + 0.75) / count))

    def _annotators(self) -> list[Annotator]:
        chance = random.Random(self.size.seed)
        tasks = {
            project: self.site.import_tasks(project, [dict(DATA) for _ in range(self.size.tasks)])
            for project in self.projects
        }
        turns = [project for _ in range(self.size.annotators) for project in self.projects][: self.size.annotators]
        return [
            Annotator(self.site, project, tasks[project], number, random.Random(chance.random()))
            for number, project in enumerate(turns)
        ]

    def _opened(self) -> None:
        """Wait until escalated tasks that the sweep has found are open to their next readers."""
        planned = sa.select(inbox.c.seq).where(inbox.c.state == PENDING, inbox.c.not_before < after(OPENED_BY_S, now()))
        engine = open_store(store_url(self.service.place))
        try:
            while True:
                with read_only(engine) as connection:
                    if connection.execute(planned.limit(1)).first() is None:
                        return
                time.sleep(0.1)
        finally:
            engine.dispose()

    def _share(self) -> float:
        return self.carrier.fired / self.size.deliveries

    def _is_past(self, share: float) -> bool:
        return self._share() >= share

    def _wait_for(self, share: float) -> None:
        while not self._is_past(share):
            time.sleep(0.01)

    def _reckoned(self) -> Reckoning:
        engine = open_store(store_url(self.service.place))
        try:
            tasks = tasks_of(self.site.url, self.site.token, list(self.projects))
            return Books(engine, self.proxy.url, self.projects, tasks).reckon(self.carrier.acknowledged)
        finally:
            engine.dispose()


@contextlib.contextmanager
def trial(folder: Path, size: Size, place: str = "", *, on_real: bool = False) -> Generator[Trial]:
    """Set a trial up; ``place``: URL of an empty store, by default an SQLite file."""
    carrier, port = Carrier(random.Random(size.seed)), free_port()
    studio = real(folder, carrier, f"http://127.0.0.1:{port}") if on_real else in_memory(carrier)
    with contextlib.closing(carrier), studio as site, fault_proxy(site.url) as proxy:
        service = Service(
            proxy.url,
            folder / "store.db",
            ("--hold-ms", "50", "--sweep-every", "5", "--open-after", "0"),
            serve_and_die.MODULE,
            {serve_and_die.VARIABLE: str(folder / "die"), "GUIDELINT_TOKEN": site.token},
            port,
            elsewhere=place,
        )
        try:
            yield Trial(site, proxy, carrier, service, size)
        finally:
            service.stop()
