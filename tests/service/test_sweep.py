"""What the sweep finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from tests.service.bench import DATA, GOOD, SERVER, SMALL, Bench, plan

from guidelint.labelstudio.config.marker import config_digest, marker
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.service.clock import after
from guidelint.service.store.base.tables import inbox, sweeps, verdicts
from guidelint.service.store.hints.inbox import put
from guidelint.service.store.hints.inbox_rows import EVERY_PROJECT, SWEEP_ALL, SWEEP_CHANGED, sweep_row
from guidelint.service.store.projects import record_push
from guidelint.service.worker.sweep.every_project import Sweep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from guidelint.labelstudio.connection.task_client import TaskListed


@pytest.fixture
def sweep(bench: Bench) -> Sweep:
    """A sweep of the one project, whose config is what was pushed."""
    bench.dropping = True
    bench.fake.tables.projects[bench.project]["label_config"] = f'<View idAttr="{marker(plan())}"/>'
    return Sweep(bench.engine, {SERVER: bench.client})


def run(bench: Bench, sweep: Sweep, *, full: bool = False) -> int:
    """Sweep and deal with what was found; returns how many tasks that were."""
    (swept,) = sweep.all_projects(full=full)
    assert swept.problem == ""
    bench.worker.work_off()
    return swept.found


def test_imports_lost_deliveries_and_drafts_are_found_and_then_there_is_silence(bench: Bench, sweep: Sweep) -> None:
    tasks = bench.fake.add_tasks(bench.project, [dict(DATA) for _ in range(3)], [[{"result": SMALL}], [], []])
    assert run(bench, sweep) == 1
    lost = bench.fake.submit(tasks[1], GOOD)["id"]
    assert run(bench, sweep) == 1
    bench.fake.update(lost, result=SMALL)
    assert run(bench, sweep) == 1
    assert bench.decisions() == {1: "returned", lost: "returned"}
    bench.fake.delete(lost, fires=False)
    assert run(bench, sweep) == 1
    assert bench.decisions() == {1: "returned"}
    for _ in range(3):
        before = bench.writes()
        assert run(bench, sweep) == 0
        assert bench.writes() == before


def test_our_own_write_backs_are_no_news(bench: Bench, sweep: Sweep) -> None:
    bench.dropping = False
    bench.fake.submit(bench.task(), SMALL)
    bench.worker.work_off()
    assert run(bench, sweep) == 0


def test_a_change_right_after_our_write_is_found_though_its_hint_was_lost(
    bench: Bench, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = bench.task()
    annotation = bench.fake.submit(task, SMALL)["id"]
    write = TaskClient.write_task

    def write_and_change(self: TaskClient, *given: Any, **how: Any) -> Any:
        answer = write(self, *given, **how)
        bench.fake.update(annotation, result=GOOD)
        return answer

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(TaskClient, "write_task", write_and_change)
        assert run(bench, sweep) == 1
    assert bench.data(task)["gl_status"] == "returned"
    assert run(bench, sweep) == 1
    assert bench.data(task)["gl_status"] == "accepted"
    assert run(bench, sweep) == 0


def test_tasks_that_are_gone_are_found_by_a_full_sweep(bench: Bench, sweep: Sweep) -> None:
    task = bench.task()
    bench.fake.submit(task, SMALL)
    run(bench, sweep)
    bench.fake.delete_task(task)
    assert run(bench, sweep) == 0
    assert run(bench, sweep, full=True) == 1
    assert bench.decisions() == {}


def test_a_new_engine_judges_anew_on_a_full_sweep(bench: Bench, sweep: Sweep, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.fake.submit(bench.task(), SMALL)
    run(bench, sweep)
    for module in (
        "guidelint.service.worker.task.judge_annotation",
        "guidelint.validation.judging.judge",
    ):
        monkeypatch.setattr(f"{module}.engine_version", lambda: "99.0.0")
    assert run(bench, sweep, full=True) == 1
    assert sorted(row["engine"] == "99.0.0" for row in bench.rows(verdicts)) == [False, True]
    assert bench.decisions() == {1: "returned"}


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ("<View/>", "not made by guidelint"),
        (f'<View idAttr="{marker(plan("2.0.0"))}"/>', "is of lesions 2.0.0, but lesions 1.0.0 was pushed last"),
    ],
)
def test_a_config_that_is_not_what_was_pushed_is_told(bench: Bench, sweep: Sweep, config: str, says: str) -> None:
    bench.fake.tables.projects[bench.project]["label_config"] = config
    (swept,) = sweep.all_projects()
    assert says in swept.problem


def test_a_config_edited_by_hand_with_its_marker_kept_is_told(bench: Bench, sweep: Sweep) -> None:
    config = f'<View idAttr="{marker(plan())}"><Label value="lesion" alias="l1"/></View>'
    record_push(bench.engine, SERVER, bench.project, plan(), config_digest=config_digest(config))
    bench.fake.tables.projects[bench.project]["label_config"] = f"\n{config}\n"
    assert sweep.all_projects()[0].problem == ""
    bench.fake.tables.projects[bench.project]["label_config"] = config.replace("l1", "l2")
    (swept,) = sweep.all_projects()
    assert "was edited in Label Studio after lesions 1.0.0 was pushed" in swept.problem
    assert "guidelint push" in swept.problem
    assert bench.rows(sweeps)[0]["problem"] == swept.problem


def test_a_project_that_is_gone_is_told_and_a_server_that_is_away_too(bench: Bench, sweep: Sweep) -> None:
    bench.fake.away = True
    assert "503" in sweep.all_projects()[0].problem
    bench.fake.away = False
    del bench.fake.tables.projects[bench.project]
    assert "says that project 1 is not there" in sweep.all_projects()[0].problem


def test_thousands_of_tasks_are_swept_with_few_requests(bench: Bench, sweep: Sweep) -> None:
    bench.fake.add_tasks(bench.project, [dict(DATA) for _ in range(2100)])
    run(bench, sweep)
    before = len(bench.fake.requests)
    run(bench, sweep, full=True)
    assert len(bench.fake.requests) - before == 6


def test_hints_of_the_sweep_are_given_once(bench: Bench, sweep: Sweep) -> None:
    bench.fake.submit(bench.task(), SMALL)
    for _ in range(3):
        sweep.all_projects()
    with bench.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(inbox)).scalar_one() == 1


def test_a_project_that_we_fail_at_costs_no_other(bench: Bench, sweep: Sweep, monkeypatch: pytest.MonkeyPatch) -> None:
    config = bench.fake.tables.projects[bench.project]["label_config"]
    other = bench.fake.add_project(label_config=config)
    record_push(bench.engine, SERVER, other, plan(), "2020-01-01T00:00:00.000000Z")
    wrong, right = bench.task(), bench.fake.add_tasks(other, [dict(DATA)])[0]
    for task in (wrong, right):
        bench.fake.submit(task, GOOD)
    listed = bench.client.tasks

    def failing(project: int, since: datetime | None) -> Iterator[TaskListed]:
        if project == bench.project:
            raise ZeroDivisionError
        return listed(project, since)

    monkeypatch.setattr(bench.client, "tasks", failing)
    first, second = sweep.all_projects(full=True)
    assert (first.is_complete, second.is_complete, second.found) == (False, True, 1)
    assert first.problem.startswith("a fault of guidelint: ZeroDivisionError in test_sweep.py")


def test_deliveries_cannot_make_full_sweeps_follow_each_other(bench: Bench, sweep: Sweep) -> None:
    sweep.full_apart_s = 300.0
    run(bench, sweep, full=True)
    with bench.engine.begin() as connection:
        put(connection, [sweep_row(SERVER, project, SWEEP_ALL, "") for project in (bench.project, EVERY_PROJECT)])
    assert sweep.asked_for() == []
    with bench.engine.begin() as connection:
        put(connection, [sweep_row(SERVER, bench.project, SWEEP_CHANGED, "")])
    assert len(sweep.asked_for()) == 1
    assert [row["state"] for row in bench.rows(inbox)] == ["pending", "pending", "done"]
    with bench.engine.begin() as connection:
        connection.execute(sa.update(sweeps).values(full_at=after(-301.0)))
    assert len(sweep.asked_for()) == 1
    assert [row["state"] for row in bench.rows(inbox)] == ["done", "done", "done"]


def test_whoever_sweeps_by_hand_need_not_wait(bench: Bench, sweep: Sweep) -> None:
    sweep.full_apart_s, sweep.is_patient = 300.0, True
    run(bench, sweep, full=True)
    with bench.engine.begin() as connection:
        put(connection, [sweep_row(SERVER, bench.project, SWEEP_ALL, "")])
    assert len(sweep.asked_for()) == 1
