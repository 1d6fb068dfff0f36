"""404 for a while withdraws nothing; what really is gone ends by itself, and what comes back is found again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tests.service.bench import GOOD, SERVER, SMALL, Bench, plan
from tests.service.fault_proxy import FAULTS, Fault, Faults, faulty

from guidelint.labelstudio.config.marker import marker
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.fake.http import transport
from guidelint.service.clock import after
from guidelint.service.store.base.tables import annotation_rows, sweeps
from guidelint.service.store.base.tables import inbox as inbox_rows
from guidelint.service.store.hints import inbox
from guidelint.service.store.projects import record_push
from guidelint.service.worker.sweep.every_project import Sweep, Swept

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def faults(bench: Bench) -> Faults:
    """What stands between the service and Label Studio."""
    made = Faults()
    client = TaskClient(SERVER, "token-1", faulty(transport(bench.fake), made))
    bench.worker.work = replace(bench.worker.work, clients={SERVER: client})
    return made


@pytest.fixture
def sweep(bench: Bench, faults: Faults) -> Callable[..., Swept]:
    """Sweep in full and deal with what was found."""
    assert not faults.met
    bench.fake.tables.projects[bench.project]["label_config"] = f'<View idAttr="{marker(plan())}"/>'

    def run(*, full: bool = True) -> Swept:
        make_due(bench)
        (swept,) = Sweep(bench.engine, bench.worker.work.clients).all_projects(full=full)
        bench.worker.work_off()
        return swept

    return run


def make_due(bench: Bench) -> None:
    with bench.engine.begin() as connection:
        connection.execute(sa.update(inbox_rows).values(not_before=""))


def pass_time(bench: Bench, seconds: float) -> None:
    """Let what is noted of missing projects be older."""
    with bench.engine.begin() as connection:
        for row in connection.execute(sa.select(sweeps).where(sweeps.c.missing_since != "")).all():
            this = sa.and_(sweeps.c.server == row.server, sweeps.c.project == row.project)
            older = after(-seconds, row.missing_since)
            connection.execute(sa.update(sweeps).where(this).values(missing_since=older))


def five(bench: Bench) -> dict[int, str]:
    """Hand in five, judged."""
    tasks = [bench.task() for _ in range(5)]
    wanted = {bench.fake.submit(task, SMALL)["id"]: "returned" for task in tasks}
    bench.worker.work_off()
    assert bench.decisions() == wanted
    return wanted


@pytest.mark.many
@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_withdraws_a_verdict_or_loses_a_submission(
    bench: Bench, faults: Faults, sweep: Callable[..., Swept], fault: Fault
) -> None:
    wanted = five(bench)
    faults.begin(fault)
    for task in (1, 2):
        bench.fake.update(task, ground_truth=True)
        bench.fake.update(task, ground_truth=True)
    new = bench.fake.submit(bench.task(), GOOD)["id"]
    for _ in range(4):
        make_due(bench)
        bench.worker.work_off()
        assert sweep().problem != ""
        pass_time(bench, 301.0)
    assert bench.decisions() == wanted
    waiting = [row for row in bench.rows(inbox_rows) if row["state"] != "done"]
    assert {(row["task"], row["state"]) for row in waiting} >= {(6, "pending")}
    assert all(row["state"] == "pending" and row["reason"] for row in waiting)
    faults.end()
    swept = sweep(full=False)
    assert (swept.problem, inbox.unfinished(bench.engine)) == ("", 0)
    assert bench.decisions() == {**wanted, new: "accepted"}


def test_every_404_in_its_own_words_needs_the_project_and_the_account_as_witnesses(
    bench: Bench, faults: Faults, sweep: Callable[..., Swept]
) -> None:
    wanted = five(bench)
    faults.begin("404 as Label Studio", "/api/tasks/")
    faults.begin("404 as Label Studio", "/api/projects/")
    for task in range(1, 6):
        bench.fake.update(task, ground_truth=True)
    bench.worker.work_off()
    assert bench.decisions() == wanted
    faults.end()
    assert sweep().problem == ""
    assert bench.decisions() == wanted


def test_a_deleted_task_is_withdrawn_while_its_project_is_there(bench: Bench, sweep: Callable[..., Swept]) -> None:
    wanted = five(bench)
    bench.fake.delete_task(3)
    bench.worker.work_off()
    del wanted[3]
    assert bench.decisions() == wanted
    assert (sweep().problem, inbox.unfinished(bench.engine)) == ("", 0)


def test_a_deleted_project_counts_as_gone_after_three_proofs_over_ten_minutes(
    bench: Bench, sweep: Callable[..., Swept]
) -> None:
    wanted = five(bench)
    late = bench.fake.submit(bench.task(), GOOD)
    bench.fake.delete_project(bench.project)
    for _ in range(5):
        bench.worker.work_off()
        swept = sweep()
        assert "was proved 3 times over 10 minutes (1 so far)" in swept.problem, "the same moment counts once"
    assert bench.decisions() == wanted
    pass_time(bench, 301.0)
    assert "(2 so far)" in sweep().problem
    (row,) = (row for row in bench.rows(inbox_rows) if row["task"] == late["task"])
    assert (row["state"], "is not there" in row["reason"]) == ("pending", True)
    pass_time(bench, 300.0)
    swept = sweep()
    assert (swept.problem, swept.told) == ("", "the project is gone: its verdicts are withdrawn and kept as history")
    assert (bench.decisions(), inbox.unfinished(bench.engine)) == ({}, 0)
    assert sweep().problem == ""


def test_what_was_set_aside_ends_with_its_project(bench: Bench, sweep: Callable[..., Swept]) -> None:
    five(bench)
    with bench.engine.begin() as connection:
        connection.execute(sa.update(inbox_rows).values(state="failed", reason="of an older version"))
    bench.fake.delete_project(bench.project)
    for _ in range(3):
        sweep()
        pass_time(bench, 301.0)
    assert inbox.unfinished(bench.engine) == 0


def test_a_project_that_was_there_meanwhile_is_missing_anew(bench: Bench, sweep: Callable[..., Swept]) -> None:
    five(bench)
    there = bench.fake.tables.projects.pop(bench.project)
    sweep()
    pass_time(bench, 1000.0)
    bench.fake.tables.projects[bench.project] = there
    assert sweep().problem == ""
    del bench.fake.tables.projects[bench.project]
    assert "(1 so far)" in sweep().problem


def test_a_project_that_comes_back_is_judged_as_it_was(bench: Bench, sweep: Callable[..., Swept]) -> None:
    """As after a restored database: same tasks, same times, nothing to tell that anything happened."""
    task = bench.task()
    annotation = bench.fake.submit(task, SMALL)["id"]
    bench.worker.work_off()
    bench.fake.update(annotation, result=GOOD)
    bench.worker.work_off()
    record_push(bench.engine, SERVER, bench.project, plan("2.0.0", min_mm2=1000.0))
    bench.fake.tables.projects[bench.project]["label_config"] = f'<View idAttr="{marker(plan("2.0.0", 1000.0))}"/>'
    bench.dropping = True
    bench.fake.update(annotation, ground_truth=True)
    before = bench.rows(annotation_rows)
    saved = dict(bench.fake.tables.projects)
    sweep()
    bench.fake.tables.projects.clear()
    for _ in range(3):
        sweep()
        pass_time(bench, 301.0)
    assert bench.decisions() == {}
    bench.fake.tables.projects.update(saved)
    assert sweep(full=False).problem == ""
    assert bench.decisions() == {annotation: "accepted"}, "by the version in force when it was submitted"
    assert bench.rows(annotation_rows) == before


def test_a_task_that_comes_back_is_found_by_the_next_full_sweep(bench: Bench, sweep: Callable[..., Swept]) -> None:
    wanted = five(bench)
    bench.dropping = True
    saved = {number: dict(row) for number, row in bench.fake.tables.tasks.items()}
    annotations = dict(bench.fake.tables.annotations)
    bench.fake.delete_task(2)
    sweep()
    assert 2 not in bench.decisions()
    bench.fake.tables.tasks.update(saved)
    bench.fake.tables.annotations.update(annotations)
    sweep()
    assert bench.decisions() == wanted


def test_an_account_without_organisation_proves_nothing(bench: Bench, sweep: Callable[..., Swept]) -> None:
    wanted = five(bench)
    there = bench.fake.tables.projects.pop(bench.project)
    bench.fake.organization = None
    for _ in range(4):
        assert "belongs to no organisation" in sweep().problem
        pass_time(bench, 1000.0)
    bench.fake.tables.projects[bench.project], bench.fake.organization = there, 1
    assert sweep().problem == ""
    assert bench.decisions() == wanted
