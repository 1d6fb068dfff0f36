"""``guidelint verdict``: the reason at any time, whatever Label Studio shows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import run
from tests.service.bench import GOOD, LARGE, SERVER, SMALL, Bench, box, make_bench, plan
from tests.service.subject_rules import IN_SERIES, OF_ANNOTATOR, WITH_THEM, plan_over

from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.base.tables import annotation_rows
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints.inbox import SWEPT, hint_row, put
from guidelint.service.worker.subjects import SubjectsNowAndThen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A service that has judged, and whose store is there."""
    made = make_bench(tmp_path, plan(mode="requeue", requeue_after_minutes=30.0), place=str(tmp_path / "store.db"))
    yield made
    made.close()


def told(bench: Bench, *arguments: str) -> tuple[int, str]:
    done = run("verdict", *arguments, "--store", str(bench.engine.url.database))
    return done.exit_code, done.output


def test_the_reason_is_told_while_label_studio_shows_none(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, LARGE, user=1)
    bench.worker.work_off()
    assert bench.data(task)["gl_status"] == "being read"
    code, text = told(bench, str(task))
    assert code == 1
    lines = text.splitlines()
    assert lines[0] == f"Task {task} of project {bench.project} at {SERVER}: 1 reading."
    assert "Annotation 1 by annotator 1: escalated" in lines
    assert "  Escalated to thoracic radiologist (another reading, 2 in all, within 24 h):" in lines
    (line,) = (line for line in lines if line.startswith("  - "))
    assert "6400 mm²" in line
    assert "2000 mm²" in line
    assert line.endswith("§ lesion, large (area-limits)")
    assert any(line.startswith("  judged 20") and " UTC by lesions 1.0.0 (guidelint " in line for line in lines)
    assert lines[-1].startswith("A thoracic radiologist was asked 20")
    assert lines[-1].endswith(": another reader is asked for.")


def test_what_became_of_a_reading_is_told(bench: Bench) -> None:
    first, second = bench.task(), bench.task()
    small = [*SMALL, {**SMALL[0], "id": "r2"}]
    bench.fake.submit(first, small, user=2)
    bench.worker.work_off()
    bench.fake.submit(second, GOOD, user=2)
    bench.worker.work_off()
    code, text = told(bench, str(first))
    assert code == 1
    assert text.count("(area-limits)") == 1, "two regions with one fault are said once"
    assert "  taken back to the queue, to be corrected there\n" in text
    bench.fake.submit(first, GOOD, user=3)
    bench.fake.delete(bench.fake.submit(first, GOOD, user=1)["id"])
    bench.worker.work_off()
    code, text = told(bench, str(first))
    assert code == 0
    assert text.splitlines()[0].endswith(": 1 reading.")
    assert "by annotator 3: accepted" in text
    assert text.endswith("1 reading more was taken out by somebody.\n")


def test_an_escalation_waits_for_what_is_returned(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, [*LARGE, {**SMALL[0], "id": "r2"}], user=1)
    bench.worker.work_off()
    assert told(bench, str(task))[1].endswith(": the task opens when what is returned is corrected.\n")


def test_readings_that_differ_are_told_together_and_one_by_one(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, LARGE, user=1)
    bench.worker.work_off()
    second = bench.fake.submit(task, SMALL, user=2)["id"]
    bench.fake.update(second, result=GOOD)
    bench.worker.work_off()
    _, text = told(bench, str(task))
    lines = text.splitlines()
    assert lines[0].endswith(": 2 readings, together escalated.")
    assert [line for line in lines if line.startswith("Annotation")] == [
        "Annotation 1 by annotator 1: escalated",
        "Annotation 2 by annotator 2: accepted",
    ]
    assert lines[-1].endswith(": all readings are in.")


def test_accepted_work_is_told_with_exit_status_0(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, GOOD, user=1)
    bench.worker.work_off()
    code, text = told(bench, str(task), "--project", str(bench.project), "--server", SERVER + "/")
    assert (code, "Annotation 1 by annotator 1: accepted" in text) == (0, True)


def test_a_program_reads_the_same(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, LARGE, user=1)
    bench.worker.work_off()
    code, text = told(bench, str(task), "--format", "json")
    found = json.loads(text)
    assert code == 1
    assert (found["server"], found["project"], found["task"], found["decision"]) == (
        SERVER, bench.project, task, "escalated"
    )  # fmt: skip
    (one,) = found["readings"]
    assert (one["annotation"], one["annotator"], one["state"], one["version"]) == (1, 1, "standing", 1)
    assert one["verdict"]["decision"] == "escalated"
    assert [finding["rule"] for finding in one["verdict"]["findings"]] == ["area-limits"]
    assert [(item["route"], item["state"]) for item in found["escalations"]] == [("specialist", "opened")]


def test_what_waits_is_told(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, GOOD, user=1)
    bench.worker.work_off()
    with bench.engine.begin() as connection:
        put(connection, [hint_row(TaskKey(SERVER, bench.project, task), SWEPT)])
        put(connection, [hint_row(TaskKey(SERVER, bench.project, 99), SWEPT)])
    code, text = told(bench, str(task))
    assert code == 1
    assert text.endswith(f"is not judged yet: see `guidelint inbox --task {task}`.\n")
    assert told(bench, "99") == (
        2, "guidelint: task 99 was handed in and is not judged yet: see `guidelint inbox --task 99`\n"
    )  # fmt: skip


def test_a_task_that_nobody_has_read_is_refused_with_what_to_do(bench: Bench) -> None:
    code, text = told(bench, "77", "--project", "3")
    assert code == 2
    assert f"{bench.engine.url.database} knows no reading of a task 77 of project 3." in text
    assert "Label Studio's first column" in text
    assert "`guidelint sweep`" in text


def test_of_two_label_studios_one_must_be_named(bench: Bench) -> None:
    task = bench.task()
    bench.fake.submit(task, GOOD, user=1)
    bench.worker.work_off()
    with bench.engine.begin() as connection:
        (row,) = connection.execute(annotation_rows.select()).mappings()
        connection.execute(annotation_rows.insert().values({**row, "server": "http://other.test", "project": 4}))
    code, text = told(bench, str(task))
    assert code == 2
    assert f"there is a task {task} in project {bench.project} at {SERVER}, project 4 at http://other.test" in text
    assert "--server and --project" in text
    assert told(bench, str(task), "--server", SERVER)[0] == 0


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    done = run("verdict", "1", "--store", str(tmp_path / "none.db"))
    assert done.exit_code == 2
    assert "there is no store at" in done.output
    assert not (tmp_path / "none.db").exists()


def test_of_an_empty_store_it_is_said_that_it_knows_nothing(tmp_path: Path) -> None:
    place = str(tmp_path / "store.db")
    migrate(store_url(place))
    open_store(store_url(place)).dispose()
    assert "knows no reading of a task 1." in run("verdict", "1", "--store", place).output


def test_what_spans_several_tasks_is_told_without_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guidelint.service.store.projects.catalogue", lambda: WITH_THEM)
    bench = make_bench(tmp_path, plan_over(OF_ANNOTATOR, IN_SERIES), place=str(tmp_path / "spans.db"))
    tasks = [bench.task(SeriesInstanceUID="1.2.3") for _ in range(2)]
    for task in tasks:
        bench.fake.submit(task, box(35), user=1)
    bench.worker.work_off()
    code, text = told(bench)
    assert code == 1
    assert "Series 1.2.3 by annotator 1: returned" in text.splitlines()
    assert "1 changed since and is judged anew within a minute." in text, "annotators have their turn later"
    SubjectsNowAndThen(bench.engine, bench.worker.work.plans, [SERVER]).run()
    code, text = told(bench, "--project", str(bench.project))
    assert "Annotator 1: returned" in text.splitlines()
    assert "together they are 70 px wide, more than 60 px" in text
    assert "changed since" not in text
    document = json.loads(told(bench, "--format", "json")[1])
    assert [one["verdict"]["decision"] for one in document["subjects"]] == ["returned", "returned"]
    code, text = told(bench, str(tasks[0]))
    assert text.splitlines()[0].endswith("1 reading, together returned.")
    assert "Series 1.2.3 by annotator 1: returned" in text.splitlines()
    bench.client.close()
    bench.engine.dispose()
