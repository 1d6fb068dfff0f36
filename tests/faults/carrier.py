"""Webhooks on their way: some are lost, some come twice, some are overtaken by later ones."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx

from guidelint.labelstudio.fake.fake import WEBHOOK_TIMEOUT_S

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

DROPPED, DOUBLED, DELAYED = 0.1, 0.1, 0.2
"""Shares of what is sent."""
LONGEST_DELAY_S = 2.0


@dataclass
class Carrier:
    """Carries webhooks to the service, and remembers what became of them."""

    chance: random.Random
    counts: Counter[str] = field(default_factory=Counter[str])
    acknowledged: set[str] = field(default_factory=set[str])
    """Digests of bodies that the service said it has."""
    _late: list[threading.Timer] = field(default_factory=list[threading.Timer])
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _http: httpx.Client = field(default_factory=lambda: httpx.Client(limits=httpx.Limits(max_keepalive_connections=0)))

    def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> None:
        """Carry one webhook, as fate has it."""
        fate, delay_s = self._fate()
        if fate == "dropped":
            return
        if fate in {"doubled", "delayed"}:
            self._later(delay_s, url, headers, body)
        if fate != "delayed":
            self._send(url, headers, body)

    @property
    def fired(self) -> int:
        """Webhooks that Label Studio sent."""
        return self.counts["fired"]

    def empty(self) -> None:
        """Wait until everything that is late has come."""
        for timer in self._late:
            timer.join()

    def close(self) -> None:
        """Let connections go."""
        self.empty()
        self._http.close()

    def _fate(self) -> tuple[str, float]:
        with self._lock:
            drawn, delay_s = self.chance.random(), self.chance.uniform(0.0, LONGEST_DELAY_S)
            bounds = (("dropped", DROPPED), ("doubled", DROPPED + DOUBLED), ("delayed", DROPPED + DOUBLED + DELAYED))
            fate = next((name for name, bound in bounds if drawn < bound), "passed")
            self.counts.update(("fired", fate))
        return fate, delay_s

    def _later(self, delay_s: float, url: str, headers: Mapping[str, str], body: bytes) -> None:
        timer = threading.Timer(delay_s, self._send, (url, headers, body))
        with self._lock:
            self._late.append(timer)
        timer.start()

    def _send(self, url: str, headers: Mapping[str, str], body: bytes) -> None:
        outcome = self._outcome(url, headers, body)
        with self._lock:
            self.counts[outcome] += 1
            if outcome == "acknowledged":
                self.acknowledged.add(hashlib.sha256(body).hexdigest())

    def _outcome(self, url: str, headers: Mapping[str, str], body: bytes) -> str:
        try:
            answer = self._http.post(url, content=body, headers=dict(headers), timeout=WEBHOOK_TIMEOUT_S)
        except httpx.TimeoutException:
            return "not taken: no answer within a second"
        except httpx.HTTPError:
            return "not taken: the service was away"
        return "acknowledged" if answer.is_success else f"not taken: answered with {answer.status_code}"
