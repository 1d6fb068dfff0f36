"""What befalls the service during a trial: it is killed, and Label Studio is away, or somebody else answers for it."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from tests.service.fault_proxy import Fault, Faults
    from tests.service.processes import Service

PHASES: tuple[Fault, ...] = (
    "drop",
    "404 html",
    "302 login",
    "502 html",
    "200 html",
    "404 as Label Studio",
    "hang",
    "401",
)
"""What Label Studio is replaced by, in turn: away three times, and between that a proxy, a login, a wrong answer."""
LEAST_MET = 3
"""So many requests come to nothing in each phase."""
UNNOTICED_S = 0.5
"""So long annotators go on after the service was killed, as they would: what they hand in then is told to nobody."""
WAYS = ("between commit and answer", "receiver", "judging process", "both")


@dataclass
class Misfortune:
    """Ends the service in all ways, and starts it again as systemd would."""

    service: Service
    flag: Path
    """While this file is there, the receiver kills itself after its next commit."""
    killed: Counter[str] = field(default_factory=Counter[str])
    seconds_away: float = 0.0
    """How long annotators rested, all in all."""
    _up: threading.Event = field(default_factory=threading.Event)
    _noticed: threading.Event = field(default_factory=threading.Event)
    _over: threading.Event = field(default_factory=threading.Event)

    @property
    def noticed(self) -> bool:
        """Whether annotators have noticed that it is away, and rest until it is there again."""
        return self._noticed.is_set()

    @contextlib.contextmanager
    def watched(self) -> Generator[None]:
        """Start the service whenever it is not there."""
        self._start()
        watch = threading.Thread(target=self._watch)
        watch.start()
        try:
            yield
        finally:
            self._over.set()
            watch.join()

    def kill(self, *, deliveries_come: bool) -> None:
        """Kill it in the next way, once it runs."""
        self._wait_until_it_runs()
        how = WAYS[self.killed.total() % len(WAYS)]
        self._kill(how if deliveries_come else "both")

    def come_to_an_end(self) -> None:
        """Kill it in another way if no delivery came that it could die of."""
        if self.flag.exists():
            self.flag.unlink()
            self.killed[WAYS[0]] -= 1
            self._kill("both")
        self._wait_until_it_runs()

    def _kill(self, how: str) -> None:
        match how:
            case "between commit and answer":
                self.flag.touch()
            case "receiver":
                self.service.kill()
            case "judging process":
                victim = self.service.judging_process()
                if victim is not None:
                    victim.kill()
            case _:
                self.service.kill_all()
        self.killed[how] += 1

    def _start(self) -> None:
        began = time.monotonic()
        self._noticed.set()
        self.service.start()
        self._noticed.clear()
        self._up.set()
        self.seconds_away += time.monotonic() - began

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            if not self._runs:
                self._up.clear()
                self._over.wait(UNNOTICED_S)
                self._start()

    @property
    def _runs(self) -> bool:
        return self.service.process is not None and self.service.process.poll() is None

    def _wait_until_it_runs(self) -> None:
        while not (self._up.is_set() and self._runs and self.service.judging_process()):
            time.sleep(0.02)


def phase(faults: Faults, fault: Fault, at_least_s: float, enough: Callable[[], bool]) -> None:
    """Let somebody else answer for Label Studio, until the service has met that."""
    until = time.monotonic() + at_least_s
    faults.begin(fault)
    while time.monotonic() < until or faults.met[fault] < LEAST_MET or not enough():
        time.sleep(0.02)
    faults.end()
