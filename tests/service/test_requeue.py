"""Returned work that goes back to the queue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import sqlalchemy as sa
from tests.service.bench import GOOD, SERVER, SMALL, Bench, make_bench, plan

from guidelint.labelstudio.connection.errors import Unreachable
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.rules.images.allowed_modality import AllowedModality
from guidelint.service.store.base.tables import annotation_rows, inbox, predictions, requeues
from guidelint.service.store.requeues import is_ours
from guidelint.validation.judging.plan import Check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A project whose guideline sends returned work back to the queue."""
    made = make_bench(tmp_path, plan(mode="requeue", requeue_after_minutes=30.0))
    yield made
    made.close()


def states(bench: Bench) -> list[str]:
    return [row["state"] for row in bench.rows(requeues)]


def be_due(bench: Bench) -> None:
    """Let the time pass."""
    with bench.engine.begin() as connection:
        connection.execute(sa.update(annotation_rows).values(submitted_at="2020-01-01T00:00:00.000000Z"))
        connection.execute(sa.update(inbox).values(not_before=""))


def test_nothing_is_taken_out_right_after_submit(bench: Bench) -> None:
    task = bench.task()
    annotation = bench.fake.submit(task, SMALL)["id"]
    bench.worker.work_off()
    assert annotation in bench.fake.tables.annotations
    assert states(bench) == ["waiting"]
    assert "press Update" in bench.data(task)["gl_verdict_md"]


def test_once_another_task_is_submitted_it_comes_back_prefilled(bench: Bench) -> None:
    first, second = bench.task(), bench.task()
    annotation = bench.fake.submit(first, SMALL, user=2)["id"]
    bench.worker.work_off()
    bench.fake.submit(second, GOOD, user=2)
    bench.worker.work_off()
    assert annotation not in bench.fake.tables.annotations
    (prediction,) = bench.fake.tables.predictions.values()
    assert (prediction["task"], prediction["result"], prediction["model_version"]) == (first, SMALL, "")
    assert is_ours(bench.engine, SERVER, bench.project, prediction["id"])
    assert bench.data(first)["gl_status"] == "returned"
    assert "back in the queue" in bench.data(first)["gl_verdict_md"]
    assert bench.fake.next_task(bench.project, 2) == first
    assert bench.decisions()[annotation] == "returned", "our own deletion is no withdrawal"


def test_another_annotator_going_on_changes_nothing(bench: Bench) -> None:
    first, second = bench.task(), bench.task()
    annotation = bench.fake.submit(first, SMALL, user=2)["id"]
    bench.fake.submit(second, GOOD, user=3)
    bench.worker.work_off()
    assert annotation in bench.fake.tables.annotations


def test_after_the_agreed_time_it_comes_back(bench: Bench) -> None:
    annotation = bench.fake.submit(bench.task(), SMALL)["id"]
    bench.worker.work_off()
    be_due(bench)
    bench.worker.work_off()
    assert annotation not in bench.fake.tables.annotations
    assert states(bench) == ["done"]


def test_what_no_annotator_can_mend_does_not_come_back_again_and_again(tmp_path: Path) -> None:
    lesions = plan(mode="requeue", requeue_after_minutes=30.0)
    checks = (*lesions.checks, Check(AllowedModality(modality=("CT",)), "Image › Modality"))
    bench = make_bench(tmp_path, replace(lesions, checks=checks).sealed())
    annotation = bench.fake.submit(bench.task(Modality="MR"), GOOD)["id"]
    bench.worker.work_off()
    be_due(bench)
    bench.worker.work_off()
    assert bench.decisions() == {annotation: "returned"}
    assert annotation in bench.fake.tables.annotations
    bench.client.close()
    bench.engine.dispose()


def test_what_is_corrected_with_update_stays(bench: Bench) -> None:
    annotation = bench.fake.submit(bench.task(), SMALL)["id"]
    bench.worker.work_off()
    bench.fake.update(annotation, result=GOOD)
    bench.worker.work_off()
    be_due(bench)
    bench.worker.work_off()
    assert annotation in bench.fake.tables.annotations
    assert states(bench) == ["dropped"]
    assert bench.fake.tables.predictions == {}


def test_handed_in_again_it_is_judged_and_the_old_one_is_history(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, SMALL, user=2)
    bench.worker.work_off()
    be_due(bench)
    bench.worker.work_off()
    (prediction,) = bench.fake.tables.predictions
    again = bench.fake.submit(task, GOOD, user=2, parent_prediction=prediction)["id"]
    bench.worker.work_off()
    assert bench.decisions() == {again: "accepted"}
    assert bench.data(task)["gl_status"] == "accepted"
    assert sorted(row["state"] for row in bench.rows(annotation_rows)) == ["standing", "withdrawn"]


def test_returned_twice_it_comes_back_twice_with_one_prediction(bench: Bench) -> None:
    task = bench.task()
    for _ in range(2):
        bench.fake.submit(task, SMALL, user=2)
        bench.worker.work_off()
        be_due(bench)
        bench.worker.work_off()
    assert len(bench.fake.tables.predictions) == 1
    assert bench.fake.tables.annotations == {}
    assert bench.data(task)["gl_status"] == "returned"


def test_without_unique_id_from_a_webhook_the_export_gives_it(bench: Bench) -> None:
    task = bench.task()
    bench.dropping = True
    made = bench.fake.submit(task, SMALL)
    bench.dropping = False
    bench.fake.update(made["id"], ground_truth=True, unique_id=made["unique_id"])
    with bench.engine.begin() as connection:
        connection.execute(sa.update(inbox).values(unique_id=None))
    bench.worker.work_off()
    be_due(bench)
    bench.worker.work_off()
    assert [row["unique_id"] for row in bench.rows(annotation_rows)] == [made["unique_id"]]
    assert states(bench) == ["done"]


@pytest.mark.parametrize("fires", [True, False])
def test_taken_back_by_its_annotator_while_prefilled_the_prediction_goes_too(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, *, fires: bool
) -> None:
    task = bench.task()
    annotation = bench.fake.submit(task, SMALL)["id"]
    bench.worker.work_off()
    with monkeypatch.context() as away:
        away.setattr(TaskClient, "annotation", _cut_off)
        be_due(bench)
        bench.worker.work_off()
    assert states(bench) == ["prefilled"]
    bench.fake.delete(annotation, fires=fires)
    be_due(bench)
    bench.worker.work_off()
    assert bench.fake.tables.predictions == {}
    assert states(bench) == ["dropped"]
    assert bench.decisions() == {}
    assert bench.data(task)["gl_status"] == ""


@pytest.mark.parametrize("step", ["annotation", "create_prediction"])
def test_changed_on_its_way_it_waits_anew_and_nothing_old_is_prefilled(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    task = bench.task()
    annotation = bench.fake.submit(task, SMALL)["id"]
    bench.worker.work_off()
    real = getattr(TaskClient, step)

    def cut_off_after(self: TaskClient, *given: Any) -> Any:
        real(self, *given)
        raise Unreachable("cut off")

    with monkeypatch.context() as away:
        away.setattr(TaskClient, step, cut_off_after)
        be_due(bench)
        bench.worker.work_off()
    assert len(bench.fake.tables.predictions) == 1
    bench.fake.update(annotation, result=[*SMALL, {**SMALL[0], "id": "r2"}])
    bench.worker.work_off()
    assert bench.fake.tables.predictions == {}
    assert states(bench) == ["waiting"]
    assert annotation in bench.fake.tables.annotations


def _cut_off(_client: TaskClient, _annotation: int) -> Any:
    raise Unreachable("cut off")


def hide_predictions(bench: Bench, _task: int) -> None:
    bench.fake.tables.projects[bench.project]["show_collab_predictions"] = False


def compete(bench: Bench, task: int) -> None:
    bench.client.create_prediction(task, msgspec.Raw(b"[]"), "")


def forget_unique_id(bench: Bench, _task: int) -> None:
    for annotation in bench.fake.tables.annotations.values():
        annotation["unique_id"] = None


@pytest.mark.parametrize("prepare", [hide_predictions, compete, forget_unique_id])
def test_it_stays_when_it_could_not_come_back_whole(bench: Bench, prepare: Callable[[Bench, int], None]) -> None:
    task = bench.task()
    annotation = bench.fake.submit(task, SMALL)["id"]
    with bench.engine.begin() as connection:
        connection.execute(sa.update(inbox).values(unique_id=None))
    bench.worker.work_off()
    prepare(bench, task)
    be_due(bench)
    bench.worker.work_off()
    assert annotation in bench.fake.tables.annotations


@pytest.mark.parametrize("step", ["create_prediction", "delete_annotation"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_broken_off_at_any_step_it_goes_on_where_it_was(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    task = bench.task()
    annotation = bench.fake.submit(task, SMALL)["id"]
    bench.worker.work_off()
    real, broken = getattr(TaskClient, step), list[int]()

    def break_once(self: TaskClient, *given: Any) -> Any:
        answer = real(self, *given) if when == "after" or broken else None
        if not broken:
            broken.append(1)
            raise Unreachable("cut off")
        return answer

    monkeypatch.setattr(TaskClient, step, break_once)
    for _ in range(3):
        be_due(bench)
        bench.worker.work_off()
    assert annotation not in bench.fake.tables.annotations
    assert len(bench.fake.tables.predictions) == 1
    assert [row["prediction"] for row in bench.rows(predictions)] == list(bench.fake.tables.predictions)
    assert states(bench) == ["done"]
    assert bench.decisions() == {annotation: "returned"}
    assert "back in the queue" in bench.data(task)["gl_verdict_md"]
