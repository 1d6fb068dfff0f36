"""What takes too long in judging ends the process, and nothing else does."""

from __future__ import annotations

import os
import time

import pytest
from tests.service.bench import GOOD, Bench

from guidelint.service.worker import worker as module


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Status with which the process would have ended."""
    statuses: list[int] = []
    monkeypatch.setattr(os, "_exit", statuses.append)
    monkeypatch.setattr(module, "JOB_LIMIT_S", 0.0)
    return statuses


def test_a_slow_label_studio_ends_no_process(bench: Bench, ended: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    read = bench.client.task_of

    def slowly(project: int, task: int) -> object:
        bench.worker.keep_claims()
        return read(project, task)

    monkeypatch.setattr(bench.client, "task_of", slowly)
    bench.fake.submit(bench.task(), GOOD)
    bench.worker.work_off()
    assert (ended, bench.decisions()) == ([], {1: "accepted"})


def test_judging_without_end_ends_the_process(bench: Bench, ended: list[int]) -> None:
    with bench.worker.work.judging.one():
        time.sleep(0.001)
        bench.worker.keep_claims()
    assert ended == [70]
    bench.worker.keep_claims()
    assert ended == [70]
