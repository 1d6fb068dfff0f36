"""Escalated work: a second reader, who must not learn what the first one was told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from tests.service.bench import GOOD, LARGE, SERVER, SMALL, Bench, make_bench, plan

from guidelint.labelstudio.writeback.columns import KEYS
from guidelint.service.store.base.tables import annotation_rows, escalations, inbox
from guidelint.service.store.escalations import open_escalations
from guidelint.validation.judging.plan import Route

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[Bench]:
    """A service that leaves the first reader a minute to read the verdict."""
    made = make_bench(tmp_path, plan(), open_after_s=60.0)
    yield made
    made.close()


@pytest.fixture
def bench_of_board(tmp_path: Path) -> Iterator[Bench]:
    """A project of which every task is read twice, and what escalates three times."""
    board = {"specialist": Route(who="the board", readers=3)}
    made = make_bench(tmp_path, replace(plan(), routes=board).sealed())
    made.fake.tables.projects[made.project]["maximum_annotations"] = 2
    yield made
    made.close()


def ours(bench: Bench, task: int) -> dict[str, str]:
    """What the service has written into a task."""
    return {key: value for key, value in bench.data(task).items() if key.startswith("gl_")}


def test_the_second_reader_gets_the_task_and_learns_nothing(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, LARGE, user=1)
    bench.worker.work_off()
    assert bench.fake.next_task(bench.project, 2) == task
    assert bench.fake.next_task(bench.project, 1) is None
    shown = " ".join(ours(bench, task).values())
    assert "on your own" in shown
    assert not any(word in shown.lower() for word in ("escalated", "mm²", "lesion", "region"))
    assert bench.data(task)["gl_status"] == "being read"
    assert open_escalations(bench.engine, SERVER, bench.project) == {task: 2}


def test_the_first_reader_is_told_before_the_task_opens(patient: Bench) -> None:
    task = patient.task()
    patient.fake.submit(task, LARGE, user=1)
    patient.worker.work_off()
    assert "A thoracic radiologist will look at this within 24 h." in patient.data(task)["gl_verdict_md"]
    assert ours(patient, task) | {"gl_verdict_md": "", "gl_digest": ""} == dict.fromkeys(KEYS, "") | {
        "gl_status": "being read"
    }, "columns are seen by whoever is asked next"
    assert patient.fake.next_task(patient.project, 2) is None
    assert [row["state"] for row in patient.rows(escalations)] == ["waiting"]
    with patient.engine.begin() as connection:
        connection.execute(sa.update(inbox).values(not_before=""))
        connection.execute(sa.update(annotation_rows).values(submitted_at="2020-01-01T00:00:00.000000Z"))
    patient.worker.work_off()
    assert patient.fake.next_task(patient.project, 2) == task
    assert "radiologist" not in patient.data(task)["gl_verdict_md"]
    assert patient.data(task)["gl_waits_for"] == "thoracic radiologist"


def test_the_banner_is_neutral_when_the_task_opens(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    task = bench.task()
    opened, real = list[tuple[str, str, str]](), bench.client.write_task

    def write_and_look(*given: Any, **how: Any) -> Any:
        if given[2] is not None:
            opened.append((given[1]["gl_status"], given[1]["gl_summary"], given[1]["gl_waits_for"]))
        return real(*given, **how)

    monkeypatch.setattr(bench.client, "write_task", write_and_look)
    bench.fake.submit(task, LARGE)
    bench.worker.work_off()
    assert opened == [("being read", "", "thoracic radiologist")]


def test_after_the_second_reading_nobody_else_is_asked(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, LARGE, user=1)
    bench.worker.work_off()
    bench.fake.submit(task, GOOD, user=2)
    bench.worker.work_off()
    assert bench.fake.next_task(bench.project, 3) is None
    assert "Accepted." in bench.data(task)["gl_verdict_md"]
    assert bench.data(task)["gl_status"] == "escalated"
    assert [row["state"] for row in bench.rows(escalations)] == ["read"]
    assert open_escalations(bench.engine, SERVER, bench.project) == {}


def test_returned_work_is_corrected_before_anybody_else_reads_it(bench: Bench) -> None:
    task = bench.task()
    small_and_large = [*SMALL, {**LARGE[0], "id": "r2"}]
    annotation = bench.fake.submit(task, small_and_large, user=1)["id"]
    bench.worker.work_off()
    assert bench.data(task)["gl_status"] == "returned"
    assert bench.fake.next_task(bench.project, 2) is None
    bench.fake.update(annotation, result=LARGE)
    bench.worker.work_off()
    assert bench.fake.next_task(bench.project, 2) == task


def test_corrected_so_that_nothing_escalates_the_escalation_is_withdrawn(patient: Bench) -> None:
    task = patient.task()
    annotation = patient.fake.submit(task, LARGE)["id"]
    patient.worker.work_off()
    patient.fake.update(annotation, result=GOOD)
    patient.worker.work_off()
    assert patient.data(task)["gl_status"] == "accepted"
    assert [row["state"] for row in patient.rows(escalations)] == ["withdrawn"]


def test_where_two_readers_are_asked_from_the_start_the_second_learns_nothing(bench: Bench) -> None:
    bench.fake.tables.projects[bench.project]["maximum_annotations"] = 2
    tasks = [bench.task() for _ in range(3)]
    for task, drawn in zip(tasks, (SMALL, GOOD, LARGE), strict=True):
        bench.fake.submit(task, drawn, user=1)
    bench.worker.work_off()
    told = [ours(bench, task) | {"gl_digest": ""} for task in tasks]
    assert told[0] == told[1] == told[2]
    assert told[0]["gl_status"] == "being read"
    for task in tasks:
        bench.fake.submit(task, GOOD, user=2)
    bench.worker.work_off()
    assert [bench.data(task)["gl_status"] for task in tasks] == ["returned", "accepted", "escalated"]


def test_whom_an_escalation_asks_is_not_told_to_those_who_read_every_task(bench_of_board: Bench) -> None:
    """Two readers for all, and a board that reads what escalates: the second reader sees what they see of any task."""
    bench = bench_of_board
    tasks = [bench.task() for _ in range(2)]
    for task, drawn in zip(tasks, (LARGE, GOOD), strict=True):
        bench.fake.submit(task, drawn, user=1)
    bench.worker.work_off()
    first, other = (ours(bench, task) | {"gl_digest": ""} for task in tasks)
    assert first == other
    assert [bench.fake.tables.tasks[task]["overlap"] for task in tasks] == [2, 2]
    for task in tasks:
        bench.fake.submit(task, GOOD, user=2)
    bench.worker.work_off()
    assert [bench.data(task)["gl_status"] for task in tasks] == ["being read", "accepted"]
    assert [bench.data(task)["gl_waits_for"] for task in tasks] == ["the board", ""]
    assert bench.fake.next_task(bench.project, 3) == tasks[0]
    bench.fake.submit(tasks[0], GOOD, user=3)
    bench.worker.work_off()
    assert [bench.data(tasks[0])[key] for key in ("gl_status", "gl_waits_for")] == ["escalated", ""]
