"""The store: schema, migrations, and the same behaviour on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from tests.service.bench import DATA, GOOD, LARGE, SERVER, SMALL, Bench, make_bench, plan

from guidelint.service.receiver.group_commit import GroupCommit
from guidelint.service.store.base.database import open_store, read_only, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.base.schema import newest_revision
from guidelint.service.store.base.tables import annotation_rows, inbox, metadata, requeues, services, verdicts
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.escalations import open_escalations
from guidelint.service.store.hints.inbox import hint_row, pending, put
from guidelint.service.store.hints.inbox_rows import SWEEP_ALL
from guidelint.service.worker.sweep.every_project import Sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from guidelint.validation.judging.plan import Plan


@pytest.fixture
def bench_on(place: str, tmp_path: Path) -> Generator[Callable[..., Bench]]:
    """Make benches whose store lies in a certain place."""
    made: list[Bench] = []

    def make(guideline: Plan) -> Bench:
        made.append(make_bench(tmp_path, guideline, place=place))
        return made[-1]

    yield make
    for bench in made:
        bench.client.close()
        bench.engine.dispose()


def test_the_migrations_make_exactly_the_tables_of_the_code(place: str) -> None:
    url = store_url(place)
    migrate(url)
    migrate(url)
    engine = open_store(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == newest_revision()
    engine.dispose()


def test_every_key_begins_with_server_and_project() -> None:
    about_projects = [table for table in metadata.tables.values() if table is not services]
    for table in about_projects:
        keys = [[column.name for column in table.primary_key]]
        keys += [[column.name for column in index.columns] for index in table.indexes if index.unique]
        assert any(key[:2] == ["server", "project"] for key in keys), table.name


def test_submissions_escalations_and_requeues_behave_alike(bench_on: Callable[..., Bench]) -> None:
    bench = bench_on(plan(mode="requeue", requeue_after_minutes=30.0))
    tasks = [bench.task() for _ in range(3)]
    bench.fake.submit(tasks[0], SMALL, user=2)
    bench.worker.work_off()
    bench.fake.submit(tasks[1], LARGE, user=2)
    bench.fake.submit(tasks[2], GOOD, user=3)
    bench.worker.work_off()
    assert [bench.data(task)["gl_status"] for task in tasks] == ["returned", "being read", "accepted"]
    assert open_escalations(bench.engine, SERVER, bench.project) == {tasks[1]: 2}
    assert [row["state"] for row in bench.rows(requeues)] == ["done"]
    assert {row["state"] for row in bench.rows(annotation_rows)} == {"standing", "requeued"}


def test_an_import_is_swept_alike(bench_on: Callable[..., Bench]) -> None:
    bench = bench_on(plan())
    bench.dropping = True
    results = [GOOD, SMALL, LARGE]
    bench.fake.add_tasks(bench.project, [dict(DATA) for _ in results], [[{"result": one}] for one in results])
    sweep = Sweep(bench.engine, {SERVER: bench.client})
    assert [swept.found for swept in sweep.all_projects()] == [3]
    assert bench.decisions() == {1: "accepted", 2: "returned", 3: "escalated"}
    bench.worker.work_off()
    with bench.engine.begin() as connection:
        connection.execute(sa.update(annotation_rows).values(state="withdrawn"))
        connection.execute(sa.update(verdicts).values(is_current=False))
    assert [swept.found for swept in sweep.all_projects(full=True)] == [3]
    assert bench.decisions() == {1: "accepted", 2: "returned", 3: "escalated"}
    assert [swept.found for swept in sweep.all_projects(full=True)] == [0]


def test_numbers_of_stored_rows_are_given_in_order(place: str) -> None:
    url = store_url(place)
    migrate(url)
    engine = open_store(url)
    with engine.begin() as connection:
        rows = [hint_row(TaskKey(SERVER, 1, task), "SWEPT") for task in range(300)]
        numbers = put(connection, rows)
    assert numbers == sorted(numbers)
    assert pending(engine) == numbers
    engine.dispose()


def test_a_row_that_the_store_cannot_hold_costs_no_other(place: str) -> None:
    """Neither of its own delivery nor of others that share the commit; a sweep makes up for it."""
    url = store_url(place)
    migrate(url)
    engine = open_store(url)
    good = [hint_row(TaskKey(SERVER, 1, task), "SWEPT") for task in range(1, 5)]
    bad = {**good[0], "annotation": 2**70}

    async def store() -> list[list[int]]:
        storing = GroupCommit(engine)
        deliveries = [storing.put(rows) for rows in ([good[0]], [good[1], bad, good[2]], [bad], [good[3]])]
        waiting = [asyncio.ensure_future(delivery) for delivery in deliveries]
        await asyncio.sleep(0)
        storing.start()
        numbers = await asyncio.gather(*waiting)
        storing.close()
        return numbers

    assert [len(numbers) for numbers in asyncio.run(store())] == [1, 2, 0, 1]
    with read_only(engine) as connection:
        stored = [(row.task, row.action) for row in connection.execute(sa.select(inbox).order_by(inbox.c.seq))]
    assert stored == [(1, "SWEPT"), (2, "SWEPT"), (3, "SWEPT"), (0, SWEEP_ALL), (0, SWEEP_ALL), (4, "SWEPT")]
    engine.dispose()


def test_one_database_serves_many_writers(place: str) -> None:
    """Two processes store at the same time; nobody is told that the store is locked."""
    url = store_url(place)
    migrate(url)
    script = (
        "import sys\n"
        "from guidelint.service.store.hints.inbox import *\n"
        "from guidelint.service.store.base.database import *\n"
        "from guidelint.service.store.base.task_key import TaskKey\n"
        f"engine = open_store({url!r})\n"
        "for task in range(100):\n"
        "    with engine.begin() as connection: put(connection, [hint_row(TaskKey('s', 1, task), 'SWEPT')])\n"
        "engine.dispose()\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(2)]  # noqa: S603 - our own command
    assert [writer.wait(timeout=600) for writer in writers] == [0, 0]
    engine = open_store(url)
    assert len(pending(engine)) == 200
    engine.dispose()


def test_a_commit_of_the_inbox_waits_for_the_disk(tmp_path: Path) -> None:
    url = store_url(str(tmp_path / "store.db"))
    migrate(url)
    for durable, level in ((True, 2), (False, 1)):
        engine = open_store(url, durable=durable)
        with engine.connect() as connection:
            assert connection.execute(sa.text("PRAGMA synchronous")).scalar() == level
            assert connection.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal"
        engine.dispose()
