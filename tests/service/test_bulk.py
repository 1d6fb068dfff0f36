"""Bulk never starves annotators: which lane a delivery goes to, and the order in which tasks are taken."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from tests.service.bench import DATA, GOOD, SERVER, SMALL, Bench, plan

from guidelint.labelstudio.config.marker import marker
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.connection.webhook_event import decode_event
from guidelint.labelstudio.connection.webhook_rows import MOST_ROWS
from guidelint.service.store.base.tables import inbox
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import inbox as inbox_module
from guidelint.service.store.hints.inbox import hint_row, put, put_once, rows_of
from guidelint.service.store.hints.inbox_rows import BULK, FEW_TASKS, INTERACTIVE, SWEEP_ALL, SWEEP_CHANGED, SWEPT
from guidelint.service.store.projects import record_push
from guidelint.service.worker.pace import MOMENT_S, BulkPace
from guidelint.service.worker.sweep.every_project import Sweep

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.service.store.hints.job import Job


def rows(action: str, **content: Any) -> list[tuple[str, object, int]]:
    """Action, task and lane of the rows that one delivery becomes."""
    event = decode_event(json.dumps({"action": action, "project": {"id": 5}, **content}).encode())
    return [(row["action"], row["task"], row["lane"]) for row in rows_of(SERVER, event)]


def annotated(count: int) -> list[dict[str, int]]:
    return [{"id": n, "task": n, "total_annotations": 1} for n in range(1, count + 1)]


SWEEP_OF_CHANGED, SWEEP_OF_ALL = [(SWEEP_CHANGED, 0, BULK)], [(SWEEP_ALL, 0, BULK)]


@pytest.mark.parametrize(
    ("action", "content", "expected"),
    [
        ("ANNOTATION_CREATED", {"annotation": {"id": 1, "task": 3}}, [("ANNOTATION_CREATED", 3, INTERACTIVE)]),
        ("ANNOTATIONS_DELETED", {"annotations": [{"id": 1}]}, [("ANNOTATIONS_DELETED", None, INTERACTIVE)]),
        (
            "ANNOTATIONS_CREATED",
            {"annotation": annotated(2)},
            [("ANNOTATIONS_CREATED", 1, BULK), ("ANNOTATIONS_CREATED", 2, BULK)],
        ),
        ("TASKS_CREATED", {"tasks": annotated(1)}, [("TASKS_CREATED", 1, BULK)]),
        ("TASKS_CREATED", {"tasks": annotated(FEW_TASKS + 1)}, SWEEP_OF_CHANGED),
        ("TASKS_CREATED", {"tasks": annotated(MOST_ROWS + 1)}, SWEEP_OF_CHANGED),
        ("ANNOTATION_CREATED", {"annotation": {"id": "x", "task": 3}}, SWEEP_OF_CHANGED),
        ("ANNOTATIONS_DELETED", {"annotations": annotated(MOST_ROWS + 1)}, SWEEP_OF_ALL),
        ("ANNOTATION_CREATED", {"annotation": {"id": 1, "task": 3}, "project": {"id": 2**40}}, SWEEP_OF_ALL),
        ("PROJECT_UPDATED", {}, [("PROJECT_UPDATED", None, BULK)]),
    ],
)
def test_what_a_delivery_becomes(action: str, content: dict[str, Any], expected: list[tuple[str, object, int]]) -> None:
    assert rows(action, **content) == expected


def test_two_hundred_thousand_hints_are_one_row_and_the_next_submission_goes_first(bench: Bench) -> None:
    """Nothing is built of the rows that are not taken, and nothing of them stands before an annotator."""
    flood = {"action": "ANNOTATIONS_DELETED", "project": {"id": bench.project}, "annotations": [{"id": 7}] * 200_000}
    bench.take("", {}, json.dumps(flood).encode())
    assert [row["action"] for row in bench.rows(inbox)] == [SWEEP_ALL]
    task = bench.task()
    bench.fake.submit(task, SMALL)
    assert bench.worker.work_off() == 1
    assert bench.data(task)["gl_status"] == "returned"


def bulk_hint(bench: Bench, task: int, lane: int = BULK) -> dict[str, Any]:
    return hint_row(TaskKey(SERVER, bench.project, task), SWEPT, lane=lane)


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Tasks in the order in which they are taken, each with its lane."""
    order, real = list[tuple[int, int]](), inbox_module.begin

    def begin(connection: sa.Connection, job: Job) -> None:
        order.append((job.key.task, job.lane))
        real(connection, job)

    monkeypatch.setattr(inbox_module, "begin", begin)
    return order


def test_between_a_submission_and_its_judgement_no_more_bulk_is_taken_than_there_are_workers(
    bench: Bench, taken: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.dropping = True
    tasks = [bench.task() for _ in range(8)]
    for task in tasks:
        bench.fake.submit(task, GOOD)
    with bench.engine.begin() as connection:
        put(connection, [bulk_hint(bench, task) for task in tasks])
    bench.dropping = False
    late = [bench.task() for _ in range(3)]
    read: Callable[..., Any] = TaskClient.task_of

    def read_while_somebody_submits(self: TaskClient, project_id: int, task_id: int) -> Any:
        """Somebody submits just while a task of the bulk is dealt with."""
        if task_id in tasks[2:5] and (new := late[tasks.index(task_id) - 2]) not in submitted:
            submitted[new] = len(taken)
            bench.fake.submit(new, SMALL)
        return read(self, project_id, task_id)

    submitted = dict[int, int]()
    monkeypatch.setattr(TaskClient, "task_of", read_while_somebody_submits)
    assert bench.worker.work_off() == len(tasks) + len(late)
    for task, arrived_after in submitted.items():
        assert taken[arrived_after] == (task, INTERACTIVE), "the next that is taken"
    assert [task for task, lane in taken if lane == BULK] == tasks


def test_a_task_that_waits_in_bulk_is_urgent_once_somebody_submits_it(
    bench: Bench, taken: list[tuple[int, int]]
) -> None:
    tasks = [bench.task() for _ in range(3)]
    with bench.engine.begin() as connection:
        put(connection, [bulk_hint(bench, task) for task in tasks])
    bench.fake.submit(tasks[2], SMALL)
    assert bench.worker.work_off() == 3
    assert taken == [(tasks[2], INTERACTIVE), (tasks[0], BULK), (tasks[1], BULK)]


def test_the_same_hint_in_a_more_urgent_lane_moves_the_one_that_waits(bench: Bench) -> None:
    for lane, becomes in ((BULK, BULK), (INTERACTIVE, INTERACTIVE), (BULK, INTERACTIVE)):
        with bench.engine.begin() as connection:
            put_once(connection, bulk_hint(bench, 1, lane))
        assert [row["lane"] for row in bench.rows(inbox)] == [becomes]


def test_while_annotators_are_at_work_bulk_has_one_worker_and_half_of_its_time() -> None:
    time_s, at_work, in_hand = [100.0], [True], [False]
    pace = BulkPace(lambda: at_work[0], lambda: in_hand[0], lambda: time_s[0])
    assert pace.pause_s() == 0.0
    pace.begin()
    assert pace.pause_s() == MOMENT_S, "the other worker keeps off"
    time_s[0] += 3.0
    pace.end(3.0)
    assert pace.pause_s() == 3.0
    at_work[0] = False
    assert pace.pause_s() == 0.0, "nobody is there"
    at_work[0] = True
    time_s[0] += 3.0
    assert pace.pause_s() == 0.0
    in_hand[0] = True
    assert pace.pause_s() == MOMENT_S, "what is urgent goes first"
    time_s[0] += 3.0
    assert pace.pause_s() == 0.0, "but bulk does not stand still"


@pytest.mark.parametrize("looks", range(4))
def test_bulk_whose_rest_ends_between_two_looks_is_not_left_over(
    bench: Bench, looks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.dropping = True
    task = bench.task()
    bench.fake.submit(task, GOOD)
    with bench.engine.begin() as connection:
        put(connection, [bulk_hint(bench, task)])
    rests = iter([0.001] * looks)

    def pause_s(_pace: BulkPace) -> float:
        return next(rests, 0.0)

    monkeypatch.setattr(BulkPace, "pause_s", pause_s)
    assert bench.worker.work_off() == 1
    assert bench.decisions() == {1: "accepted"}


def test_annotators_are_at_work_for_a_while_after_a_delivery(bench: Bench) -> None:
    with bench.engine.begin() as connection:
        put(connection, [bulk_hint(bench, 1)])
    assert not inbox_module.annotators_at_work(bench.engine, 60.0)
    bench.fake.submit(bench.task(), GOOD)
    assert inbox_module.annotators_at_work(bench.engine, 60.0)
    assert not inbox_module.annotators_at_work(bench.engine, -1.0)


@pytest.fixture
def sweep(bench: Bench) -> Sweep:
    """A sweep of the one project, whose config is what was pushed."""
    bench.fake.tables.projects[bench.project]["label_config"] = f'<View idAttr="{marker(plan())}"/>'
    return Sweep(bench.engine, {SERVER: bench.client})


def states(bench: Bench) -> list[tuple[str, str]]:
    return [(row["action"], row["state"]) for row in bench.rows(inbox) if row["task"] == 0]


def test_a_large_import_is_one_hint_and_all_of_it_is_judged(bench: Bench, sweep: Sweep) -> None:
    bench.fake.add_tasks(bench.project, [dict(DATA) for _ in range(30)], [[{"result": SMALL}] for _ in range(30)])
    assert len(bench.rows(inbox)) == 1
    assert [swept.found for swept in sweep.asked_for()] == [30]
    assert states(bench) == [(SWEEP_CHANGED, "done")]
    assert sweep.asked_for() == []
    bench.worker.work_off()
    assert set(bench.decisions().values()) == {"returned"}
    assert len(bench.decisions()) == 30


def test_a_bad_row_is_made_up_for_by_a_sweep(bench: Bench, sweep: Sweep) -> None:
    bench.dropping = True
    lost = bench.fake.submit(bench.task(), SMALL)
    bench.dropping = False
    body = {"action": "ANNOTATIONS_CREATED", "annotation": [{"id": "?"}, {"id": 99, "task": 99}]}
    bench.take("", {}, json.dumps({**body, "project": {"id": bench.project}}).encode())
    assert [swept.found for swept in sweep.asked_for()] == [1]
    bench.worker.work_off()
    assert bench.decisions() == {lost["id"]: "returned"}


def test_a_delivery_that_does_not_name_its_project_sweeps_every_one(bench: Bench, sweep: Sweep) -> None:
    bench.dropping = True
    lost = bench.fake.submit(bench.task(), SMALL)
    bench.dropping = False
    bench.take("", {}, b'{"action": "ANNOTATION_CREATED", "annotation": {"id": 1, "task": 1}}')
    sweep.asked_for()
    bench.worker.work_off()
    assert bench.decisions() == {lost["id"]: "returned"}
    assert states(bench) == [(SWEEP_ALL, "done")]


def test_a_sweep_that_was_asked_for_is_asked_for_until_it_succeeds(bench: Bench, sweep: Sweep) -> None:
    bench.fake.add_tasks(bench.project, [dict(DATA) for _ in range(30)], [[{"result": SMALL}] for _ in range(30)])
    bench.fake.away = True
    assert [swept.is_complete for swept in sweep.asked_for()] == [False]
    (row,) = bench.rows(inbox)
    assert (row["state"], row["waits"]) == ("pending", 1)
    assert "503" in row["reason"]
    bench.fake.away = False
    with bench.engine.begin() as connection:
        connection.execute(sa.update(inbox).values(not_before=""))
    assert [swept.found for swept in sweep.asked_for()] == [30]
    assert states(bench) == [(SWEEP_CHANGED, "done")]


def test_a_sweep_asked_for_by_a_project_that_is_not_followed_waits_and_says_why(bench: Bench, sweep: Sweep) -> None:
    other = bench.fake.add_project()
    body = {"action": "ANNOTATIONS_DELETED", "annotations": [{"id": "?"}], "project": {"id": other}}
    bench.take("", {}, json.dumps(body).encode())
    sweep.all_projects()
    (row,) = bench.rows(inbox)
    assert row["state"] == "held"
    assert f"does not know project {other}" in row["reason"]
    record_push(bench.engine, SERVER, other, plan(), "2020-01-01T00:00:00.000000Z")
    sweep.all_projects()
    assert states(bench) == [(SWEEP_ALL, "done")]
