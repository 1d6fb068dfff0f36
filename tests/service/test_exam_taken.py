"""An exam that is taken in Label Studio is graded by the service as an export of its project is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from tests.checking.exam.exam_made import exam_in, mark, right_of
from tests.service.bench import SERVER, Bench

from guidelint.checking.exam.sheet import Sheet
from guidelint.cli.exams.exam_tasks import exam_task
from guidelint.service.store.base.tables import exam_results
from guidelint.service.store.exams import KeptExam, put_exam, put_tasks
from guidelint.service.store.projects import record_push

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.checking.exam.item import Item

ANN, BOB = 1, 2


def exam_at(bench: Bench, folder: Path) -> list[tuple[int, Item]]:
    """Make an exam of its own project, all of which must be right; its tasks with the items that they show."""
    exam = exam_in(folder, "{tasks: 4, min_share: 1}")
    drawn = exam.drawn("a seed")
    data = [{**exam_task(exam, item, drawn.id).data, "image": "/data/1.png"} for item in drawn.items]
    project, plan, sheet = bench.fake.add_project(), exam.plan.sealed(), Sheet.of(exam, drawn)
    tasks = bench.fake.add_tasks(project, data)
    record_push(bench.engine, SERVER, project, plan, "2020-01-01T00:00:00.000000Z", is_exam=True)
    of = plan.guideline
    kept = KeptExam(SERVER, project, sheet.id, of.name, of.version, "reader", "2020-01-01", sheet.to_json())
    with bench.engine.begin() as connection:
        put_exam(connection, kept, sheet.items)
        put_tasks(connection, SERVER, project, dict(zip(sheet.items, tasks, strict=True)))
    bench.fake.add_webhook(project, f"{SERVER}/hooks/x", {})
    return list(zip(tasks, drawn.items, strict=True))


def test_who_has_handed_in_every_item_is_graded_and_of_an_item_done_twice_the_first_counts(
    bench: Bench, tmp_path: Path
) -> None:
    made = exam_at(bench, tmp_path)
    for task, item in made:
        bench.worker.work_off()
        assert bench.rows(exam_results) == []
        if item.found.name == "the-mark":
            bench.fake.submit(task, mark(10, 10), BOB, lead_time=1)
        bench.fake.submit(task, right_of(item), BOB, lead_time=1)
        bench.fake.submit(task, right_of(item), ANN, lead_time=1)
    bench.worker.work_off()
    came = {row["annotator"]: msgspec.json.decode(row["result"])["result"] for row in bench.rows(exam_results)}
    assert {who: (one["outcome"], one["right"]) for who, one in came.items()} == {
        ANN: ("passed", 4),
        BOB: ("failed", 3),
    }
    assert [why for why in came[BOB]["reasons"] if why.endswith("was done more than once: the first counts")]
    for task, _ in made:
        assert "passed." in bench.data(task)["gl_verdict_md"]
        assert "not passed." in bench.data(task)["gl_verdict_md"]
