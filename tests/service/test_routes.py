"""What routes do beside asking another reader: persons by name, messages, tasks that are held."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.service.bench import GOOD, LARGE, SERVER, Bench, make_bench, plan

from guidelint.service.store.base.tables import escalations
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints.inbox import SWEPT, hint_row, put
from guidelint.validation.judging.plan import Route

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CHIEF = 9
AT = f"reader{CHIEF}@example.org"
"""As the fake calls that user."""


@pytest.fixture
def bench_with(tmp_path: Path) -> Iterator[Callable[[Route], Bench]]:
    """Makes a service whose large lesions take a route."""
    made: list[Bench] = []

    def make(route: Route) -> Bench:
        made.append(make_bench(tmp_path, replace(plan(), routes={"specialist": route}).sealed()))
        return made[-1]

    yield make
    for bench in made:
        bench.client.close()
        bench.engine.dispose()


def submit(bench: Bench, task: int, drawn: list[dict[str, object]], user: int, **fields: object) -> None:
    bench.fake.submit(task, drawn, user=user, **fields)
    bench.worker.work_off()


def state(bench: Bench) -> list[str]:
    return [row["state"] for row in bench.rows(escalations)]


def look_again(bench: Bench, task: int) -> None:
    with bench.engine.begin() as connection:
        put(connection, [hint_row(TaskKey(SERVER, bench.project, task), SWEPT)])
    bench.worker.work_off()


def test_a_person_is_asked_by_name_until_they_have_handed_in_a_reading(bench_with: Callable[[Route], Bench]) -> None:
    bench = bench_with(Route(who="chief radiologist", readers=1, persons=(AT,), within_hours=24.0))
    task = bench.task()
    submit(bench, task, LARGE, user=1)
    data = bench.data(task)
    assert (data["gl_status"], data["gl_waits_for"], state(bench)) == ("escalated", AT, ["asked"])
    assert "A chief radiologist will look at this within 24 h." in data["gl_verdict_md"]
    assert bench.fake.next_task(bench.project, 2) is None, "nobody else is asked to read it"
    submit(bench, task, LARGE, user=CHIEF)
    data = bench.data(task)
    assert (data["gl_status"], data["gl_waits_for"], state(bench)) == ("escalated", "", ["read"])
    assert "A chief radiologist was asked and has dealt with it." in data["gl_verdict_md"]


def test_what_is_done_again_after_the_person_dealt_with_it_asks_them_again(
    bench_with: Callable[[Route], Bench],
) -> None:
    bench = bench_with(Route(who="chief", readers=1, persons=(AT.upper(),)))
    task = bench.task()
    annotation = bench.fake.submit(task, LARGE, user=1)["id"]
    submit(bench, task, [], user=CHIEF, was_cancelled=True)
    assert bench.data(task)["gl_waits_for"] == "", "a skip says that there is nothing to add"
    bench.fake.update(annotation, result=[{**LARGE[0], "id": "r7"}])
    bench.worker.work_off()
    assert bench.data(task)["gl_waits_for"] == AT.upper()


def test_a_held_task_is_given_to_nobody_until_the_person_has_dealt_with_it(
    bench_with: Callable[[Route], Bench],
) -> None:
    """Every task is read twice, so that what is held would be read once more."""
    bench = bench_with(Route(who="data manager", readers=1, persons=(AT,), hold=True))
    bench.fake.tables.projects[bench.project]["maximum_annotations"] = 2
    held, other = bench.task(), bench.task()
    submit(bench, held, LARGE, user=1)
    submit(bench, other, GOOD, user=1)
    assert bench.fake.next_task(bench.project, 2) == other
    data = bench.data(held)
    assert (data["gl_status"], data["gl_waits_for"], state(bench)) == ("held", AT, ["held"])
    told = " ".join(str(value) for key, value in data.items() if key.startswith("gl_"))
    assert not any(word in told.lower() for word in ("escalated", "mm²", "lesion", "region", "1.0.0", "area")), told
    assert "This task is held." in data["gl_verdict_md"]
    writes = bench.writes()
    look_again(bench, held)
    assert bench.writes() == writes, "what stands is not written again"
    submit(bench, held, [], user=CHIEF, was_cancelled=True)
    assert bench.fake.tables.tasks[held]["overlap"] == 2, "it is read as often as every other task"
    assert bench.fake.next_task(bench.project, 2) == held
    data = bench.data(held)
    assert (data["gl_status"], data["gl_waits_for"]) == ("being read", "")
    assert "on your own" in data["gl_verdict_md"]
    submit(bench, held, GOOD, user=2)
    assert bench.data(held)["gl_status"] == "escalated"


def test_the_reason_is_shown_while_a_task_is_held_that_nobody_reads_afterwards(
    bench_with: Callable[[Route], Bench],
) -> None:
    bench = bench_with(
        Route(who="Data manager", readers=1, persons=(AT,), hold=True, message="Phone 4711 before you go on")
    )
    task = bench.task()
    submit(bench, task, LARGE, user=1)
    data = bench.data(task)
    assert (data["gl_status"], data["gl_by_rules"]) == ("held", "area-limits")
    said = "A data manager will look at this. Until then the task is held: please leave it as it is. Phone 4711"
    assert said in data["gl_verdict_md"]
    submit(bench, task, GOOD, user=CHIEF)
    data = bench.data(task)
    assert (data["gl_status"], data["gl_waits_for"]) == ("escalated", "")
    assert "held" not in data["gl_verdict_md"]


def test_what_is_held_and_read_again_is_opened_once_it_is_free(bench_with: Callable[[Route], Bench]) -> None:
    bench = bench_with(Route(who="board", readers=3, persons=(AT,), hold=True))
    task = bench.task()
    submit(bench, task, LARGE, user=1)
    assert bench.data(task)["gl_status"] == "held"
    assert bench.fake.next_task(bench.project, 2) is None
    submit(bench, task, GOOD, user=CHIEF)
    assert bench.fake.next_task(bench.project, 2) == task
    assert (bench.data(task)["gl_status"], bench.data(task)["gl_waits_for"]) == ("being read", AT)


def test_work_of_the_person_themselves_is_not_held(bench_with: Callable[[Route], Bench]) -> None:
    bench = bench_with(Route(who="data manager", readers=1, persons=(AT,), hold=True))
    task = bench.task()
    submit(bench, task, LARGE, user=CHIEF)
    assert (bench.data(task)["gl_status"], bench.data(task)["gl_waits_for"]) == ("escalated", "")


def test_a_message_alone_asks_for_no_other_reading(bench_with: Callable[[Route], Bench]) -> None:
    bench = bench_with(Route(who="Study nurse", readers=1, message="Write the case into the register."))
    task = bench.task()
    submit(bench, task, LARGE, user=1)
    assert "A study nurse will look at this. Write the case into the register." in bench.data(task)["gl_verdict_md"]
    assert bench.fake.next_task(bench.project, 2) is None
