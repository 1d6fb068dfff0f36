"""A store is copied, from either kind into either: whoever goes on with the copy goes on where the other was."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tests.cli.delivery_file import run
from tests.service.bench import GOOD, LARGE, SERVER, SMALL, Bench, make_bench, plan

from guidelint.service.store.base.copy_store import copy_store
from guidelint.service.store.base.database import open_store, read_only, store_url
from guidelint.service.store.base.tables import metadata
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import inbox as inbox_module
from guidelint.service.store.hints.inbox import hint_row
from guidelint.service.store.projects import Plans
from guidelint.service.worker.sweep.every_project import Sweep
from guidelint.service.worker.task.task_work import TaskWork
from guidelint.service.worker.worker import Worker

if TYPE_CHECKING:
    from pathlib import Path


def busy_bench(folder: Path, place: str) -> Bench:
    """Work that was returned, accepted, escalated and taken back to the queue; one submission waits."""
    bench = make_bench(folder, plan(mode="requeue", requeue_after_minutes=30.0), place=place)
    tasks = [bench.task() for _ in range(5)]
    bench.fake.submit(tasks[0], SMALL, user=2)
    bench.worker.work_off()
    for task, result in zip(tasks[1:4], (GOOD, SMALL, LARGE), strict=True):
        bench.fake.submit(task, result, user=2)
    bench.worker.work_off()
    bench.fake.submit(tasks[4], GOOD, user=3)
    return bench


def everything(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but those of the moment."""
    with read_only(engine) as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for name, table in metadata.tables.items()
            if name not in {"claims", "services"}
        }


def gone_on(bench: Bench, engine: sa.Engine) -> Worker:
    """A worker on another store, of the same Label Studio."""
    work = TaskWork(engine, engine, {SERVER: bench.client}, Plans(engine))
    return Worker(engine, work, 1)


@pytest.mark.parametrize("back", [False, True], ids=["from SQLite", "into SQLite"])
def test_a_copy_is_the_same_and_the_service_goes_on_with_it(tmp_path: Path, place: str, back: bool) -> None:  # noqa: FBT001
    file = str(tmp_path / "file.db")
    source, target = (place, file) if back else (file, place)
    bench = busy_bench(tmp_path, source)
    assert copy_store(store_url(source), store_url(target)) > 20
    engine = open_store(store_url(target))
    with closing(bench.client):
        assert everything(engine) == everything(bench.engine)
        bench.engine.dispose()

        worker = gone_on(bench, engine)
        assert worker.work_off() == 1
        with engine.begin() as connection:
            inbox_module.put(connection, [hint_row(TaskKey(SERVER, bench.project, 1), "SWEPT")])
        writes = bench.writes()
        Sweep(engine, {SERVER: bench.client}).all_projects(full=True)
        worker.work_off()
        assert bench.writes() == writes
        assert [bench.data(task)["gl_status"] for task in (2, 3, 4, 5)] == [
            "accepted",
            "returned",
            "being read",
            "accepted",
        ]
    engine.dispose()


def test_what_holds_something_is_not_written_over(tmp_path: Path) -> None:
    bench = busy_bench(tmp_path, str(tmp_path / "one.db"))
    with closing(bench.client):
        bench.engine.dispose()
        first = run("copy-store", "--store", str(tmp_path / "one.db"), str(tmp_path / "two.db"))
        assert (first.exit_code, first.output[:7]) == (0, "Copied ")
        before = (tmp_path / "two.db").read_bytes()
        again = run("copy-store", "--store", str(tmp_path / "one.db"), str(tmp_path / "two.db"))
        assert again.exit_code == 2
        assert "is not empty" in again.output
        assert (tmp_path / "two.db").read_bytes() == before
        assert (tmp_path / "two.db").stat().st_mode & 0o777 == 0o600


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    told = run("copy-store", "--store", str(tmp_path / "none.db"), str(tmp_path / "copy.db"))
    assert told.exit_code == 2
    assert "there is no store" in told.output
    assert list(tmp_path.iterdir()) == []
