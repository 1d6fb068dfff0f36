"""What follows from several tasks is told on each of them, once all are in, and goes when it no longer follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.service.bench import SERVER, Bench, box, make_bench
from tests.service.subject_rules import plan_over
from tests.service.subject_tables import checked, stored

from guidelint.rules.answers.derived_change import DerivedChange
from guidelint.rules.answers.derived_from_all import DerivedFromAll
from guidelint.service.worker.sweep.every_project import Sweep
from guidelint.validation.derivation import ChangeBand, ChangeOf, Derivation, Part
from guidelint.validation.judging.plan import Check, Route
from guidelint.validation.rule.condition import Between

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WIDTHS = Derivation(how="sum", parts=(Part(measured="width", classes=("lesion",)),), unit="mm")
BANDS = (
    ChangeBand(option="pd", since_smallest_percent=Between(at_least=20), since_smallest=Between(at_least=5)),
    ChangeBand(option="pr", since_baseline_percent=Between(at_most=-30)),
    ChangeBand(option="sd"),
)
SUM = Check(
    DerivedFromAll(attribute="sum", title="Sum of widths", derivation=WIDTHS, per="study"), "attributes.sum.gathered"
)
CHANGE = DerivedChange(
    attribute="response",
    title="Response",
    titles={"pd": "Progressive disease", "pr": "Partial response", "sd": "Stable disease"},
    change=ChangeOf(question="sum", derivation=WIDTHS, bands=BANDS),
    question_titles={"sum": "Sum of widths"},
)
RESPONSE = Check(CHANGE, "attributes.response.change")
GROWTH = Check(CHANGE.model_copy(update={"values": ("pd",)}), "escalation.when.growth", escalates_to="board")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A service under whose guideline a sum follows from each study, and a response from the sums."""
    made = make_bench(tmp_path, plan_over(SUM, RESPONSE))
    yield made
    made.close()


@pytest.fixture
def with_board(tmp_path: Path) -> Iterator[Bench]:
    """A service under whose guideline growth goes to a board, which reads nothing again."""
    plan = plan_over(SUM, RESPONSE, GROWTH)
    routes = {**plan.routes, "board": Route(who="the board", readers=1)}
    made = make_bench(tmp_path, replace(plan, routes=routes).sealed())
    yield made
    made.close()


def visits(bench: Bench, *months: int) -> list[int]:
    """Import an image of one visit in each month, and let the service learn of them."""
    made = [
        bench.task(PatientID="P", StudyInstanceUID=f"1.{month}", StudyDate=f"2026-{month:02}-01") for month in months
    ]
    Sweep(bench.engine, {SERVER: bench.client}).all_projects()
    bench.worker.work_off()
    return made


def submit(bench: Bench, task: int, **widths: float) -> None:
    """Hand in lesions so many millimetres wide, by their names."""
    drawn = [{**box(width, region=name)[0], "meta": {"text": [name]}} for name, width in widths.items()]
    bench.fake.submit(task, drawn)
    bench.worker.work_off()


def told(bench: Bench, task: int) -> dict[str, Any]:
    return {key: value for key, value in bench.data(task).items() if key.startswith("gl_derived_")}


def test_the_sum_of_a_study_is_told_on_its_tasks_when_all_of_them_are_in(bench: Bench) -> None:
    one, other = visits(bench, 1, 1)
    submit(bench, one, a=30, b=10)
    assert told(bench, one) == {}, "the largest of a lesion may be on the other image"
    assert "waiting for 1 of 2 tasks" in bench.data(one)["gl_verdict_md"]
    submit(bench, other, a=34)
    assert [told(bench, task) for task in (one, other)] == [{"gl_derived_sum": 44}] * 2
    said = "width of Lesion a 34 + width of Lesion b 10 = 44"
    assert all(said in bench.data(task)["gl_verdict_md"].replace("\N{NO-BREAK SPACE}", " ") for task in (one, other))
    assert [bench.data(task)["gl_status"] for task in (one, other)] == ["accepted", "accepted"]
    assert stored(bench) == checked(bench), "a check of the export tells the same"
    for number in [*bench.fake.tables.annotations]:
        bench.fake.delete(number)
    bench.worker.work_off()
    assert [told(bench, task) for task in (one, other)] == [{}, {}]


def test_a_response_is_told_of_each_time_point_and_compares_with_baseline_and_smallest(bench: Bench) -> None:
    tasks = visits(bench, 1, 3, 5, 7)
    for task, width in zip(tasks, (50, 40, 30, 37), strict=True):
        submit(bench, task, a=width)
    response = "2026-03-01: Stable disease · 2026-05-01: Partial response · 2026-07-01: Progressive disease"
    assert [told(bench, task) for task in tasks] == [
        {"gl_derived_response": response, "gl_derived_sum": width} for width in (50, 40, 30, 37)
    ]
    assert stored(bench) == checked(bench)


def test_a_patient_of_whom_a_visit_is_missing_does_not_escalate(with_board: Bench) -> None:
    tasks = visits(with_board, 1, 3, 5)
    for task, width in zip(tasks, (50, 80), strict=False):
        submit(with_board, task, a=width)
    assert [with_board.data(task)["gl_status"] for task in tasks[:2]] == ["accepted"] * 2
    assert "waiting for 1 of 3 tasks" in with_board.data(tasks[0])["gl_verdict_md"]
    submit(with_board, tasks[2], a=60)
    assert [with_board.data(task)["gl_status"] for task in tasks] == ["escalated"] * 3
    assert "Response at 2026-03-01 is Progressive disease" in with_board.data(tasks[2])["gl_summary"]
    assert stored(with_board) == checked(with_board)
