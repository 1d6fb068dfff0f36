"""What is only history goes once it is old; what stands, was returned, is requeued or judged again by stays."""

from __future__ import annotations

import copy
import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.service.bench import GOOD, LARGE, SERVER, SMALL, Bench, make_bench, plan

from guidelint.service.clock import after
from guidelint.service.settings import Settings
from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.base.tables import annotation_rows, contents, inbox, verdicts
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import claims
from guidelint.service.store.hints.inbox import DONE, FAILED, FORGOTTEN, PENDING, SWEPT, hint_row, put, put_once
from guidelint.service.store.old_rows import remove_hints, remove_history, tasks_with_history
from guidelint.service.store.projects import Plans, record_push
from guidelint.service.sweep_once import sweep_once
from guidelint.service.worker import retention
from guidelint.service.worker.process import make_worker
from guidelint.service.worker.retention import HINTS_AT_ONCE, Retention
from guidelint.service.worker.task.task_work import TaskWork
from guidelint.service.worker.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

pytestmark = pytest.mark.many

Row = dict[str, Any]
Step = tuple[Any, ...]
RESULTS = (SMALL, GOOD, LARGE)
TASKS = 3
LATER = after(3600)
"""Everything that the tests store is older than this."""
ENGINES = ("guidelint.service.worker.task.judge_annotation", "guidelint.validation.judging.judge")

SUBMIT = st.tuples(st.just("submit"), st.integers(0, TASKS - 1), st.integers(1, 3), st.integers(0, 2))
UPDATE = st.tuples(st.just("update"), st.integers(0, 9), st.integers(0, 2))
DELETE = st.tuples(st.just("delete"), st.integers(0, 9))
OTHERS = st.sampled_from([("engine",), ("push",)])
STEPS = st.lists(st.one_of(SUBMIT, UPDATE, UPDATE, DELETE, OTHERS), min_size=5, max_size=25)


@cache
def _empty_store() -> Path:
    """A store with its schema and nothing else, made once."""
    place = Path(mkdtemp()) / "store.db"
    migrate(store_url(str(place)))
    return place


@contextmanager
def _history(steps: list[Step]) -> Generator[tuple[Bench, pytest.MonkeyPatch]]:
    """A bench on which people have worked: submitted, corrected, deleted; engines and guidelines have changed."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        shutil.copy(_empty_store(), Path(folder) / "store.db")
        bench = make_bench(Path(folder), plan(mode="requeue", requeue_after_minutes=30.0))
        tasks = [bench.task() for _ in range(TASKS)]
        for number, step in enumerate(steps):
            _one(bench, tasks, number, step, patch)
            bench.worker.work_off()
        yield bench, patch
        bench.client.close()
        bench.engine.dispose()


def _one(bench: Bench, tasks: list[int], number: int, step: Step, patch: pytest.MonkeyPatch) -> None:
    standing = sorted(bench.fake.tables.annotations)
    match step:
        case ("submit", task, user, result):
            bench.fake.submit(tasks[task], RESULTS[result], user=user)
        case ("update", which, result) if standing:
            bench.fake.update(standing[which % len(standing)], result=RESULTS[result])
        case ("delete", which) if standing:
            bench.fake.delete(standing[which % len(standing)])
        case ("engine",):
            _judge_all_anew(bench, f"1.{number}", patch)
        case ("push",):
            record_push(bench.engine, SERVER, bench.project, plan(f"1.{number}.0", 100.0 + number, mode="requeue"))
        case _:
            pass


def _judge_all_anew(bench: Bench, engine: str, patch: pytest.MonkeyPatch) -> None:
    for module in ENGINES:
        patch.setattr(f"{module}.engine_version", lambda: engine)
    with bench.engine.begin() as connection:
        for task in bench.fake.tables.tasks:
            put_once(connection, hint_row(TaskKey(SERVER, bench.project, task), SWEPT))
    bench.worker.work_off()


def _twin(bench: Bench) -> Bench:
    """The same service on a copy of the store."""
    place = Path(str(bench.engine.url.database))
    with closing(sqlite3.connect(place)) as store, closing(sqlite3.connect(place.with_name("twin.db"))) as copied:
        store.backup(copied)
    engine = open_store(store_url(str(place.with_name("twin.db"))))
    work = TaskWork(engine, engine, {SERVER: bench.client}, Plans(engine), 0.0)
    return replace(bench, engine=engine, worker=Worker(engine, work, 1))


def _prune(bench: Bench) -> tuple[int, int]:
    """Take out all old history, however young; how many verdicts and versions."""
    found = [
        remove_history(bench.engine, key, LATER, "test") or (0, 0)
        for key in tasks_with_history(bench.engine, LATER, 1000)
    ]
    return sum(one for one, _ in found), sum(other for _, other in found)


def _identity(row: Row) -> tuple[int, str]:
    return row["annotation"], row["created_at"]


def _order(row: Row) -> tuple[int, str]:
    return row["version"], row.get("judged_at", "")


def _by_annotation(rows: list[Row]) -> Iterator[tuple[tuple[int, str], list[Row]]]:
    for identity, group in groupby(sorted(rows, key=lambda row: (_identity(row), _order(row))), key=_identity):
        yield identity, list(group)


def _must_stay(bench: Bench) -> tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]]:
    """Verdicts and versions of the kinds that are never taken out, told from all rows in plain words."""
    states = {_identity(row): row for row in bench.rows(annotation_rows)}
    kept_verdicts, kept_versions = set[tuple[Any, ...]](), set[tuple[Any, ...]]()
    for identity, rows in _by_annotation(bench.rows(verdicts)):
        returned = [row for row in rows if row["decision"] == "returned"][-1:]
        every = rows if states[identity]["state"] == "requeued" else []
        kept = [*(row for row in rows if row["is_current"]), rows[-1], *returned, *every]
        kept_verdicts |= {(identity, row["version"], row["digest"]) for row in kept}
        kept_versions |= {(identity, row["version"]) for row in returned}
    for identity, rows in _by_annotation(bench.rows(contents)):
        newest = states[identity]["version"]
        every = [row["version"] for row in rows] if states[identity]["state"] == "requeued" else []
        there = {row["version"] for row in rows}
        kept_versions |= {(identity, version) for version in (newest, newest - 1, *every) if version in there}
    return kept_verdicts, kept_versions


def _table(bench: Bench) -> list[tuple[Any, ...]]:
    """Current verdicts, with digests of all that was judged."""
    rows = [row for row in bench.rows(verdicts) if row["is_current"]]
    return sorted((*_identity(row), row["version"], row["digest"], row["verdict"]) for row in rows)


@given(STEPS)
@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.generate],
    derandomize=True,
)
def test_judging_everything_anew_gives_the_same_verdicts_and_nothing_that_must_stay_is_gone(steps: list[Step]) -> None:
    with _history(steps) as (bench, patch):
        twin = _twin(bench)
        kept_verdicts, kept_versions = _must_stay(bench)
        _prune(bench)
        assert {(_identity(row), row["version"], row["digest"]) for row in bench.rows(verdicts)} == kept_verdicts
        left = {(_identity(row), row["version"]) for row in bench.rows(contents)}
        assert left >= kept_versions
        assert left == kept_versions | {(identity, version) for identity, version, _ in kept_verdicts}
        assert _prune(bench) == (0, 0)
        assert _table(bench) == _table(twin)

        before = copy.deepcopy(bench.fake.tables)
        _judge_all_anew(bench, "99.0", patch)
        bench.fake.tables = before
        _judge_all_anew(twin, "99.0", patch)
        assert _table(bench) == _table(twin)
        twin.engine.dispose()


def test_replaced_verdicts_and_versions_go_on_both_stores(place: str, tmp_path: Path) -> None:
    bench = make_bench(tmp_path, place=place)
    task = bench.task()
    annotation = bench.fake.submit(task, LARGE)["id"]
    for result in (SMALL, LARGE, GOOD, LARGE, GOOD):
        bench.worker.work_off()
        bench.fake.update(annotation, result=result)
    bench.worker.work_off()
    assert [row["version"] for row in bench.rows(contents)] == [1, 2, 3, 4, 5, 6]
    assert tasks_with_history(bench.engine, after(-3600), 9) == [], "nothing is old"
    assert _prune(bench) == (4, 3)
    assert sorted(row["version"] for row in bench.rows(contents)) == [2, 5, 6], "the returned one, the last two"
    assert sorted((row["version"], row["decision"]) for row in bench.rows(verdicts)) == [
        (2, "returned"),
        (6, "accepted"),
    ]
    bench.client.close()
    bench.engine.dispose()


def test_a_task_that_somebody_works_on_is_left_alone(bench: Bench) -> None:
    task = bench.task()
    annotation = bench.fake.submit(task, SMALL)["id"]
    for result in (GOOD, LARGE, GOOD):
        bench.worker.work_off()
        bench.fake.update(annotation, result=result)
    bench.worker.work_off()
    key = TaskKey(SERVER, bench.project, task)
    with bench.engine.begin() as connection:
        assert claims.claim(connection, key, "a worker")
    assert remove_history(bench.engine, key, LATER, "retention") is None
    with bench.engine.begin() as connection:
        claims.release(connection, key, "a worker")
    assert remove_history(bench.engine, key, LATER, "retention") == (2, 1)


@pytest.fixture
def store(place: str) -> Iterator[sa.Engine]:
    """A store with many hints that were dealt with long ago, and some of other kinds."""
    url = store_url(place)
    migrate(url)
    engine = open_store(url)
    long_ago = {"received_at": after(-40 * 86400)}
    rows = [{**hint_row(TaskKey(SERVER, 1, task), SWEPT), **long_ago, "state": DONE} for task in range(1201)]
    others = [{**hint_row(TaskKey(SERVER, 1, 9), SWEPT), **long_ago, "state": name} for name in (PENDING, FAILED)]
    others.append({**others[0], "state": FORGOTTEN})
    with engine.begin() as connection:
        put(connection, [*rows, *others, {**rows[0], "received_at": after(-5)}])
    yield engine
    engine.dispose()


def _states(engine: sa.Engine) -> list[str]:
    with engine.connect() as connection:
        return sorted(connection.execute(sa.select(inbox.c.state)).scalars())


def test_hints_that_were_dealt_with_go_in_small_batches_and_all_others_stay(
    store: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches = list[int]()

    def counted(engine: sa.Engine, numbers: list[int], before: str) -> int:
        batches.append(len(numbers))
        return remove_hints(engine, numbers, before)

    monkeypatch.setattr(retention, "remove_hints", counted)
    assert Retention(store, keep_inbox_days=30).run().hints == 1201
    assert batches == [HINTS_AT_ONCE, HINTS_AT_ONCE, 201]
    assert _states(store) == [DONE, FAILED, FORGOTTEN, PENDING]


def test_nothing_goes_unless_it_is_asked_for(store: sa.Engine) -> None:
    Retention(store).when_due()
    Retention(store, keep_inbox_days=50, keep_history_days=50).when_due()
    assert len(_states(store)) == 1205


def test_it_looks_once_an_hour_and_goes_on_sooner_when_much_is_left(
    store: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "MOST_AT_ONCE", 2)
    keeping = Retention(store, keep_inbox_days=30)
    keeping.when_due()
    assert len(_states(store)) == 205, "two batches"
    keeping.when_due()
    assert len(_states(store)) == 4
    with store.begin() as connection:
        row = {**hint_row(TaskKey(SERVER, 1, 5), SWEPT), "received_at": after(-40 * 86400), "state": DONE}
        put(connection, [row])
    keeping.when_due()
    assert len(_states(store)) == 5, "not within the hour"


def test_the_settings_reach_the_worker_and_a_single_sweep(store: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guidelint.service.sweep_once.PATIENCE_S", 0.0)
    url = store.url.render_as_string(hide_password=False)
    chosen = Settings(store=url, servers={}, keep_inbox_days=30.0, keep_history_days=90.0)
    worker = make_worker(chosen, tell=lambda _told: None)
    assert worker.retention is not None
    assert (worker.retention.keep_inbox_days, worker.retention.keep_history_days) == (30.0, 90.0)
    assert worker.retention.stop is worker.stop, "the end of the service does not wait for it"
    worker.close()
    sweep_once(chosen)
    assert _states(store).count(DONE) == 1, "only the hint of today"
