"""One submission, one verdict, one effective write-back, then silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.service.bench import GOOD, LARGE, SMALL, Bench

from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.service.store.base.tables import tasks, verdicts

if TYPE_CHECKING:
    import pytest


def test_a_small_lesion_is_returned_in_words_and_corrected(bench: Bench) -> None:
    task = bench.task()
    annotation = bench.fake.submit(task, SMALL)["id"]
    bench.worker.work_off()
    assert bench.decisions() == {annotation: "returned"}
    assert bench.data(task)["gl_status"] == "returned"
    assert "40 mm²" in bench.data(task)["gl_verdict_md"]
    assert bench.data(task)["image"] == "/data/1.png"

    bench.fake.update(annotation, result=GOOD)
    bench.worker.work_off()
    assert bench.decisions() == {annotation: "accepted"}
    assert bench.data(task)["gl_status"] == "accepted"
    assert len(bench.rows(verdicts)) == 2


def test_one_submission_gives_one_verdict_one_write_and_silence(bench: Bench) -> None:
    task = bench.task()
    annotation = bench.fake.submit(task, GOOD)["id"]
    bench.worker.work_off()
    for _ in range(5):
        bench.fake.update(annotation, ground_truth=True)
        bench.worker.work_off()
    assert bench.writes() == 1
    assert len(bench.rows(verdicts)) == 1


def test_a_submission_costs_one_request_to_read_it_and_one_to_show_its_verdict(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where judging takes so long that the task may be another by then, as on a busy machine, it is read once more."""
    monkeypatch.setattr("guidelint.service.worker.task.task_work.FRESH_S", float("inf"))
    for result in (SMALL, GOOD, LARGE):
        task = bench.task()
        bench.fake.submit(task, result)
        before = len(bench.fake.requests)
        bench.worker.work_off()
        assert bench.fake.requests[before:] == [("GET", "/api/tasks"), ("PATCH", f"/api/tasks/{task}/")]


def test_a_change_that_the_answer_to_our_write_could_not_tell_is_told_by_its_own_hint(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = bench.task()
    annotation = bench.fake.submit(task, SMALL)["id"]
    write, changed = TaskClient.write_task, list[int]()

    def write_and_change(self: TaskClient, *given: Any, **named: Any) -> Any:
        answer = write(self, *given, **named)
        if not changed:
            changed.append(1)
            bench.fake.update(annotation, result=GOOD)
        return answer

    monkeypatch.setattr(TaskClient, "write_task", write_and_change)
    assert bench.worker.work_off() == 2
    assert bench.data(task)["gl_status"] == "accepted"
    (seen,) = bench.rows(tasks)
    assert seen["seen_updated_at"] == bench.fake.tables.tasks[task]["updated_at"]
