"""A push is in force by the clock of Label Studio, which also says when work was handed in, not by the pusher's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.service.bench import GOOD, SERVER, SMALL, Bench, plan

from guidelint.cli.projects.recording import Recording
from guidelint.labelstudio.config.marker import config_digest
from guidelint.service.clock import after, as_text
from guidelint.service.store.base.tables import verdicts
from guidelint.service.store.projects import history

if TYPE_CHECKING:
    from guidelint.validation.judging.plan import Plan


@dataclass
class OnTheServer:
    """What a push knows of Label Studio: its address and its clock, which is that of the fake."""

    url: str = SERVER

    def moment(self) -> datetime:
        """Tell the present moment there."""
        return datetime.now(UTC)


def push(bench: Bench, guideline: Plan) -> Recording:
    """Record a push."""
    server: Any = OnTheServer()
    recording = Recording(bench.engine, server, guideline, "<View/>")
    recording.record(bench.project)
    return recording


def judged_by(bench: Bench) -> dict[int, str]:
    """Annotation → digest of the plan of its current verdict."""
    return {row["annotation"]: row["plan_digest"] for row in bench.rows(verdicts) if row["is_current"]}


@pytest.mark.parametrize("ahead_s", [3600.0, -3600.0], ids=["an hour ahead", "an hour behind"])
def test_a_pusher_whose_clock_is_wrong_puts_a_version_in_force_now(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, ahead_s: float
) -> None:
    first, second, third = plan("1.0.0"), plan("1.1.0"), plan("1.2.0")
    task = bench.task()
    bench.fake.submit(task, SMALL)
    with monkeypatch.context() as wrong:
        wrong.setattr("guidelint.service.store.projects.now", lambda: after(ahead_s))
        push(bench, second)
    bench.fake.submit(task, GOOD, user=2)
    push(bench, third)
    bench.fake.submit(task, GOOD, user=3)
    bench.worker.work_off()
    assert judged_by(bench) == {1: first.digest, 2: second.digest, 3: third.digest}


def test_what_the_store_did_not_know_is_news_once(bench: Bench) -> None:
    assert not push(bench, plan()).is_news
    assert push(bench, plan("1.1.0")).is_news
    assert not push(bench, plan("1.1.0")).is_news
    newest = history(bench.engine, SERVER, bench.project)[0]
    assert newest.config_digest == config_digest("<View/>")
    assert newest.valid_from <= as_text(datetime.now(UTC))
