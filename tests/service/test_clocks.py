"""Clocks that jump, and workers that died: nothing waits for a time that never comes, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tests.service.bench import DATA, GOOD, SERVER, SMALL, Bench, plan

from guidelint.labelstudio.config.marker import marker
from guidelint.service import clock
from guidelint.service.clock import after, as_text, now
from guidelint.service.store import clock_set_back, missing
from guidelint.service.store.base.tables import claims as claim_rows
from guidelint.service.store.base.tables import inbox as inbox_rows
from guidelint.service.store.base.tables import sweeps
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import claims, inbox
from guidelint.service.store.hints.inbox import hint_row
from guidelint.service.worker.owner import is_dead, owner_here
from guidelint.service.worker.sweep.every_project import Sweep

if TYPE_CHECKING:
    from collections.abc import Callable

HOURS = 3600.0


@pytest.fixture
def clock_tells(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], datetime]], None]:
    """Put another clock in place of that of this machine."""

    def tells(time: Callable[[], datetime]) -> None:
        class Told(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
                assert tz is UTC
                return time()

        monkeypatch.setattr(clock, "datetime", Told)

    return tells


@pytest.fixture
def jump(clock_tells: Callable[[Callable[[], datetime]], None]) -> Callable[[float], None]:
    """Set the clock of this machine so many seconds ahead of what it is; negative: back."""
    return lambda seconds: clock_tells(lambda: datetime.now(UTC) + timedelta(seconds=seconds))


@pytest.fixture
def still(clock_tells: Callable[[Callable[[], datetime]], None]) -> None:
    """Let the clock of this machine stand: however long a test takes, no time passes."""
    at = datetime.now(UTC)
    clock_tells(lambda: at)


@pytest.fixture
def sweep(bench: Bench) -> Sweep:
    bench.fake.tables.projects[bench.project]["label_config"] = f'<View idAttr="{marker(plan())}"/>'
    return Sweep(bench.engine, {SERVER: bench.client})


def hold(bench: Bench, task: int, owner: str, until: str) -> None:
    with bench.engine.begin() as connection:
        row = {"server": SERVER, "project": bench.project, "task": task, "owner": owner, "until": until}
        connection.execute(sa.insert(claim_rows).values(row))


@pytest.mark.parametrize("ahead_s", [2 * HOURS, 30 * 24 * HOURS])
def test_a_claim_of_a_dead_worker_whose_clock_was_ahead_blocks_nothing(bench: Bench, ahead_s: float) -> None:
    task = bench.task()
    bench.fake.submit(task, GOOD)
    hold(bench, task, "elsewhere:boot:1:1:1", after(ahead_s))
    assert bench.worker.work_off() == 1
    assert bench.data(task)["gl_status"] == "accepted"


@pytest.mark.usefixtures("still")
@pytest.mark.parametrize("ahead_s", [1.0, claims.LEASE_S, claims.LEASE_S + claims.SKEW_S - 1.0])
def test_a_claim_that_may_be_alive_is_left_alone(bench: Bench, ahead_s: float) -> None:
    task = bench.task()
    bench.fake.submit(task, GOOD)
    hold(bench, task, "elsewhere:boot:1:1:1", after(ahead_s))
    assert bench.worker.work_off() == 0


def test_threads_of_one_process_respect_each_other_whatever_the_clock_says(bench: Bench) -> None:
    key = TaskKey(SERVER, bench.project, bench.task())
    me = owner_here()
    hold(bench, key.task, f"{me}:0", after(2 * HOURS))
    with bench.engine.begin() as connection:
        assert not claims.claim(connection, key, f"{me}:1")
        assert claims.claim(connection, key, f"{me}:0")


def test_a_worker_that_died_on_this_machine_holds_nothing(bench: Bench) -> None:
    code = "from guidelint.service.worker.owner import owner_here; print(owner_here())"
    died = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 - our own code
    task = bench.task()
    bench.fake.submit(task, GOOD)
    hold(bench, task, f"{died}:0", after(claims.LEASE_S))
    assert is_dead(died)
    assert bench.worker.work_off() == 1


def test_only_what_is_known_to_be_dead_is_dead() -> None:
    me = owner_here()
    host, machine, pid, begun, number = me.split(":")
    assert len(me) <= 80 - len(":31")
    assert pid == str(os.getpid())
    assert not is_dead(me)
    assert not is_dead(f"{me}:3")
    assert not is_dead(f"{host}:another-boot:{pid}:{begun}:{number}")
    assert not is_dead("host:4711:99")
    assert is_dead(f"{host}:{machine}:{pid}:1:{number}"), "another process has its id now"


def test_what_was_put_off_by_a_clock_that_was_ahead_is_tried_when_it_is_set_back(
    bench: Bench, jump: Callable[[float], None]
) -> None:
    jump(2 * HOURS)
    bench.fake.away = True
    task = bench.task()
    bench.fake.submit(task, SMALL)
    bench.worker.work_off()
    bench.fake.away = False
    jump(0.0)
    assert bench.worker.work_off() == 1
    assert bench.data(task)["gl_status"] == "returned"


def test_a_time_that_we_chose_by_a_clock_that_was_ahead_is_chosen_anew(
    bench: Bench, jump: Callable[[float], None]
) -> None:
    task = bench.task()
    bench.fake.submit(task, GOOD)
    bench.worker.work_off()
    jump(2 * HOURS)
    with bench.engine.begin() as connection:
        inbox.put(connection, [hint_row(TaskKey(SERVER, bench.project, task), inbox.REVISIT, after(20.0))])
    jump(0.0)
    assert clock_set_back.put_right(bench.engine) == 1
    (row,) = (row for row in bench.rows(inbox_rows) if row["action"] == inbox.REVISIT)
    assert max(row["received_at"], row["not_before"]) <= now()
    assert clock_set_back.put_right(bench.engine) == 0, "once is enough"


def test_a_time_that_we_chose_stays_when_no_clock_was_set_back(bench: Bench) -> None:
    later = after(5 * HOURS)
    with bench.engine.begin() as connection:
        inbox.put(connection, [hint_row(TaskKey(SERVER, bench.project, 1), inbox.REVISIT, later)])
    assert clock_set_back.put_right(bench.engine) == 0
    assert [row["not_before"] for row in bench.rows(inbox_rows)] == [later]


@pytest.mark.parametrize("first_s", [2 * HOURS, -2 * HOURS, 0.0])
@pytest.mark.parametrize("then_s", [2 * HOURS, -2 * HOURS, 0.0])
def test_no_jump_loses_a_submission(
    bench: Bench, sweep: Sweep, jump: Callable[[float], None], first_s: float, then_s: float
) -> None:
    """One told by a webhook and one not, on each side of the jump; then an ordinary sweep."""
    bench.fake.add_tasks(bench.project, [dict(DATA) for _ in range(4)])
    wanted: dict[int, str] = {}
    for seconds in (first_s, then_s):
        jump(seconds)
        sweep.all_projects()
        bench.worker.work_off()
        for bench.dropping in (False, True):
            task = len(wanted) + 1
            wanted[bench.fake.submit(task, SMALL)["id"]] = "returned"
            bench.worker.work_off()
    (swept,) = sweep.all_projects()
    bench.worker.work_off()
    assert (swept.problem, bench.decisions()) == ("", wanted)
    assert inbox.unfinished(bench.engine) == 0


def test_changes_after_the_clock_of_label_studio_was_set_back_are_found(bench: Bench, sweep: Sweep) -> None:
    first, second = bench.task(), bench.task()
    bench.fake.submit(first, SMALL)
    for row in (bench.fake.tables.tasks[first], *bench.fake.tables.annotations.values()):
        row["updated_at"] = after(2 * HOURS)
    sweep.all_projects()
    bench.worker.work_off()
    bench.dropping = True
    lost = bench.fake.submit(second, SMALL)["id"]
    for _ in range(2):
        (swept,) = sweep.all_projects()
        bench.worker.work_off()
        assert swept.problem == ""
        assert bench.decisions() == {1: "returned", lost: "returned"}
    (row,) = bench.rows(sweeps)
    assert row["swept_to"] <= now()


def test_a_full_sweep_of_the_future_does_not_put_off_the_next(
    bench: Bench, sweep: Sweep, jump: Callable[[float], None]
) -> None:
    jump(2 * HOURS)
    sweep.all_projects(full=True)
    jump(0.0)
    bench.worker.work_off()
    assert [(row["full_at"], row["swept_to"]) for row in bench.rows(sweeps)] == [("", "")]


def test_an_absence_of_the_future_is_counted_anew(bench: Bench, jump: Callable[[float], None]) -> None:
    jump(2 * HOURS)
    with bench.engine.begin() as connection:
        missing.note_missing(connection, SERVER, bench.project)
    jump(0.0)
    with bench.engine.begin() as connection:
        found = missing.note_missing(connection, SERVER, bench.project)
    assert (found.proofs, found.since <= now()) == (1, True)


@pytest.mark.parametrize("zone", ["+02:00", "-11:30", "+00:00"])
def test_times_of_any_zone_are_one_time(zone: str) -> None:
    moment = datetime.fromisoformat(f"2026-03-29T01:30:00.000001{zone}")
    assert as_text(moment) == as_text(moment.astimezone(UTC))
    assert as_text(moment.astimezone(UTC).replace(tzinfo=None)) == as_text(moment)
