"""What the store does about absences, outages, dead workers and clocks, on each kind of database alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tests.service.bench import SERVER, SMALL, Bench, make_bench

from guidelint.service.clock import after, now
from guidelint.service.store import clock_set_back, missing
from guidelint.service.store.base.tables import claims as claim_rows
from guidelint.service.store.base.tables import inbox as inbox_rows
from guidelint.service.store.base.tables import sweeps
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import claims, inbox, retries
from guidelint.service.store.hints.inbox import hint_row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def bench(tmp_path: Path, place: str) -> Iterator[Bench]:
    made = make_bench(tmp_path, place=place)
    yield made
    made.close()


def pending(bench: Bench, task: int, **values: object) -> None:
    """Put a hint in, as it stands."""
    with bench.engine.begin() as connection:
        inbox.put(connection, [hint_row(TaskKey(SERVER, bench.project, task), inbox.SWEPT)])
        connection.execute(sa.update(inbox_rows).where(inbox_rows.c.task == task).values(**values))


def test_a_project_ends_with_all_that_waits_for_it(bench: Bench) -> None:
    bench.fake.submit(bench.task(), SMALL)
    bench.worker.work_off()
    pending(bench, 7, state="failed")
    pending(bench, 8, waits=3, not_before=after(200.0))
    with bench.engine.begin() as connection:
        found = missing.note_missing(connection, SERVER, bench.project)
        for proof in range(1, missing.PROOFS):
            since = after(-missing.OVER_S / (missing.PROOFS - 1) * proof)
            connection.execute(sa.update(sweeps).where(sweeps.c.missing_since != "").values(missing_since=since))
            found = missing.note_missing(connection, SERVER, bench.project)
    assert (found.proofs, found.is_gone) == (missing.PROOFS, True)
    assert (bench.decisions(), inbox.unfinished(bench.engine)) == ({}, 0)
    with bench.engine.begin() as connection:
        missing.note_there(connection, SERVER, bench.project)
    assert missing.missing(bench.engine, SERVER, bench.project) is None


def test_what_was_put_off_is_hurried_and_what_waits_for_proofs_is_not(bench: Bench) -> None:
    pending(bench, 7, waits=3, not_before=after(200.0))
    pending(bench, 8, waits=3, not_before=after(100.0))
    assert retries.servers_waited_for(bench.engine) == [SERVER]
    with bench.engine.begin() as connection:
        assert retries.hurry(connection, SERVER, tasks=1) == 1
    assert inbox.next_tasks(bench.engine, 9, inbox.INTERACTIVE) == [TaskKey(SERVER, bench.project, 8)]
    with bench.engine.begin() as connection:
        missing.note_missing(connection, SERVER, bench.project)
        assert retries.hurry(connection, SERVER) == 0
        missing.note_there(connection, SERVER, bench.project)
        assert retries.hurry(connection, SERVER) == 1


def test_what_was_set_aside_is_tried_again_in_one_project(bench: Bench) -> None:
    pending(bench, 7, state="failed", starts=5)
    with bench.engine.begin() as connection:
        retries.try_failed_again(connection, SERVER, bench.project + 1)
    assert inbox.unfinished(bench.engine) == 1
    assert not inbox.next_tasks(bench.engine, 9, inbox.INTERACTIVE)
    with bench.engine.begin() as connection:
        retries.try_failed_again(connection, SERVER, bench.project)
    assert inbox.next_tasks(bench.engine, 9, inbox.INTERACTIVE)


def test_claims_of_the_dead_are_let_go_and_others_kept(bench: Bench) -> None:
    with bench.engine.begin() as connection:
        for task, owner in ((1, "dead:0"), (2, "dead:1"), (3, "alive:0")):
            assert claims.claim(connection, TaskKey(SERVER, bench.project, task), owner)
    assert claims.release_dead(bench.engine, lambda owner: owner.startswith("dead")) == 2
    assert [row["owner"] for row in bench.rows(claim_rows)] == ["alive:0"]


def test_times_of_a_clock_that_was_set_back_are_put_right_once(bench: Bench) -> None:
    pending(bench, 7, waits=3, not_before=after(7200.0))
    pending(bench, 8, received_at=after(7200.0), not_before=after(7220.0))
    pending(bench, 9, not_before=after(7200.0))
    assert clock_set_back.put_right(bench.engine) == 2
    assert clock_set_back.put_right(bench.engine) == 0
    assert {row["task"] for row in bench.rows(inbox_rows) if row["not_before"] <= now()} == {7, 8}
