"""Verdicts on subjects above one submission, kept by the service: the same as `check` gives, whatever happened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from tests.service.bench import SERVER, Bench, box, make_bench
from tests.service.subject_rules import (
    ALIKE,
    ALIKE_OR_RETURNED,
    FAILS_PX,
    IN_SERIES,
    NOT_MEASURED_PX,
    OF_ANNOTATOR,
    OF_DELIVERY,
    WITH_THEM,
    plan_over,
)
from tests.service.subject_tables import checked, now_and_then, stored

from guidelint.rules.classes.count_limits import CountLimits
from guidelint.rules.deliveries.double_work import DoubleWork
from guidelint.rules.shape.diameter_limits import DiameterLimits
from guidelint.service.store.base.tables import contributions, inbox, subject_groups, subject_verdicts
from guidelint.service.store.projects import record_push
from guidelint.service.store.subjects.one_group import group_at
from guidelint.service.store.subjects.told_of_project import told_of_project
from guidelint.service.worker.sweep.every_project import Sweep
from guidelint.service.worker.task.task_submissions import POISON_STARTS
from guidelint.validation.judging.plan import Check
from guidelint.validation.rule.condition import Condition, When

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from guidelint.service.store.subjects.groups import Place
    from guidelint.validation.judging.contributions import Group
    from guidelint.validation.rule.gathering import GatheringRule

pytestmark = pytest.mark.many

NARROW, HALF, WIDE = box(20), box(35), box(50)
SERIES = {"SeriesInstanceUID": "1.2.3"}


@pytest.fixture(autouse=True)
def rules_of_these_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let plans ask for them."""
    monkeypatch.setattr("guidelint.service.store.projects.catalogue", lambda: WITH_THEM)


@pytest.fixture
def bench_with(tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    """Make benches whose guideline has checks over several submissions."""
    made: list[Bench] = []

    def make(*checks: Check) -> Bench:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(make_bench(folder, plan_over(*checks)))
        return made[-1]

    yield make
    for bench in made:
        bench.client.close()
        bench.engine.dispose()


def test_a_verdict_on_the_task_stands_beside_those_on_its_readings(bench_with: Callable[..., Bench]) -> None:
    bench = bench_with(ALIKE_OR_RETURNED)
    bench.fake.tables.projects[bench.project]["maximum_annotations"] = 2
    task = bench.task()
    bench.fake.submit(task, NARROW, user=1)
    bench.worker.work_off()
    assert bench.data(task)["gl_status"] == "being read"
    bench.fake.submit(task, WIDE, user=2)
    bench.worker.work_off()
    shown = bench.data(task)
    assert set(bench.decisions().values()) == {"accepted"}
    assert (shown["gl_status"], shown["gl_by_rules"], shown["gl_annotator"]) == ("returned", "readers-alike", "")
    assert "the readings are up to" in shown["gl_summary"]
    assert "Accepted." in shown["gl_verdict_md"]
    assert "All readings together: <b>Returned: 1 thing to change</b>" in shown["gl_verdict_md"]


def test_readers_disagree_a_third_is_asked_and_learns_nothing_and_the_verdict_follows(
    bench_with: Callable[..., Bench],
) -> None:
    bench = bench_with(ALIKE)
    bench.fake.tables.projects[bench.project]["maximum_annotations"] = 2
    task = bench.task()
    bench.fake.submit(task, NARROW, user=1)
    bench.fake.submit(task, WIDE, user=2)
    bench.worker.work_off()
    shown = bench.data(task)
    assert bench.fake.next_task(bench.project, 3) == task
    assert (shown["gl_status"], shown["gl_summary"], shown["gl_waits_for"]) == ("being read", "", "the board")
    assert "on your own" in shown["gl_verdict_md"]
    assert "apart" not in shown["gl_verdict_md"]
    bench.fake.submit(task, HALF, user=3)
    bench.worker.work_off()
    shown = bench.data(task)
    assert bench.fake.next_task(bench.project, 4) is None
    assert (shown["gl_status"], shown["gl_waits_for"]) == ("escalated", "")
    assert "the readings are up to" in shown["gl_summary"]
    assert "The board was asked; all readings are in." in shown["gl_verdict_md"]


def test_where_readers_agree_nobody_else_is_asked(bench_with: Callable[..., Bench]) -> None:
    bench = bench_with(ALIKE)
    bench.fake.tables.projects[bench.project]["maximum_annotations"] = 2
    task = bench.task()
    for user in (1, 2):
        bench.fake.submit(task, NARROW, user=user)
    bench.worker.work_off()
    assert bench.data(task)["gl_status"] == "accepted"
    assert bench.fake.next_task(bench.project, 3) is None


def test_a_finding_on_a_series_is_shown_on_the_tasks_it_stands_on_and_goes_when_it_is_mended(
    bench_with: Callable[..., Bench],
) -> None:
    bench = bench_with(IN_SERIES)
    first, second, other = bench.task(**SERIES), bench.task(**SERIES), bench.task(SeriesInstanceUID="1.2.4")
    bench.fake.submit(first, HALF)
    bench.worker.work_off()
    assert bench.data(first)["gl_status"] == "accepted"
    made = bench.fake.submit(second, HALF)
    bench.fake.submit(other, WIDE)
    bench.worker.work_off()
    assert [bench.data(task)["gl_status"] for task in (first, second, other)] == ["returned", "returned", "accepted"]
    assert "The series, as far as it is read:" in bench.data(first)["gl_verdict_md"]
    bench.fake.update(made["id"], result=NARROW)
    bench.worker.work_off()
    assert [bench.data(task)["gl_status"] for task in (first, second)] == ["accepted", "accepted"]
    assert "series" not in bench.data(first)["gl_verdict_md"]


def test_what_nothing_can_be_compared_with_is_not_read(
    bench_with: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = list[str]()

    def noted(connection: sa.Connection, server: str, project: int, place: Place, rule: GatheringRule[Any]) -> Group:
        read.append(place[2])
        return group_at(connection, server, project, place, rule)

    monkeypatch.setattr("guidelint.service.worker.task.subjects.judge_subjects.group_at", noted)
    bench = bench_with(Check(DoubleWork(once="reader"), "delivery.rules.double-work"))
    first, second = bench.task(), bench.task()
    for task in (first, second):
        bench.fake.submit(task, HALF, user=1)
    bench.worker.work_off()
    now_and_then(bench)
    assert read == []
    assert [decision for decision, _ in stored(bench).values()] == ["accepted"]
    made = bench.fake.submit(second, HALF, user=1)
    bench.worker.work_off()
    now_and_then(bench)
    assert read == [f"task {second}"]
    assert [decision for decision, _ in stored(bench).values()] == ["returned"]
    bench.fake.delete(made["id"])
    bench.worker.work_off()
    now_and_then(bench)
    assert read == [f"task {second}"]
    assert [decision for decision, _ in stored(bench).values()] == ["accepted"]
    assert stored(bench) == checked(bench)


@pytest.mark.parametrize("how", ["deleted", "skipped", "task deleted"])
def test_what_no_longer_stands_contributes_nothing(bench_with: Callable[..., Bench], how: str) -> None:
    bench = bench_with(IN_SERIES, OF_ANNOTATOR, OF_DELIVERY)
    first, second = bench.task(**SERIES), bench.task(**SERIES)
    bench.fake.submit(first, HALF)
    made = bench.fake.submit(second, HALF)
    bench.worker.work_off()
    now_and_then(bench)
    assert {decision for decision, _ in stored(bench).values()} == {"returned"}
    if how == "deleted":
        bench.fake.delete(made["id"])
    elif how == "skipped":
        bench.fake.update(made["id"], result=HALF, was_cancelled=True)
    else:
        bench.fake.delete_task(second)
    bench.worker.work_off()
    now_and_then(bench)
    assert {decision for decision, _ in stored(bench).values()} == {"accepted"}
    assert bench.data(first)["gl_status"] == "accepted"
    assert {row["task"] for row in bench.rows(contributions) if row["annotation"]} == {first}


def test_what_cannot_be_told_of_one_submission_is_told_of_its_subject(bench_with: Callable[..., Bench]) -> None:
    bench = bench_with(IN_SERIES, OF_ANNOTATOR)
    task = bench.task(**SERIES)
    bench.fake.submit(task, box(1))
    bench.worker.work_off()
    now_and_then(bench)
    assert {decision for decision, _ in stored(bench).values()} == {"unverified"}
    assert bench.data(task)["gl_status"] == "unverified"
    assert "it is one pixel wide" in bench.data(task)["gl_verdict_md"]


@pytest.mark.parametrize(
    ("drawn", "says"),
    [
        (FAILS_PX, "the rule itself failed: ZeroDivisionError: by what was drawn"),
        (NOT_MEASURED_PX, "this could not be checked: nothing so wide can be measured"),
    ],
)
def test_every_subject_of_an_annotation_that_a_rule_fails_at_says_at_which(
    bench_with: Callable[..., Bench], drawn: int, says: str
) -> None:
    bench = bench_with(ALIKE_OR_RETURNED, IN_SERIES, OF_ANNOTATOR, OF_DELIVERY)
    first, second = bench.task(**SERIES), bench.task(**SERIES)
    bench.fake.submit(first, HALF)
    wrong = bench.fake.submit(second, box(drawn))["id"]
    bench.worker.work_off()
    now_and_then(bench)
    found = {key: (decision, [text for _, text in told]) for key, (decision, told) in stored(bench).items()}
    assert found.pop(f"task//{first}//") == ("accepted", [])
    assert found.pop(f"task//{second}//") == ("unverified", [f"{says} (annotation {wrong})"])
    assert set(found) == {"series/1.2.3///1", "annotator////1", "delivery////"}
    assert all(told == ("unverified", [f"{says} (annotation {wrong} of task {second})"]) for told in found.values())
    assert stored(bench) == checked(bench)


@pytest.mark.parametrize("how", ["decoding it fails", "it stops the program"])
def test_what_nothing_can_be_gathered_of_is_told_of_every_subject_in_place_of_what_it_was(
    bench_with: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    def fail(*_: object) -> None:
        raise IndexError("in the decoder")

    bench = bench_with(ALIKE_OR_RETURNED, IN_SERIES, OF_ANNOTATOR, OF_DELIVERY)
    first, second = bench.task(**SERIES), bench.task(**SERIES)
    bench.fake.submit(first, NARROW)
    made = bench.fake.submit(second, NARROW)["id"]
    bench.worker.work_off()
    now_and_then(bench)
    assert {decision for decision, _ in stored(bench).values()} == {"accepted"}
    bench.fake.update(made, result=HALF)
    with monkeypatch.context() as patch:
        patch.setattr("guidelint.service.worker.task.judge_annotation.decode", fail)
        if how == "it stops the program":
            with bench.engine.begin() as connection:
                connection.execute(sa.update(inbox).values(starts=POISON_STARTS))
        bench.worker.work_off()
    now_and_then(bench)
    reason = "IndexError: in the decoder" if how == "decoding it fails" else "judging it stopped the program 3 times"
    for key, (decision, told) in stored(bench).items():
        if key != f"task//{first}//":
            assert decision == "unverified"
            assert f"{reason} (annotation {made}" in told[0][1]
    assert bench.data(first)["gl_status"] == "unverified", "the series is"
    assert {row["kind"] for row in bench.rows(contributions) if row["annotation"] == made} == {"fault"}


def test_what_another_engine_kept_and_this_one_cannot_read_is_told(bench_with: Callable[..., Bench]) -> None:
    bench = bench_with(OF_ANNOTATOR)
    bench.fake.submit(bench.task(), NARROW)
    bench.worker.work_off()
    with bench.engine.begin() as connection:
        connection.execute(sa.update(contributions).values(content=b"\x80"))
    now_and_then(bench)
    ((decision, ((_, says),)),) = stored(bench).values()
    assert decision == "unverified"
    assert "kept of it cannot be read by this one; `guidelint sweep --full` gathers it anew (annotation 1 of" in says


def test_a_rule_that_fails_is_told_to_the_operator_with_its_subject(
    bench_with: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> Iterator[None]:
        raise ZeroDivisionError("by what was drawn")
        yield

    monkeypatch.setattr("tests.service.subject_rules.AnnotatorWidth.check_gathered", fail)
    bench = bench_with(OF_ANNOTATOR)
    bench.fake.submit(bench.task(), NARROW)
    bench.worker.work_off()
    now_and_then(bench)
    assert [decision for decision, _ in stored(bench).values()] == ["unverified"]
    (alarm,) = (record for record in caplog.records if record.getMessage() == "a rule failed")
    assert vars(alarm)["facts"]["subject"] == "Annotator 1"


def test_a_process_killed_before_it_judged_leaves_the_groups_to_the_next(
    bench_with: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def stop(*_: object) -> None:
        raise Killed

    bench = bench_with(IN_SERIES)
    tasks = [bench.task(**SERIES) for _ in range(2)]
    for task in tasks:
        bench.fake.submit(task, HALF)
    with monkeypatch.context() as patch:
        patch.setattr("guidelint.service.worker.task.subjects.judge_subjects.Subjects._judge_one", stop)
        with pytest.raises(Killed):
            bench.worker.work_off()
    assert {bool(row["mark"]) for row in bench.rows(subject_groups)} == {True}
    assert stored(bench) == {}
    now_and_then(bench)
    assert {bool(row["mark"]) for row in bench.rows(subject_groups)} <= {False}
    assert [decision for decision, _ in stored(bench).values()] == ["accepted"]
    bench.worker.work_off()
    assert [bench.data(task)["gl_status"] for task in tasks] == ["returned", "returned"]


def test_what_has_not_changed_is_not_judged_again(bench_with: Callable[..., Bench]) -> None:
    bench = bench_with(OF_DELIVERY)
    for drawn in (NARROW, HALF, WIDE):
        bench.fake.submit(bench.task(), drawn)
    bench.worker.work_off()
    assert now_and_then(bench) == 4, "three widths, and the tasks"
    assert now_and_then(bench) == 0
    bench.fake.submit(bench.task(), HALF)
    bench.worker.work_off()
    assert now_and_then(bench) == 2, "one width, and the tasks"
    assert stored(bench)["delivery////"][0] == "returned"


def test_a_new_version_gathers_for_its_new_checks_and_keeps_what_serves_the_old(
    bench_with: Callable[..., Bench],
) -> None:
    bench = bench_with(OF_ANNOTATOR)
    tasks = [bench.task(**SERIES) for _ in range(2)]
    for task in tasks:
        bench.fake.submit(task, HALF)
    bench.worker.work_off()
    now_and_then(bench)
    before = {row["check_key"] for row in bench.rows(contributions)}
    newer = plan_over(OF_ANNOTATOR, IN_SERIES, version="2.0.0")
    record_push(bench.engine, SERVER, bench.project, newer)
    Sweep(bench.engine, {SERVER: bench.client}).all_projects(full=True)
    bench.worker.work_off()
    now_and_then(bench)
    assert before < {row["check_key"] for row in bench.rows(contributions)}
    assert stored(bench) == checked(bench)
    assert [bench.data(task)["gl_status"] for task in tasks] == ["returned", "returned"]
    assert {row["plan_digest"] for row in bench.rows(subject_verdicts) if row["is_current"]} == {newer.digest}
    Sweep(bench.engine, {SERVER: bench.client}).all_projects(full=True)
    assert bench.worker.work_off() == 0


def test_a_version_without_the_checks_leaves_no_verdict(bench_with: Callable[..., Bench]) -> None:
    bench = bench_with(IN_SERIES)
    tasks = [bench.task(**SERIES) for _ in range(2)]
    for task in tasks:
        bench.fake.submit(task, HALF)
    bench.worker.work_off()
    record_push(bench.engine, SERVER, bench.project, plan_over(version="2.0.0"))
    now_and_then(bench)
    assert stored(bench) == {}
    Sweep(bench.engine, {SERVER: bench.client}).all_projects(full=True)
    bench.worker.work_off()
    assert [bench.data(task)["gl_status"] for task in tasks] == ["accepted", "accepted"]


def test_a_task_that_nobody_has_annotated_contributes_too_until_it_is_gone(bench_with: Callable[..., Bench]) -> None:
    bench = bench_with(OF_DELIVERY)
    first, second = bench.task(), bench.task()
    Sweep(bench.engine, {SERVER: bench.client}).all_projects()
    assert {row["task"] for row in bench.rows(contributions)} == {first, second}
    bench.dropping = True
    bench.fake.delete_task(first)
    Sweep(bench.engine, {SERVER: bench.client}).all_projects(full=True)
    bench.worker.work_off()
    assert {row["task"] for row in bench.rows(contributions)} == {second}
    assert [swept.found for swept in Sweep(bench.engine, {SERVER: bench.client}).all_projects(full=True)] == [0]


def test_an_image_whose_series_or_patient_is_not_known_is_told_with_its_task_and_with_no_other(
    bench_with: Callable[..., Bench],
) -> None:
    bench = bench_with(IN_SERIES, Check(CountLimits(per="patient", max=1), "rules.count-limits"))
    known = {**SERIES, "PatientID": "P"}
    tasks = [bench.task(), bench.task(), bench.task(**known)]
    for task in tasks:
        bench.fake.submit(task, HALF)
        bench.worker.work_off()
    assert set(bench.decisions().values()) == {"accepted"}, "nothing that was drawn is at fault"
    assert [bench.data(task)["gl_status"] for task in tasks] == ["unverified", "unverified", "accepted"]
    shown = bench.data(tasks[0])["gl_verdict_md"]
    assert shown.count("the task data has no SeriesInstanceUID; deliver Series Instance UID (0020,000E)") == 1
    assert shown.count("the task data has no PatientID; deliver Patient ID (0010,0020)") == 1
    assert stored(bench) == checked(bench)
    assert {key: decision for key, (decision, _) in stored(bench).items()} == {
        "series/1.2.3///1": "accepted",
        "patient////1/P": "accepted",
        **{f"series/not known/{task}//1": "unverified" for task in tasks[:2]},
        **{f"patient//{task}//1/not known": "unverified" for task in tasks[:2]},
    }
    assert len(told_of_project(bench.engine, SERVER, bench.project)[0]) == 6
    before = [len(bench.rows(subject_verdicts)), bench.writes()]
    bench.fake.submit(bench.task(), HALF)
    bench.worker.work_off()
    assert [len(bench.rows(subject_verdicts)), bench.writes()] == [before[0] + 2, before[1] + 1], "no other is touched"
    bench.fake.tables.tasks[tasks[0]]["data"] |= known
    bench.fake.update(1)
    bench.worker.work_off()
    assert stored(bench) == checked(bench)
    assert [bench.data(task)["gl_status"] for task in tasks] == ["returned", "unverified", "returned"]


def test_a_region_on_an_image_without_a_series_is_judged_by_itself(bench_with: Callable[..., Bench]) -> None:
    bench = bench_with(Check(DiameterLimits(longest_max_mm=40.0), "rules.diameter-limits"))
    task = bench.task()
    bench.fake.submit(task, HALF)
    bench.worker.work_off()
    assert bench.data(task)["gl_status"] == "returned"
    assert stored(bench) == checked(bench) == {}


def test_a_condition_on_the_image_decides_which_tasks_contribute(bench_with: Callable[..., Bench]) -> None:
    of_ct = When(Condition.model_validate({"image": {"modality": "CT"}}))
    bench = bench_with(replace(OF_DELIVERY, when=of_ct))
    wanted, _ = bench.task(Modality="CT"), bench.task(Modality="MR")
    Sweep(bench.engine, {SERVER: bench.client}).all_projects()
    assert {row["task"] for row in bench.rows(contributions)} == {wanted}
