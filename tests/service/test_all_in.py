"""What is lacking in a series is told once its reader has read all of it, on every task that it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.service.bench import SERVER, Bench, box, make_bench
from tests.service.subject_rules import plan_over
from tests.service.subject_tables import checked, stored

from guidelint.cli.render.of_store.verdict_text import subjects_as_text
from guidelint.rules.classes.count_limits import CountLimits
from guidelint.rules.shape.diameter_limits import DiameterLimits
from guidelint.rules.volumes.no_slice_gap import NoSliceGap
from guidelint.service.store.base.database import read_only
from guidelint.service.store.base.tables import absences, subject_tasks
from guidelint.service.store.subjects.verdicts import current_verdicts
from guidelint.service.worker.sweep.every_project import Sweep
from guidelint.validation.judging.plan import Check
from guidelint.validation.judging.verdict import Awaited

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from guidelint.validation.judging.verdict import Verdict

LESION = frozenset({"lesion"})
LARGE_ENOUGH = Check(DiameterLimits(longest_min_mm=30.0), "classes.lesion.rules.diameter-limits", LESION)
TWO_PER_SERIES = Check(CountLimits(min=2, per="series", title="Lesion"), "rules.count-limits")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A service under whose guideline the largest slice of an object, and a second object, may be on another slice."""
    made = make_bench(tmp_path, plan_over(LARGE_ENOUGH, TWO_PER_SERIES))
    yield made
    made.close()


def slices(bench: Bench, count: int) -> list[int]:
    """Import slices of one series, and let the service learn of them."""
    made = [bench.task(SeriesInstanceUID="1.2.3") for _ in range(count)]
    sweep(bench)
    return made


def sweep(bench: Bench, *, full: bool = False) -> None:
    """Sweep, and deal with what was found."""
    Sweep(bench.engine, {SERVER: bench.client}).all_projects(full=full)
    bench.worker.work_off()


def lesion(name: str, width: float) -> list[dict[str, object]]:
    (drawn,) = box(width, width)
    return [{**drawn, "meta": {"text": [name]}}]


def submit(bench: Bench, task: int, *lesions: list[dict[str, object]], user: int = 7, **how: object) -> int:
    drawn = [{**one[0], "id": f"r{number}"} for number, one in enumerate(lesions)]
    number: int = bench.fake.submit(task, drawn, user=user, **how)["id"]
    bench.worker.work_off()
    return number


def verdict(bench: Bench) -> Verdict:
    with read_only(bench.engine) as connection:
        (judged,) = current_verdicts(connection, SERVER, bench.project)
    return judged.verdict


def banner(bench: Bench, task: int) -> str:
    text: str = bench.data(task)["gl_verdict_md"]
    return text


def test_the_first_slice_is_not_called_too_small_and_the_last_tells_it_on_every_task_concerned(bench: Bench) -> None:
    first, second, last = slices(bench, 3)
    submit(bench, first, lesion("N1", 10))
    assert verdict(bench).findings == ()
    assert verdict(bench).awaited == Awaited(3, 2)
    assert {finding.kind for finding in verdict(bench).held} == {"too-small", "too-few-over"}
    assert bench.data(first)["gl_status"] == "accepted"
    assert "The series is judged as a whole once all of it is in: <b>waiting for 2 of 3 tasks</b>." in banner(
        bench, first
    )
    assert not any(word in banner(bench, first) for word in ("diameter", "below", "at least"))
    submit(bench, second, lesion("N1", 12))
    assert verdict(bench).awaited == Awaited(3, 1)
    submit(bench, last)
    assert verdict(bench).awaited is None
    assert {finding.kind for finding in verdict(bench).findings} == {"too-small", "too-few-over"}
    statuses = [bench.data(task)["gl_status"] for task in (first, second, last)]
    assert statuses == ["returned", "returned", "accepted"], "there is nothing on the last that the findings name"
    assert not any("waiting for" in banner(bench, task) for task in (first, second, last))
    assert stored(bench) == checked(bench), "all is in: a check of the export gives the same"


def test_what_a_later_slice_takes_back_was_never_told(bench: Bench) -> None:
    first, last = slices(bench, 2)
    submit(bench, first, lesion("N1", 10))
    submit(bench, last, lesion("N1", 40), lesion("N2", 45))
    assert verdict(bench).findings == ()
    assert verdict(bench).held == ()
    assert [bench.data(task)["gl_status"] for task in (first, last)] == ["accepted", "accepted"]
    assert "waiting for" not in banner(bench, first)
    assert bench.rows(absences) == []


def test_a_skip_is_a_reading_and_another_reader_is_none(bench: Bench) -> None:
    first, last = slices(bench, 2)
    submit(bench, first, lesion("N1", 10))
    submit(bench, last, lesion("N1", 40), lesion("N2", 45), user=8)
    with read_only(bench.engine) as connection:
        mine = [one.verdict for one in current_verdicts(connection, SERVER, bench.project)]
    assert {one.subject.annotator: one.awaited for one in mine} == {"7": Awaited(2, 1), "8": None}
    submit(bench, last, user=7, was_cancelled=True)
    assert bench.data(first)["gl_status"] == "returned"


def test_a_slice_that_is_imported_later_is_waited_for_and_one_that_is_deleted_is_not(bench: Bench) -> None:
    (first,) = slices(bench, 1)
    submit(bench, first, lesion("N1", 10))
    assert bench.data(first)["gl_status"] == "returned", "as far as anybody knows it is the whole series"
    (late,) = slices(bench, 1)
    assert verdict(bench).awaited == Awaited(2, 1)
    assert bench.data(first)["gl_status"] == "accepted"
    bench.fake.delete_task(late)
    bench.worker.work_off()
    sweep(bench, full=True)
    assert [row["task"] for row in bench.rows(subject_tasks)] == [first]
    assert bench.data(first)["gl_status"] == "returned"


def test_of_a_series_that_nobody_reads_any_more_nothing_is_lacking(bench: Bench) -> None:
    first, _ = slices(bench, 2)
    only = submit(bench, first, lesion("N1", 10))
    assert len(bench.rows(absences)) == 1
    bench.fake.delete(only)
    bench.worker.work_off()
    assert bench.rows(absences) == []


def test_a_reading_that_is_taken_back_is_waited_for_again(bench: Bench) -> None:
    first, last = slices(bench, 2)
    submit(bench, first, lesion("N1", 10))
    taken_back = submit(bench, last)
    assert bench.data(first)["gl_status"] == "returned"
    bench.fake.delete(taken_back)
    bench.worker.work_off()
    assert verdict(bench).awaited == Awaited(2, 1)
    assert bench.data(first)["gl_status"] == "accepted"


def test_a_manager_reads_what_may_still_change(bench: Bench) -> None:
    first, _ = slices(bench, 2)
    submit(bench, first, lesion("N1", 10))
    with read_only(bench.engine) as connection:
        text = subjects_as_text(current_verdicts(connection, SERVER, bench.project), 0, {})
    assert "Series 1.2.3 by annotator 7: accepted so far, waiting for 1 of 2 tasks" in text
    assert "Not told yet, waiting for 1 of 2 tasks; as far as it is read:" in text


def test_a_patient_is_judged_once_all_their_tasks_are_read(tmp_path: Path) -> None:
    two = Check(CountLimits(min=2, per="patient", title="Lesion"), "rules.count-limits")
    bench = make_bench(tmp_path, plan_over(two))
    first, last = (bench.task(SeriesInstanceUID=series, PatientID="P-1") for series in ("1.2", "1.3"))
    bench.task(SeriesInstanceUID="1.4", PatientID="P-2")
    sweep(bench)
    submit(bench, first, lesion("N1", 10))
    assert verdict(bench).awaited == Awaited(2, 1)
    submit(bench, last)
    assert [finding.kind for finding in verdict(bench).findings] == ["too-few-over"]
    assert bench.data(first)["gl_status"] == "returned"
    bench.client.close()
    bench.engine.dispose()


def test_what_cannot_be_told_without_the_other_slices_is_held_and_does_not_leave_a_task_unverified(
    tmp_path: Path,
) -> None:
    bench = make_bench(tmp_path, plan_over(Check(NoSliceGap(), "rules.no-slice-gap")))
    axial: dict[str, object] = {"SeriesInstanceUID": "1.2.3", "ImageOrientationPatient": [1, 0, 0, 0, 1, 0]}
    bottom, middle, top = (bench.task(**axial, ImagePositionPatient=[0, 0, z_mm]) for z_mm in (0, 1, 2))
    sweep(bench)
    submit(bench, bottom, lesion("N1", 10))
    submit(bench, top, lesion("N1", 10))
    assert [finding.outcome for finding in verdict(bench).held] == ["cannot-evaluate"], "one step, and no other like it"
    assert bench.data(top)["gl_status"] == "accepted"
    submit(bench, middle)
    assert [finding.kind for finding in verdict(bench).findings] == ["unmarked"]
    assert verdict(bench).held == ()
    assert stored(bench) == checked(bench)
    bench.client.close()
    bench.engine.dispose()
