"""The four steps by themselves: reading many tasks with few questions, storing them together, writing later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import event
from tests.service.bench import GOOD, LARGE, SERVER, SMALL, Bench

from guidelint.service.store.base.tables import inbox, tasks
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints.job import Job
from guidelint.service.worker.task.apply import note_dealt_with, store
from guidelint.service.worker.task.decide import decide
from guidelint.service.worker.task.read_task import LookedAt, as_they_stand
from guidelint.service.worker.task.task_submissions import judged

if TYPE_CHECKING:
    from guidelint.service.worker.task.as_it_stands import TaskAsItStands


def look(bench: Bench, wanted: list[int]) -> list[TaskAsItStands]:
    """How tasks stand, as somebody who read them in a listing would ask."""
    found = [
        LookedAt(Job(TaskKey(SERVER, bench.project, task), (), 0, 0), bench.client.task_of(bench.project, task))
        for task in wanted
    ]
    return as_they_stand(bench.engine, bench.worker.work.plans, found)


def questions(bench: Bench) -> list[str]:
    """Every statement from now on."""
    asked = list[str]()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(bench.engine, "before_cursor_execute", note)
    return asked


def of_tasks(asked: list[str]) -> list[str]:
    """Tables that were asked, in order."""
    return [statement.partition("FROM ")[2].split()[0] for statement in asked if statement.startswith("SELECT")]


def test_many_tasks_are_judged_and_stored_together_and_written_by_jobs_of_their_own(bench: Bench) -> None:
    bench.dropping = True
    numbers = [bench.task() for _ in range(4)]
    for task, result in zip(numbers, (SMALL, GOOD, LARGE), strict=False):
        bench.fake.submit(task, result)
    every = [decide(stands, judged(stands), 0.0) for stands in look(bench, numbers)]
    with bench.engine.begin() as connection:
        for changes in every:
            store(connection, changes)
            if changes.write_back.silent and changes.task is not None:
                note_dealt_with(connection, changes, changes.task)
    assert bench.decisions() == {1: "returned", 2: "accepted", 3: "escalated"}
    assert bench.writes() == 0
    assert [row["task"] for row in bench.rows(tasks)] == [numbers[3]], "the others are still to be written"

    again = [decide(stands, judged(stands), 0.0) for stands in look(bench, numbers)]
    assert [not changes.new for changes in again] == [True] * 4
    assert [changes.write_back for changes in again] == [changes.write_back for changes in every]


def test_the_store_is_asked_as_often_for_many_tasks_as_for_one(bench: Bench) -> None:
    numbers = [bench.task() for _ in range(5)]
    for task in numbers:
        annotation = bench.fake.submit(task, SMALL)["id"]
        bench.worker.work_off()
        bench.fake.update(annotation, result=GOOD)
    asked = questions(bench)
    look(bench, numbers[:1])
    for_one = of_tasks(asked)
    asked.clear()
    stands = look(bench, numbers)
    assert for_one == of_tasks(asked) == ["projects", "annotations", "requeues", "tasks", "gathered", "contents"]
    found = [(item.version, item.previous is not None) for task in stands for item in task.annotations]
    assert found == [(2, True)] * 5


def test_deciding_looks_at_nothing_but_what_was_read(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, SMALL)
    (stands,) = look(bench, [task])
    asked, requests = questions(bench), len(bench.fake.requests)
    first = decide(stands, judged(stands), 0.0)
    assert decide(stands, judged(stands), 0.0) == first
    assert (asked, len(bench.fake.requests)) == ([], requests)
    assert bench.rows(inbox)[-1]["state"] == "pending", "nothing was noted"
