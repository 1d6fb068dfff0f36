"""Of verdicts on subjects only what is history goes, and of what nobody contributes to any more nothing stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tests.service.bench import SERVER, Bench, box, make_bench
from tests.service.subject_rules import IN_SERIES, OF_ANNOTATOR, WITH_THEM, plan_over
from tests.service.subject_tables import checked, now_and_then, stored

from guidelint.service.clock import after
from guidelint.service.store.base.tables import contributions, subject_groups, subject_verdicts
from guidelint.service.store.projects import record_push
from guidelint.service.worker import retention
from guidelint.service.worker.retention import DAY_S, Removed, Retention
from guidelint.service.worker.sweep.every_project import Sweep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SERIES = {"SeriesInstanceUID": "1.2.3"}
NARROW, HALF, WIDE, NOT_KNOWN = box(20), box(35), box(70), box(1)


@pytest.fixture
def bench(tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """A service on each kind of store, whose guideline asks for something of series and annotators."""
    monkeypatch.setattr("guidelint.service.store.projects.catalogue", lambda: WITH_THEM)
    made = make_bench(tmp_path, plan_over(IN_SERIES, OF_ANNOTATOR), place=place)
    yield made
    made.close()


def history(bench: Bench) -> dict[str, list[tuple[int, str, bool]]]:
    """Kind of subject → number, decision and whether it is current, of every verdict."""
    found: dict[str, list[tuple[int, str, bool]]] = {}
    for row in bench.rows(subject_verdicts):
        found.setdefault(row["subject"].split('"')[1], []).append((row["number"], row["decision"], row["is_current"]))
    return {kind: sorted(rows) for kind, rows in found.items()}


def test_the_newest_stays_and_the_last_that_returned_it(bench: Bench) -> None:
    made = bench.fake.submit(bench.task(**SERIES), HALF)["id"]
    for drawn in (WIDE, HALF, WIDE, NOT_KNOWN, HALF):
        bench.worker.work_off()
        bench.fake.update(made, result=drawn)
    bench.worker.work_off()
    now_and_then(bench)
    assert [decision for _, decision, _ in history(bench)["series"]] == [
        "accepted",
        "returned",
        "accepted",
        "returned",
        "unverified",
        "accepted",
    ]
    before = stored(bench)
    assert Retention(bench.engine, keep_history_days=1.0).run().subject_verdicts == 0, "nothing is old"
    long_ago = after(-2 * DAY_S)
    with bench.engine.begin() as connection:
        connection.execute(sa.update(subject_verdicts).values(judged_at=long_ago))
    assert Retention(bench.engine).run() == Removed(), "nobody asked for it"
    assert Retention(bench.engine, keep_history_days=1.0).run().subject_verdicts == 4
    assert history(bench) == {
        "series": [(4, "returned", False), (6, "accepted", True)],
        "annotator": [(1, "accepted", True)],
    }
    assert stored(bench) == before
    bench.fake.update(made, result=WIDE)
    bench.worker.work_off()
    assert history(bench)["series"][-1] == (7, "returned", True), "it is counted on"


def test_the_last_verdict_on_what_is_gone_stays(bench: Bench) -> None:
    made = bench.fake.submit(bench.task(**SERIES), HALF)["id"]
    bench.worker.work_off()
    bench.fake.delete(made)
    bench.worker.work_off()
    with bench.engine.begin() as connection:
        connection.execute(sa.update(subject_verdicts).values(judged_at=after(-2 * DAY_S)))
    assert Retention(bench.engine, keep_history_days=1.0).run() == Removed()
    assert history(bench) == {"series": [(1, "accepted", False)]}


def test_many_go_in_small_batches(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "VERDICTS_AT_ONCE", 2)
    monkeypatch.setattr(retention, "MOST_AT_ONCE", 2)
    made = bench.fake.submit(bench.task(**SERIES), HALF)["id"]
    for _ in range(3):
        for drawn in (NOT_KNOWN, HALF):
            bench.worker.work_off()
            bench.fake.update(made, result=drawn)
    bench.worker.work_off()
    with bench.engine.begin() as connection:
        connection.execute(sa.update(subject_verdicts).values(judged_at=after(-2 * DAY_S)))
    keeping = Retention(bench.engine, keep_history_days=1.0)
    removed = keeping.run()
    assert (removed.subject_verdicts, removed.is_all) == (4, False)
    assert keeping.run().subject_verdicts == 2
    assert history(bench)["series"] == [(7, "accepted", True)]


def test_of_checks_that_are_no_more_nothing_stays_after_a_full_sweep(bench: Bench) -> None:
    for _ in range(2):
        bench.fake.submit(bench.task(**SERIES), HALF)
    bench.worker.work_off()
    now_and_then(bench)
    of_before = {row["check_key"] for row in bench.rows(contributions)}
    stricter = IN_SERIES.rule.model_copy(update={"most_px": 50.0})
    newer = plan_over(OF_ANNOTATOR, type(IN_SERIES)(stricter, IN_SERIES.clause), version="2.0.0")
    record_push(bench.engine, SERVER, bench.project, newer)
    Sweep(bench.engine, {SERVER: bench.client}).all_projects(full=True)
    bench.worker.work_off()
    now_and_then(bench)
    Sweep(bench.engine, {SERVER: bench.client}).all_projects(full=True)
    there = {row["check_key"] for row in bench.rows(contributions)}
    assert len(there) == 2
    assert len(there & of_before) == 1
    assert {row["check_key"] for row in bench.rows(subject_groups)} <= there
    assert stored(bench) == checked(bench)
