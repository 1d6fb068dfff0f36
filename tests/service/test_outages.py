"""What waits while Label Studio is away is tried soon after it is back; what was set aside is not left for ever."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tests.service.bench import GOOD, SERVER, SMALL, Bench
from tests.service.fault_proxy import Faults, faulty

from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.fake.http import transport
from guidelint.service.clock import after
from guidelint.service.settings import Settings
from guidelint.service.store.base.tables import inbox as inbox_rows
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import inbox
from guidelint.service.store.hints.retries import try_failed_again
from guidelint.service.worker.servers.outages import LONGEST_PAUSE_S, SHORTEST_S, Outages
from guidelint.service.worker.servers.token_again import token_again

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.service.worker.worker import Worker


@pytest.fixture
def clock() -> list[float]:
    return [0.0]


@pytest.fixture
def outages(bench: Bench, clock: list[float]) -> Outages:
    """The outages of the worker of the bench, with a clock that only tests move."""
    made = Outages(bench.engine, lambda: clock[0])
    set_outages(bench.worker, made)
    return made


def set_outages(worker: Worker, outages: Outages) -> None:
    worker._outages = outages  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    worker._endings = replace(worker._endings, outages=outages)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


def waits(bench: Bench) -> list[str]:
    """Times before which nothing is tried, of what is pending."""
    return [row["not_before"] for row in bench.rows(inbox_rows) if row["state"] == "pending"]


def long_outage(bench: Bench, count: int) -> list[int]:
    """Hand in so many while Label Studio is away, and let each wait as after an hour."""
    tasks = [bench.task() for _ in range(count)]
    for task in tasks:
        bench.fake.submit(task, GOOD)
    bench.fake.away = True
    bench.worker.work_off()
    with bench.engine.begin() as connection:
        connection.execute(sa.update(inbox_rows).values(waits=12, not_before=after(300.0)))
    return tasks


def test_after_an_outage_all_is_tried_as_soon_as_one_task_goes_well(
    bench: Bench, outages: Outages, clock: list[float]
) -> None:
    tasks = long_outage(bench, 5)
    clock[0] += SHORTEST_S
    before = len(bench.fake.requests)
    assert outages.look()
    assert bench.worker.work_off() == 1, "one task is tried while it is away"
    assert len(bench.fake.requests) == before + 1
    bench.fake.away = False
    clock[0] += SHORTEST_S
    assert outages.look()
    assert bench.worker.work_off() == 5
    assert [bench.data(task)["gl_status"] for task in tasks] == ["accepted"] * 5


def test_while_it_is_away_the_looks_grow_rarer_and_never_stop(
    bench: Bench, outages: Outages, clock: list[float]
) -> None:
    long_outage(bench, 3)
    looks: list[float] = []
    for second in range(300):
        clock[0] = float(second)
        if outages.look():
            looks.append(clock[0])
            bench.worker.work_off()
    assert looks[:4] == [5.0, 10.0, 20.0, 40.0]
    pauses = {later - sooner for sooner, later in pairwise(looks[3:])}
    assert pauses == {LONGEST_PAUSE_S}


def test_a_new_process_takes_up_what_an_earlier_one_put_off(bench: Bench, outages: Outages) -> None:
    long_outage(bench, 3)
    bench.fake.away = False
    later = Outages(bench.engine)
    later.resume()
    set_outages(bench.worker, later)
    assert later.look()
    assert bench.worker.work_off() == 3
    assert outages is not later


@pytest.mark.usefixtures("outages")
def test_one_task_that_fails_among_others_keeps_its_own_wait(bench: Bench, clock: list[float]) -> None:
    faults = Faults()
    client = TaskClient(SERVER, "token-1", faulty(transport(bench.fake), faults))
    bench.worker.work = replace(bench.worker.work, clients={SERVER: client})
    bad = bench.task()
    bench.fake.submit(bad, GOOD)
    faults.begin("500", f"/api/tasks/{bad}/")
    bench.worker.work_off()
    with bench.engine.begin() as connection:
        connection.execute(sa.update(inbox_rows).where(inbox_rows.c.task == bad).values(not_before=after(300.0)))
    before = waits(bench)
    for _ in range(5):
        clock[0] += SHORTEST_S / 2
        bench.fake.submit(bench.task(), GOOD)
        bench.worker.work_off()
    assert (waits(bench), faults.met["500"]) == (before, 1)


def test_a_wait_of_our_own_choice_is_not_hurried(bench: Bench, outages: Outages, clock: list[float]) -> None:
    task = bench.task()
    with bench.engine.begin() as connection:
        inbox.put(connection, [inbox.hint_row(TaskKey(SERVER, bench.project, task), inbox.REVISIT, after(3600.0))])
    outages.failed(SERVER)
    clock[0] += SHORTEST_S
    assert not outages.look()


def test_what_was_set_aside_ends_when_its_task_is_dealt_with(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, SMALL)
    with bench.engine.begin() as connection:
        aside = sa.update(inbox_rows).where(inbox_rows.c.task == task)
        connection.execute(aside.values(state="failed", reason="of an older version"))
    other = bench.fake.submit(bench.task(), SMALL)
    bench.worker.work_off()
    assert (inbox.unfinished(bench.engine), other["task"]) == (1, 2)
    bench.fake.submit(task, GOOD)
    bench.worker.work_off()
    assert inbox.unfinished(bench.engine) == 0


def test_what_was_set_aside_is_tried_again_when_somebody_asks(bench: Bench) -> None:
    bench.fake.submit(bench.task(), SMALL)
    with bench.engine.begin() as connection:
        connection.execute(sa.update(inbox_rows).values(state="failed", starts=5, reason="of an older version"))
        try_failed_again(connection, SERVER)
    bench.worker.work_off()
    assert bench.decisions() == {1: "returned"}
    assert inbox.unfinished(bench.engine) == 0


def test_a_refusal_sets_only_its_task_aside_and_says_why(bench: Bench) -> None:
    first, second = bench.task(), bench.task()
    bench.fake.submit(first, SMALL)
    bench.fake.submit(second, GOOD)
    bench.fake.refuses = {("PATCH", f"/api/tasks/{first}/"): "This is not a valid choice."}
    for _ in range(6):
        with bench.engine.begin() as connection:
            connection.execute(sa.update(inbox_rows).values(not_before=""))
        bench.worker.work_off()
    assert bench.data(second)["gl_status"] == "accepted"
    (row,) = (row for row in bench.rows(inbox_rows) if row["state"] == "failed")
    assert row["task"] == first
    assert row["reason"] == "PATCH /api/tasks/1/: Label Studio refuses (400): This is not a valid choice"


@pytest.mark.parametrize("text", ["token-9", f"{SERVER} token-9\nhttp://other.test token-3"])
def test_a_token_that_was_replaced_in_its_file_is_read_again_without_a_restart(
    bench: Bench, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "token"
    file.write_text("token-1")
    settings = Settings(store="", servers={SERVER: "token-1"}, token_file=str(file))
    client = TaskClient(SERVER, "token-1", transport(bench.fake), token_again(settings, SERVER))
    bench.worker.work = replace(bench.worker.work, clients={SERVER: client})
    task = bench.task()
    bench.fake.submit(task, GOOD)
    bench.fake.users = {"token-9": 1}
    for words in ("Invalid token", "cannot be read"):
        bench.worker.work_off()
        (row,) = (row for row in bench.rows(inbox_rows) if row["task"] == task)
        assert (row["state"], words in row["reason"]) == ("pending", True), row["reason"]
        file.unlink(missing_ok=True)
        with bench.engine.begin() as connection:
            connection.execute(sa.update(inbox_rows).values(not_before=""))
    file.write_text(text)
    bench.worker.work_off()
    assert bench.data(task)["gl_status"] == "accepted"


def test_a_token_from_the_environment_stays_as_it_is() -> None:
    assert token_again(Settings(store="", servers={SERVER: "token-1"}), SERVER)() == "token-1"
