"""What happens to one task: versions, withdrawals, reused ids, other people's keys, a server that is away, poison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from tests.service.bench import GOOD, SERVER, SMALL, Bench, plan

from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.writeback.columns import KEYS
from guidelint.rules.shape.area_limits import AreaLimits
from guidelint.service.clock import after
from guidelint.service.store.base.tables import annotation_rows, claims, contents, inbox, verdicts
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import inbox as inbox_module
from guidelint.service.store.hints.inbox import hint_row
from guidelint.service.store.projects import record_push
from guidelint.service.worker.sweep.every_project import Sweep

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.annotation.region import Region
    from guidelint.labelstudio.fake.fake import Json


def hint(bench: Bench, task: int) -> None:
    """Let the service look at a task."""
    with bench.engine.begin() as connection:
        inbox_module.put(connection, [hint_row(TaskKey(SERVER, bench.project, task), "SWEPT")])


def test_keys_of_others_stay_and_only_ours_are_written(bench: Bench) -> None:
    task = bench.task(patient="p-1")
    bench.fake.submit(task, SMALL)
    bench.worker.work_off()
    bench.data(task)["note"] = "by a manager"
    bench.fake.submit(task, GOOD)
    bench.worker.work_off()
    ours = {key for key in bench.data(task) if key.startswith("gl_")}
    assert ours == set(KEYS)
    assert (bench.data(task)["patient"], bench.data(task)["note"]) == ("p-1", "by a manager")


def test_the_gravest_verdict_counts_and_the_latest_is_shown(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, SMALL, user=1)
    bench.fake.submit(task, GOOD, user=2)
    bench.worker.work_off()
    assert bench.data(task)["gl_status"] == "returned"
    assert "Accepted." in bench.data(task)["gl_verdict_md"]


def test_a_deleted_annotation_is_withdrawn_and_the_banner_cleared(bench: Bench) -> None:
    task = bench.task()
    annotation = bench.fake.submit(task, SMALL)["id"]
    bench.worker.work_off()
    bench.fake.delete(annotation)
    bench.worker.work_off()
    assert bench.decisions() == {}
    assert bench.data(task)["gl_status"] == bench.data(task)["gl_verdict_md"] == ""
    assert [row["state"] for row in bench.rows(annotation_rows)] == ["withdrawn"]
    assert len(bench.rows(verdicts)) == 1


def test_an_id_that_is_given_again_is_another_annotation(bench: Bench) -> None:
    task = bench.task()
    first = bench.fake.submit(task, SMALL)["id"]
    bench.worker.work_off()
    bench.fake.delete(first)
    again = bench.fake.submit(task, GOOD)["id"]
    assert again == first
    bench.worker.work_off()
    assert bench.decisions() == {first: "accepted"}
    assert {row["state"] for row in bench.rows(annotation_rows)} == {"withdrawn", "standing"}


def test_a_deleted_task_takes_its_annotations_along_even_when_its_id_is_given_again(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, SMALL)
    bench.worker.work_off()
    bench.fake.delete_task(task)
    assert bench.task() == task
    bench.worker.work_off()
    assert bench.decisions() == {}
    assert "gl_status" not in bench.data(task)


def test_a_skipped_image_is_not_judged(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, SMALL, was_cancelled=True)
    bench.worker.work_off()
    assert bench.data(task)["gl_status"] == "skipped"


def test_an_annotation_is_judged_by_the_version_in_force_when_it_was_submitted(bench: Bench) -> None:
    task, later = bench.task(), bench.task()
    old = bench.fake.submit(task, GOOD)["id"]
    record_push(bench.engine, SERVER, bench.project, plan("2.0.0", min_mm2=1000.0))
    new = bench.fake.submit(later, GOOD)["id"]
    bench.worker.work_off()
    assert bench.decisions() == {old: "accepted", new: "returned"}
    bench.fake.update(old, result=GOOD, ground_truth=True)
    bench.worker.work_off()
    assert bench.decisions()[old] == "accepted", "nothing new was handed in"
    bench.fake.update(old, result=GOOD + GOOD)
    bench.worker.work_off()
    assert bench.decisions()[old] == "returned"


def test_pushing_the_same_plan_again_is_no_new_version(bench: Bench) -> None:
    record_push(bench.engine, SERVER, bench.project, plan())
    record_push(bench.engine, SERVER, bench.project, plan())
    assert len(bench.worker.work.plans.in_force(SERVER, bench.project, "2030").checks) == 2  # type: ignore[union-attr]


def test_every_version_is_kept_and_what_only_the_webhook_knew(bench: Bench) -> None:
    task = bench.task()
    made = bench.fake.submit(task, SMALL)
    bench.worker.work_off()
    bench.fake.update(made["id"], result=GOOD)
    bench.worker.work_off()
    assert [row["version"] for row in bench.rows(contents)] == [1, 2]
    assert [row["unique_id"] for row in bench.rows(annotation_rows)] == [made["unique_id"]]


def test_while_label_studio_is_away_nothing_is_lost(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, SMALL)
    bench.fake.away = True
    bench.worker.work_off()
    (row,) = (row for row in bench.rows(inbox) if row["task"] == task)
    assert (row["state"], row["waits"]) == ("pending", 1)
    bench.fake.away = False
    _make_due(bench)
    bench.worker.work_off()
    assert bench.data(task)["gl_status"] == "returned"


def test_a_submission_that_cannot_be_read_is_unverified_and_says_why(bench: Bench) -> None:
    task = bench.task()
    annotation = bench.fake.submit(task, [])["id"]
    bench.fake.tables.annotations[annotation]["result"] = {"not": "a list"}
    bench.worker.work_off()
    assert bench.decisions() == {annotation: "unverified"}
    assert "could not be read" in bench.data(task)["gl_verdict_md"]


def test_a_submission_that_stops_the_program_is_unverified_in_the_end(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def stop(*_: object) -> Any:
        raise Killed

    task = bench.task()
    bench.fake.submit(task, GOOD)
    monkeypatch.setattr("guidelint.service.worker.task.judge_annotation.judge", stop)
    for _ in range(3):
        with pytest.raises(Killed):
            bench.worker.work_off()
    bench.worker.work_off()
    assert bench.data(task)["gl_status"] == "unverified"
    assert "stopped the program 3 times" in bench.data(task)["gl_verdict_md"]


def test_what_was_given_up_is_judged_anew_in_the_next_full_sweep(bench: Bench) -> None:
    """The program may have been killed for another reason, again and again."""
    task = bench.task()
    annotation = bench.fake.submit(task, GOOD)["id"]
    with bench.engine.begin() as connection:
        connection.execute(sa.update(inbox).values(starts=3))
    bench.worker.work_off()
    assert bench.decisions() == {annotation: "unverified"}
    assert bench.worker.work_off() == 0
    Sweep(bench.engine, {SERVER: bench.client}).all_projects(full=True)
    bench.worker.work_off()
    assert bench.decisions() == {annotation: "accepted"}
    assert bench.data(task)["gl_status"] == "accepted"
    Sweep(bench.engine, {SERVER: bench.client}).all_projects(full=True)
    assert bench.worker.work_off() == 0


@pytest.mark.parametrize(("result", "decision"), [(GOOD, "unverified"), (SMALL, "returned")])
def test_a_rule_that_fails_alarms_the_operator_once_whatever_the_decision(
    bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    result: list[Json],
    decision: str,
) -> None:
    check = AreaLimits.check

    def failing(self: AreaLimits, region: Region) -> Any:
        if self.max_mm2 is not None:
            raise ZeroDivisionError("by what was drawn")
        return check(self, region)

    monkeypatch.setattr(AreaLimits, "check", failing)
    task = bench.task()
    annotation = bench.fake.submit(task, result)["id"]
    for _ in range(2):
        bench.worker.work_off()
        hint(bench, task)
    assert bench.decisions() == {annotation: decision}
    (alarm,) = (record for record in caplog.records if record.getMessage() == "a rule failed")
    assert alarm.levelname == "ERROR"
    facts = vars(alarm)["facts"]
    assert (facts["task"], facts["annotation"], facts["decision"]) == (task, annotation, decision)
    assert facts["rules"] == ["area-limits: ZeroDivisionError"]


def test_a_rule_that_raises_does_not_keep_other_tasks_waiting(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = bench.task(), bench.task()
    real: Callable[..., Any] = TaskClient.task_of

    def odd(self: TaskClient, project_id: int, task_id: int) -> Any:
        if task_id == first:
            raise RuntimeError("a fault of ours")
        return real(self, project_id, task_id)

    monkeypatch.setattr(TaskClient, "task_of", odd)
    bench.fake.submit(first, SMALL)
    bench.fake.submit(second, GOOD)
    for _ in range(6):
        _make_due(bench)
        bench.worker.work_off()
    assert bench.data(second)["gl_status"] == "accepted"
    (row,) = (row for row in bench.rows(inbox) if row["task"] == first)
    assert row["state"] == "failed"
    assert row["reason"].startswith("a fault of guidelint: RuntimeError in test_task_work.py, line ")
    assert "a fault of ours" not in row["reason"], "what an error says may quote what was drawn"


def test_many_hints_at_one_task_are_one_job(bench: Bench) -> None:
    task = bench.task()
    annotation = bench.fake.submit(task, SMALL)["id"]
    for _ in range(10):
        bench.fake.update(annotation, result=GOOD)
    assert bench.worker.work_off() == 1
    assert bench.decisions() == {annotation: "accepted"}


def test_a_task_that_somebody_else_works_on_is_left_to_them(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, SMALL)
    row = {"server": SERVER, "project": bench.project, "task": task, "owner": "other", "until": after(10.0)}
    with bench.engine.begin() as connection:
        connection.execute(sa.insert(claims).values(row))
    assert bench.worker._take("me") is None  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    with bench.engine.begin() as connection:
        connection.execute(sa.update(claims).values(until="2020-01-01"))
    assert bench.worker.work_off() == 1


def test_a_change_while_we_judge_is_judged_too(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    task = bench.task()
    annotation = bench.fake.submit(task, SMALL)["id"]
    write, changed = TaskClient.write_task, list[int]()

    def change_and_write(self: TaskClient, *given: Any, **how: Any) -> Any:
        if not changed:
            changed.append(1)
            bench.dropping = True
            bench.fake.update(annotation, result=GOOD)
        return write(self, *given, **how)

    monkeypatch.setattr(TaskClient, "write_task", change_and_write)
    bench.worker.work_off()
    assert bench.data(task)["gl_status"] == "accepted"
    assert bench.decisions() == {annotation: "accepted"}


def test_a_task_whose_id_was_given_to_another_while_we_wrote_is_told_and_not_taken_for_the_new_one(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    task = bench.task()
    bench.fake.submit(task, SMALL)
    write, replaced = TaskClient.write_task, list[int]()

    def replace_and_write(self: TaskClient, *given: Any, **how: Any) -> Any:
        if not replaced:
            bench.fake.delete_task(task)
            replaced.append(bench.task())
        return write(self, *given, **how)

    monkeypatch.setattr(TaskClient, "write_task", replace_and_write)
    bench.worker.work_off()
    assert replaced == [task]
    assert [record.levelname for record in caplog.records if "another task was given" in record.getMessage()] == [
        "ERROR"
    ]
    assert bench.decisions() == {}
    assert bench.data(task)["gl_status"] == ""


def test_a_banner_that_somebody_overwrote_is_put_right(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, SMALL)
    bench.worker.work_off()
    bench.data(task)["gl_status"] = "accepted"
    hint(bench, task)
    bench.worker.work_off()
    assert bench.data(task)["gl_status"] == "returned"
    assert len(bench.rows(verdicts)) == 1


def _make_due(bench: Bench) -> None:
    with bench.engine.begin() as connection:
        connection.execute(sa.update(inbox).values(not_before=""))
