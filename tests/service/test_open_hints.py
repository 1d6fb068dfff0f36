"""What waits and what was set aside: listed with reasons, put back, forgotten; on both kinds of database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tests.service.bench import GOOD, SERVER, SMALL, Bench, plan

from guidelint.labelstudio.config.marker import marker
from guidelint.service.clock import NEVER, after
from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.base.tables import inbox
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints.inbox import DONE, FAILED, HELD, PENDING, REVISIT, SWEPT, hint_row, put
from guidelint.service.store.hints.open_hints import Choice, Kind, forget, not_open, overview, put_back
from guidelint.service.worker.sweep.every_project import Sweep
from guidelint.service.worker.task.task_work import TaskWork

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guidelint.service.store.hints.job import Job


@pytest.fixture
def engine(place: str) -> Iterator[sa.Engine]:
    url = store_url(place)
    migrate(url)
    made = open_store(url)
    yield made
    made.dispose()


def laid(engine: sa.Engine, task: int, state: str = PENDING, reason: str = "", **values: object) -> int:
    """One hint at a task; its number."""
    row = {**hint_row(TaskKey(SERVER, 1, task), SWEPT), "state": state, "reason": reason, **values}
    with engine.begin() as connection:
        return put(connection, [row])[0]


def states(engine: sa.Engine) -> dict[int, str]:
    with engine.connect() as connection:
        return {row.seq: row.state for row in connection.execute(sa.select(inbox))}


def test_each_hint_is_listed_as_it_stands_with_its_reason(engine: sa.Engine) -> None:
    later = after(60)
    waiting = laid(engine, 1, reason="tried before")
    planned = laid(engine, 2, not_before=later, action=REVISIT)
    put_off = laid(engine, 3, reason="away", not_before=later)
    held = laid(engine, 4, HELD, "not known")
    failed = [laid(engine, 5, FAILED, "HTML"), laid(engine, 6, FAILED, "HTML"), laid(engine, 7, FAILED, "plan")]
    laid(engine, 8, DONE)
    found = overview(engine, Choice(), 20, 1)
    told = [(group.kind, group.reason, group.count, group.next_try, group.first[0].number) for group in found.groups]
    assert told == [
        (Kind.FAILED, "HTML", 2, NEVER, failed[0]),
        (Kind.FAILED, "plan", 1, NEVER, failed[2]),
        (Kind.HELD, "not known", 1, NEVER, held),
        (Kind.PUT_OFF, "away", 1, later, put_off),
        (Kind.PLANNED, "", 1, later, planned),
        (Kind.WAITING, "", 1, NEVER, waiting),
    ]
    assert found.counts == {
        Kind.WAITING: 1, Kind.PLANNED: 1, Kind.PUT_OFF: 1, Kind.HELD: 1, Kind.FAILED: 3
    }  # fmt: skip


def test_a_list_is_bounded_whatever_the_store_holds(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        rows = [hint_row(TaskKey(SERVER, 1, task), SWEPT) for task in range(600)]
        put(connection, [{**row, "state": FAILED, "reason": f"reason {n % 50}"} for n, row in enumerate(rows)])
    found = overview(engine, Choice(), 20, 5)
    assert (len(found.groups), found.groups_left_out, found.hints_left_out) == (20, 30, 360)
    assert {len(group.first) for group in found.groups} == {5}
    assert found.counts[Kind.FAILED] == 600


def test_put_back_hints_begin_anew_and_others_stay(engine: sa.Engine) -> None:
    failed = laid(engine, 5, FAILED, "HTML", starts=5, waits=9, not_before=after(300))
    held, done = laid(engine, 6, HELD, "not known"), laid(engine, 7, DONE)
    assert put_back(engine, Choice(kinds=(Kind.FAILED,))) == 1
    assert states(engine) == {failed: PENDING, held: HELD, done: DONE}
    (waiting,) = [group for group in overview(engine, Choice(), 9, 9).groups if group.kind == Kind.WAITING]
    assert waiting.first[0].number == failed
    with engine.connect() as connection:
        row = connection.execute(sa.select(inbox).where(inbox.c.seq == failed)).one()
    assert (row.starts, row.waits) == (0, 0)


@pytest.mark.parametrize(
    ("choice", "chosen"),
    [
        (Choice(project=1), {0, 1, 2}),
        (Choice(project=2), set()),
        (Choice(server=SERVER, task=6), {1}),
        (Choice(server="http://other"), set()),
        (Choice(kinds=(Kind.WAITING, Kind.HELD)), {1, 2}),
    ],
)
def test_only_what_is_chosen_is_forgotten_and_it_is_kept_with_its_reason(
    engine: sa.Engine, choice: Choice, chosen: set[int]
) -> None:
    numbers = [laid(engine, 5, FAILED, "HTML"), laid(engine, 6, HELD), laid(engine, 7), laid(engine, 8, DONE)]
    assert forget(engine, choice) == len(chosen)
    stands = states(engine)
    assert {position for position, number in enumerate(numbers) if stands[number] == "forgotten"} == chosen
    assert len(stands) == 4
    assert overview(engine, Choice(), 9, 9).forgotten == len(chosen)
    with engine.connect() as connection:
        reasons = set(connection.execute(sa.select(inbox.c.reason).where(inbox.c.state == "forgotten")).scalars())
    assert reasons <= {"forgotten by the operator", "forgotten by the operator; before: HTML"}


def test_thousands_are_put_back_some_at_a_time(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        rows = [hint_row(TaskKey(SERVER, 1, task), SWEPT) for task in range(1201)]
        put(connection, [{**row, "state": FAILED, "reason": "HTML"} for row in rows])
    assert put_back(engine, Choice(project=1)) == 1201


def test_numbers_of_no_open_hint_are_told(engine: sa.Engine) -> None:
    known, done = laid(engine, 5, FAILED), laid(engine, 6, DONE)
    assert not_open(engine, [known, done, 999]) == [done, 999]


def test_what_failed_is_judged_after_a_replay(bench: Bench) -> None:
    task = bench.task()
    bench.worker.work_off()
    bench.fake.submit(task, SMALL)
    with bench.engine.begin() as connection:
        hint = inbox.c.annotation == 1
        connection.execute(sa.update(inbox).where(hint).values(state=FAILED, reason="a page of HTML", starts=5))
    bench.worker.work_off()
    assert bench.decisions() == {}
    assert put_back(bench.engine, Choice(kinds=(Kind.FAILED,))) == 1
    bench.worker.work_off()
    assert bench.decisions() == {1: "returned"}


def test_a_hint_forgotten_while_it_is_dealt_with_stays_so(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    task = bench.task()
    bench.fake.submit(task, GOOD)
    bench.fake.away = True
    deal_with = TaskWork.deal_with

    def forgotten_meanwhile(work: TaskWork, job: Job, shown: Callable[[], None]) -> None:
        forget(bench.engine, Choice(task=task))
        deal_with(work, job, shown)

    monkeypatch.setattr(TaskWork, "deal_with", forgotten_meanwhile)
    bench.worker.work_off()
    assert [(row["state"], row["reason"]) for row in bench.rows(inbox) if row["task"] == task] == [
        ("forgotten", "forgotten by the operator")
    ]


def test_what_was_forgotten_is_found_by_the_next_full_sweep(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, SMALL)
    bench.fake.tables.projects[bench.project]["label_config"] = f'<View idAttr="{marker(plan())}"/>'
    assert forget(bench.engine, Choice(task=task)) == 1
    bench.worker.work_off()
    assert bench.decisions() == {}
    Sweep(bench.engine, {SERVER: bench.client}).all_projects(full=True)
    bench.worker.work_off()
    assert bench.decisions() == {1: "returned"}
    assert overview(bench.engine, Choice(), 9, 9).forgotten == 1
