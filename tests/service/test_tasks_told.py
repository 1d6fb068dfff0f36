"""What the service knows of tasks, annotated or not: drafts and proposals too, of which no event tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.service.bench import GOOD, SERVER, Bench, make_bench
from tests.service.subject_rules import plan_over
from tests.service.subject_tables import checked, now_and_then, stored

from guidelint.rules.agreement.enough_readers import EnoughReaders
from guidelint.rules.deliveries.complete_delivery import CompleteDelivery
from guidelint.rules.work.minimum_time import MinimumTime
from guidelint.service.store.base.tables import contributions, drafts, gathered
from guidelint.service.worker.sweep.every_project import Sweep
from guidelint.validation.judging.plan import Check

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMPLETE = Check(CompleteDelivery(), "delivery.rules.complete-delivery")
NOT_HURRIED = Check(MinimumTime(min_s=5.0), "annotators.rules.minimum-time")
BY_TWO = Check(EnoughReaders(min=2), "readers.rules.enough-readers")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A service whose guideline asks for every task to be annotated, and read by two."""
    made = make_bench(tmp_path, plan_over(COMPLETE, BY_TWO))
    yield made
    made.close()


def sweep(bench: Bench, *, full: bool = False) -> int:
    """Sweep, deal with what is left, and judge; returns how many tasks were not as they should be."""
    (swept,) = Sweep(bench.engine, {SERVER: bench.client}).all_projects(full=full)
    bench.worker.work_off()
    now_and_then(bench)
    return swept.found


def told(bench: Bench) -> list[str]:
    """What is said of the project, which is what a check of its export says."""
    assert stored(bench) == checked(bench)
    return [message for _, message in stored(bench)["delivery////"][1]]


def test_a_draft_is_found_by_the_next_sweep_though_nothing_tells_of_it(bench: Bench) -> None:
    task, other = bench.task(), bench.task()
    assert sweep(bench) == 2
    assert told(bench) == [f"there is no annotation on 2 of 2 tasks: {task} and {other}"]
    draft = bench.fake.begin(task, GOOD, user=3)
    assert sweep(bench) == 1
    assert told(bench) == [
        f"there is a draft and no annotation on 1 of 2 tasks: {task}",
        f"there is no annotation on 1 of 2 tasks: {other}",
    ]
    assert sweep(bench) == 0
    assert sweep(bench, full=True) == 0
    del bench.fake.tables.drafts[draft["id"]]
    assert sweep(bench) == 1
    assert told(bench) == [f"there is no annotation on 2 of 2 tasks: {task} and {other}"]


def test_a_draft_that_is_handed_in_is_one_no_more(bench: Bench) -> None:
    task = bench.task()
    bench.fake.begin(task, GOOD)
    sweep(bench)
    bench.fake.submit(task, GOOD)
    bench.worker.work_off()
    now_and_then(bench)
    assert told(bench) == []
    sweep(bench)
    assert told(bench) == []
    assert bench.rows(drafts) == []


def test_a_task_with_a_draft_that_is_gone_is_forgotten(bench: Bench) -> None:
    task = bench.task()
    bench.fake.begin(task, GOOD)
    sweep(bench)
    assert [row["task"] for row in bench.rows(drafts)] == [task]
    bench.fake.delete_task(task)
    bench.worker.work_off()
    assert bench.rows(drafts) == []
    assert bench.rows(contributions) == []


def test_a_proposal_on_a_task_that_nobody_annotated_is_found(bench: Bench) -> None:
    task = bench.task()
    sweep(bench)
    bench.client.create_prediction(task, [], "a model")  # type: ignore[arg-type]
    assert sweep(bench) == 1
    assert told(bench) == [f"there is the proposal of a model and no annotation on 1 of 1 tasks: {task}"]
    assert sweep(bench, full=True) == 0


def test_an_annotation_that_cannot_be_read_may_be_a_reader(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, GOOD, user=1)
    made = bench.fake.submit(task, GOOD, user=2)["id"]
    bench.worker.work_off()
    assert stored(bench)[f"task//{task}//"][0] == "accepted"
    bench.fake.update(made, result={"not": "a list"})
    bench.worker.work_off()
    now_and_then(bench)
    decision, ((_, says),) = stored(bench)[f"task//{task}//"]
    assert decision == "unverified"
    assert "1 annotation was not delivered, or cannot be read" in says
    assert told(bench) == []


def test_a_task_that_was_only_skipped_is_told_as_such(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, [], was_cancelled=True)
    bench.worker.work_off()
    now_and_then(bench)
    assert told(bench) == [], "skipped counts as done here"
    assert [row["annotation"] for row in bench.rows(contributions)] == [0], "the task itself"


def test_where_no_rule_asks_for_tasks_nobody_asks_for_drafts(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, plan_over(NOT_HURRIED))
    bench.fake.begin(bench.task(), GOOD)
    before = len(bench.fake.requests)
    assert sweep(bench) == 0
    assert [path for _, path in bench.fake.requests[before:]] == [f"/api/projects/{bench.project}/", "/api/tasks"]
    assert bench.rows(gathered) == []
    bench.client.close()
    bench.engine.dispose()


def test_another_engine_asks_tasks_anew_in_its_first_sweep(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.task()
    sweep(bench)
    monkeypatch.setattr("guidelint.service.worker.task.subjects.gather.engine_version", lambda: "99.0")
    assert sweep(bench, full=True) == 1
    assert sweep(bench, full=True) == 0
