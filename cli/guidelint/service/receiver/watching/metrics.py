"""Figures for Prometheus: what became of deliveries, what waits, what was judged; no label names anybody."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from guidelint.service.messages import Told
    from guidelint.service.receiver.watching.check import Check
    from guidelint.service.receiver.watching.facts import Facts

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
SECONDS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 300.0)
MOST_TIMED = 10_000
"""So many submissions are timed at once; those beyond are judged, and not timed."""


class Metrics:
    """Counts for one receiver and its judging process."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self.deliveries = Counter(
            "guidelint_deliveries", "Deliveries, by what became of them.", ["outcome"], registry=registry
        )
        self.store_errors = Counter(
            "guidelint_store_errors", "Times the store did not take or give what it was asked.", registry=registry
        )
        self.restarts = Counter(
            "guidelint_judging_process_restarts",
            "Times the judging process was started again.",
            registry=registry,
        )
        self.failures = Counter(
            "guidelint_failed_requests", "Requests to the service that failed unforeseen.", registry=registry
        )
        self.validations = Counter(
            "guidelint_validations", "Validations asked for, by what became of them.", ["outcome"], registry=registry
        )
        self._judged = Counter("guidelint_judged", "Verdicts, by decision.", ["decision"], registry=registry)
        self._requests = Counter(
            "guidelint_label_studio_requests", "Requests sent to Label Studio, by kind.", ["kind"], registry=registry
        )
        self._verdict_s = Histogram(
            "guidelint_verdict_seconds",
            "From the delivery of a submission until its verdict can be seen in Label Studio.",
            buckets=SECONDS,
            registry=registry,
        )
        self._pending = Gauge("guidelint_pending", "Hints not dealt with, by lane.", ["lane"], registry=registry)
        self._oldest_s = Gauge(
            "guidelint_oldest_pending_seconds", "So long the one who waits longest has waited.", registry=registry
        )
        self._held = Gauge("guidelint_held", "Hints at projects that the store does not know.", registry=registry)
        self._failed = Gauge("guidelint_set_aside", "Hints that were set aside.", registry=registry)
        self._ready = Gauge("guidelint_ready", "1: submissions are judged and told; 0: see /ready.", registry=registry)
        self._checks = Gauge("guidelint_check", "1: nothing is wrong; 0: see /ready.", ["check"], registry=registry)
        self._since: dict[int, float] = {}

    def stored(self, seqs: Iterable[int]) -> None:
        """Time what was stored just now."""
        for seq in seqs:
            if len(self._since) < MOST_TIMED:
                self._since[seq] = time.monotonic()

    def hear(self, told: Told) -> None:
        """Take in what the judging process says."""
        for seq in told.shown:
            if since := self._since.pop(seq, None):
                self._verdict_s.observe(time.monotonic() - since)
        for seq in told.done:
            self._since.pop(seq, None)
        if told.counts is not None:
            for decision, count in told.counts.judged.items():
                self._judged.labels(decision).inc(count)
            for kind, count in told.counts.requests.items():
                self._requests.labels(kind).inc(count)

    def text(self, facts: Facts, checks: Sequence[Check]) -> bytes:
        """Write all figures as Prometheus reads them; what cannot be read from the store is left out."""
        self._note(facts)
        wrong = {check.about for check in checks if check.state == "no"}
        for about in {check.about for check in checks}:
            self._checks.labels(about).set(about not in wrong)
        self._ready.set(not wrong)
        return generate_latest(self._registry)

    def _note(self, facts: Facts) -> None:
        stored = facts.stored
        nothing = float("nan")
        self._pending.labels("interactive").set(stored.waiting.interactive if stored else nothing)
        self._pending.labels("bulk").set(stored.waiting.bulk if stored else nothing)
        self._oldest_s.set(facts.oldest_pending_s or 0.0 if stored else nothing)
        self._held.set(sum(item.count for item in stored.held) if stored else nothing)
        self._failed.set(stored.waiting.failed if stored else nothing)
