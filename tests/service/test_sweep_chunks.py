"""A sweep reads from listings, judges in chunks, and trusts no time when it looks at every task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from tests.service.bench import DATA, GOOD, LARGE, SERVER, SMALL, Bench, make_bench, plan

from guidelint.labelstudio.config.marker import marker
from guidelint.labelstudio.connection.errors import TooLong, TooSlow
from guidelint.labelstudio.connection.listing import PageSize, whole_tasks
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.service.clock import after
from guidelint.service.store.base.tables import (
    annotation_rows,
    claims,
    contents,
    escalations,
    inbox,
    metadata,
    tasks,
    verdicts,
)
from guidelint.service.store.hints.inbox import REVISIT
from guidelint.service.store.hints.inbox_rows import BULK
from guidelint.service.worker.sweep.chunk import Done
from guidelint.service.worker.sweep.every_project import SOMEBODY_ELSE, Sweep
from guidelint.service.worker.sweep.manners import Manners, SweepEnded
from guidelint.service.worker.sweep.progress import InWords, Progress
from guidelint.validation.judging.judge import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from guidelint.labelstudio.connection.task_client import TaskRead
    from guidelint.labelstudio.fake.fake import Json


def sweep_of(bench: Bench) -> Sweep:
    """A sweep of the one project, whose config is what was pushed; webhooks are lost."""
    bench.dropping = True
    bench.fake.tables.projects[bench.project]["label_config"] = f'<View idAttr="{marker(plan())}"/>'
    return Sweep(bench.engine, {SERVER: bench.client})


@pytest.fixture
def sweep(bench: Bench) -> Sweep:
    return sweep_of(bench)


def imported(bench: Bench, results: Sequence[Sequence[Json]]) -> list[int]:
    """Tasks imported with an annotation each."""
    return bench.fake.add_tasks(bench.project, [dict(DATA) for _ in results], [[{"result": one}] for one in results])


def found_by(sweep: Sweep, *, full: bool = False) -> int:
    (swept,) = sweep.all_projects(full=full)
    assert swept.is_complete
    return swept.found


def change(bench: Bench, *statements: sa.Update | sa.Delete) -> None:
    with bench.engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)


def see_all(bench: Bench) -> None:
    """Let the store believe that it has seen every task as it stands."""
    for task in bench.fake.tables.tasks.values():
        change(bench, sa.update(tasks).where(tasks.c.task == task["id"]).values(seen_updated_at=task["updated_at"]))


# --- judged from the listing --------------------------------------------------------------------------------------


def test_an_import_is_judged_and_stored_before_a_single_task_is_read_by_itself(bench: Bench, sweep: Sweep) -> None:
    imported(bench, [GOOD, SMALL, LARGE, GOOD] * 30)
    bench.fake.requests.clear()
    assert found_by(sweep) == 120
    paths = [path for _, path in bench.fake.requests]
    assert set(paths) == {f"/api/projects/{bench.project}/", "/api/tasks"}
    assert len(paths) <= 7, "one for the project, one for the listing, pages for the annotations"
    decisions = list(bench.decisions().values())
    assert [decisions.count(one) for one in ("accepted", "returned", "escalated")] == [60, 30, 30]
    assert bench.writes() == 0


def test_what_must_be_shown_is_left_to_the_bulk_lane_and_written_once(bench: Bench, sweep: Sweep) -> None:
    made = imported(bench, [GOOD, SMALL])
    found_by(sweep)
    assert [(row["task"], row["lane"], row["state"], row["starts"]) for row in bench.rows(inbox)] == [
        (task, BULK, "pending", 0) for task in made
    ]
    assert found_by(sweep) == found_by(sweep, full=True) == 0, "the jobs do it"
    bench.worker.work_off()
    assert [bench.data(task)["gl_status"] for task in made] == ["accepted", "returned"]
    assert len(bench.rows(verdicts)) == 2, "nothing was judged twice"
    before, rows = bench.writes(), len(bench.rows(inbox))
    assert found_by(sweep, full=True) == 0
    assert (bench.writes(), len(bench.rows(inbox))) == (before, rows)


def test_what_is_to_be_done_later_for_bulk_is_bulk_as_well(bench: Bench, sweep: Sweep) -> None:
    bench.worker.work = bench.worker.work.__class__(
        bench.engine, bench.engine, bench.worker.work.clients, bench.worker.work.plans, open_after_s=1e6
    )
    imported(bench, [LARGE])
    found_by(sweep)
    bench.worker.work_off()
    assert [(row["action"], row["lane"]) for row in bench.rows(inbox) if row["state"] == "pending"] == [(REVISIT, BULK)]


# --- a full sweep trusts no time ----------------------------------------------------------------------------------


def lose_verdicts(bench: Bench) -> None:
    change(bench, sa.delete(verdicts))


def withdraw_wrongly(bench: Bench) -> None:
    change(bench, sa.update(annotation_rows).values(state="withdrawn"), sa.update(verdicts).values(is_current=False))


def lose_contents(bench: Bench) -> None:
    change(bench, sa.delete(contents))


def lose_all_but_what_was_seen(bench: Bench) -> None:
    change(bench, *(sa.delete(table) for table in metadata.tables.values() if table.name not in KEPT))


KEPT = {"projects", "tasks", "sweeps"}


def miss_an_update(bench: Bench) -> None:
    bench.fake.update(1, result=SMALL)


def miss_a_submission(bench: Bench) -> None:
    bench.fake.submit(1, SMALL, user=2)


def miss_a_deletion(bench: Bench) -> None:
    bench.fake.delete(1)


def miss_a_skip(bench: Bench) -> None:
    bench.fake.update(1, was_cancelled=True)


def overwrite_a_banner(bench: Bench) -> None:
    bench.data(1)["gl_status"] = "returned"
    bench.data(2)["gl_verdict_md"] = ""


def lose_the_current_mark(bench: Bench) -> None:
    change(bench, sa.update(verdicts).values(is_current=False))


LOSSES: list[Callable[[Bench], None]] = [
    lose_verdicts,
    withdraw_wrongly,
    lose_contents,
    lose_all_but_what_was_seen,
    miss_an_update,
    miss_a_submission,
    miss_a_deletion,
    miss_a_skip,
    overwrite_a_banner,
    lose_the_current_mark,
]


def truth(bench: Bench) -> tuple[dict[int, str], list[str]]:
    """Decisions in the store, and what stands in the tasks."""
    shown = [task["data"].get("gl_status", "") for task in bench.fake.tables.tasks.values()]
    return bench.decisions(), shown


def expected(bench: Bench) -> tuple[dict[int, str], list[str]]:
    """What stands in the tool, as a service with an empty store would judge it."""
    by_result = {len(str(GOOD)): "accepted", len(str(SMALL)): "returned"}
    decisions, shown = dict[int, str](), list[str]()
    for number in bench.fake.tables.tasks:
        mine = [item for item in bench.fake.tables.annotations.values() if item["task"] == number]
        told = ["skipped" if item["was_cancelled"] else by_result[len(str(item["result"]))] for item in mine]
        decisions |= {item["id"]: one for item, one in zip(mine, told, strict=True)}
        shown.append(next((one for one in ("returned", "accepted", "skipped") if one in told), ""))
    return decisions, shown


@pytest.mark.parametrize("lose", LOSSES, ids=lambda lose: lose.__name__)
def test_a_full_sweep_heals_whatever_was_lost_even_when_the_store_believes_to_have_seen_it(
    bench: Bench, sweep: Sweep, lose: Callable[[Bench], None]
) -> None:
    for result in (GOOD, SMALL):
        bench.fake.submit(bench.task(), result)
    found_by(sweep)
    bench.worker.work_off()
    assert truth(bench) == expected(bench)
    lose(bench)
    see_all(bench)
    assert truth(bench) != expected(bench) or lose is lose_contents
    assert found_by(sweep) == 0, "by their times nothing happened"
    assert found_by(sweep, full=True) > 0
    bench.worker.work_off()
    assert truth(bench) == expected(bench)
    assert found_by(sweep, full=True) == 0
    with bench.engine.connect() as connection:
        lacking = sa.select(annotation_rows.c.annotation).where(
            annotation_rows.c.state == "standing",
            ~sa.exists().where(
                contents.c.annotation == annotation_rows.c.annotation, contents.c.version == annotation_rows.c.version
            ),
        )
        assert connection.execute(lacking).all() == []


def test_an_annotation_that_was_withdrawn_wrongly_keeps_its_time_and_version(bench: Bench, sweep: Sweep) -> None:
    bench.fake.submit(bench.task(), GOOD)
    found_by(sweep)
    bench.worker.work_off()
    before = bench.rows(annotation_rows)
    withdraw_wrongly(bench)
    found_by(sweep, full=True)
    assert bench.rows(annotation_rows) == before
    assert len(bench.rows(verdicts)) == len(bench.rows(contents)) == 1


# --- nobody's work is overwritten, nobody's fault stops the others ------------------------------------------------


def while_judging(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen just while the first annotation is judged."""
    happened = list[int]()

    def judge_meanwhile(*given: Any) -> Any:
        if not happened:
            happened.append(1)
            happens()
        return judge(*given)

    monkeypatch.setattr("guidelint.service.worker.task.judge_annotation.judge", judge_meanwhile)


def test_what_an_annotator_did_while_a_chunk_was_judged_stands(
    bench: Bench, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = imported(bench, [GOOD, GOOD, GOOD])

    def somebody_updates_the_second() -> None:
        bench.dropping = False
        bench.fake.update(2, result=SMALL)
        bench.dropping = True
        bench.worker.work_off()

    while_judging(monkeypatch, somebody_updates_the_second)
    found_by(sweep)
    bench.worker.work_off()
    assert bench.decisions() == {1: "accepted", 2: "returned", 3: "accepted"}
    assert bench.data(made[1])["gl_status"] == "returned"
    assert [row["version"] for row in bench.rows(annotation_rows)] == [1, 1, 1], "the older one was never stored"


def test_a_task_that_somebody_works_on_is_left_to_a_job(bench: Bench, sweep: Sweep) -> None:
    made = imported(bench, [GOOD, GOOD])
    row = {"server": SERVER, "project": bench.project, "task": made[0], "owner": "other", "until": after(60.0)}
    with bench.engine.begin() as connection:
        connection.execute(sa.insert(claims).values(row))
    found_by(sweep)
    assert bench.decisions() == {2: "accepted"}
    assert [(one["task"], one["starts"]) for one in bench.rows(inbox)] == [(made[0], 0), (made[1], 0)]


def test_a_listing_that_a_job_has_overtaken_is_left_to_a_job(bench: Bench, sweep: Sweep) -> None:
    task = bench.task()
    bench.fake.submit(task, GOOD)
    found_by(sweep)
    bench.worker.work_off()
    change(bench, sa.update(tasks).values(seen_updated_at="2999-01-01T00:00:00.000000Z"))
    assert found_by(sweep, full=True) == 1
    bench.worker.work_off()
    assert bench.rows(tasks)[0]["seen_updated_at"] == bench.fake.tables.tasks[task]["updated_at"]
    assert found_by(sweep, full=True) == 0


def test_a_task_that_cannot_be_read_among_others_costs_no_other(bench: Bench, sweep: Sweep) -> None:
    made = imported(bench, [GOOD, GOOD, GOOD])
    bench.fake.tables.annotations[2]["created_at"] = "yesterday"
    found_by(sweep)
    assert bench.decisions() == {1: "accepted", 3: "accepted"}
    assert {row["task"] for row in bench.rows(inbox)} == set(made)


def test_a_chunk_that_fails_is_dealt_with_task_by_task(
    bench: Bench, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(bench, [GOOD, SMALL])
    with monkeypatch.context() as patch:
        patch.setattr("guidelint.service.worker.sweep.chunk.as_they_stand", fail)
        assert found_by(sweep) == 2
    assert bench.decisions() == {}
    bench.worker.work_off()
    assert bench.decisions() == {1: "accepted", 2: "returned"}


def fail(*_: object) -> None:
    raise ZeroDivisionError


class Killed(BaseException):
    """The program is stopped from outside."""


def test_an_annotation_that_stops_the_program_is_unverified_in_the_end_and_costs_no_other(
    bench: Bench, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = imported(bench, [GOOD, SMALL, GOOD])

    def stop_at_the_small(*given: Any) -> Any:
        verdict = judge(*given)
        if verdict.decision == "returned":
            raise Killed
        return verdict

    monkeypatch.setattr("guidelint.service.worker.task.judge_annotation.judge", stop_at_the_small)
    with pytest.raises(Killed):
        sweep.all_projects()
    assert found_by(sweep) == 0, "a new process does not run into it again"
    for _ in range(2):
        change(bench, sa.update(inbox).values(not_before=""), sa.delete(claims))
        with pytest.raises(Killed):
            bench.worker.work_off()
    change(bench, sa.delete(claims))
    bench.worker.work_off()
    assert [bench.data(task)["gl_status"] for task in made] == ["accepted", "unverified", "accepted"]
    assert "stopped the program 3 times" in bench.data(made[1])["gl_verdict_md"]


# --- beside others ------------------------------------------------------------------------------------------------


def test_one_process_sweeps_a_project_at_a_time(bench: Bench, sweep: Sweep) -> None:
    imported(bench, [GOOD])
    row = {"server": SERVER, "project": bench.project, "task": 0, "owner": "other", "until": after(60.0)}
    with bench.engine.begin() as connection:
        connection.execute(sa.insert(claims).values(row))
    (swept,) = sweep.all_projects()
    assert (swept.is_complete, swept.told, bench.decisions()) == (False, SOMEBODY_ELSE, {})
    change(bench, sa.update(claims).values(until=after(-1.0)))
    assert found_by(sweep) == 1
    assert bench.rows(claims) == []


def test_a_sweep_gives_way_to_annotators_but_never_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guidelint.service.worker.sweep.manners.LOOKS_AGAIN_S", 0.0)
    waits = iter([True, True, True, False])
    manners = Manners(lambda: next(waits))
    manners.before_task()
    assert next(waits, "all asked") == "all asked"
    assert manners.judging_since_s is not None
    manners.after_task()
    assert manners.judging_since_s is None
    monkeypatch.setattr("guidelint.service.worker.sweep.manners.GIVES_WAY_S", 0.0)
    Manners(lambda: True).before_task()


def test_a_sweep_ends_between_two_tasks_when_the_program_does(bench: Bench, sweep: Sweep) -> None:
    imported(bench, [GOOD, GOOD, GOOD])
    asked = list[int]()

    def somebody_waits() -> bool:
        asked.append(1)
        if len(asked) == 2:
            sweep.manners.stop.set()
        return False

    sweep.manners = Manners(somebody_waits)
    with pytest.raises(SweepEnded):
        sweep.all_projects()
    assert bench.rows(claims) == []
    sweep.manners = Manners()
    change(bench, sa.update(inbox).values(not_before=""))
    bench.worker.work_off()
    assert len(bench.decisions()) == 3


def test_progress_is_told_with_what_is_left(bench: Bench, sweep: Sweep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guidelint.service.worker.sweep.progress.TELLS_EVERY_S", 0.0)
    imported(bench, [GOOD] * 70)
    told = list[Progress]()
    sweep.tell = told.append
    found_by(sweep)
    assert [one.done.looked_at for one in told] == [20, 60, 70]
    assert (told[-1].of, told[-1].left, told[-1].done) == (70, 0, Done(70, 70, 70, 70))


def test_the_pace_and_what_is_left_follow_from_what_was_done() -> None:
    progress = Progress(SERVER, 1, of=100, done=Done(looked_at=40), seconds=20.0)
    assert (progress.left, progress.tasks_per_s, progress.left_s) == (60, 2.0, 30.0)
    assert Progress(SERVER, 1, of=100, done=Done(), seconds=0.0).left_s is None


def test_a_person_is_told_in_words(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    told = list[str]()
    words = InWords(told.append)
    words.swept(Progress(SERVER, 5, of=100, done=Done(40, 30, 35, 20), seconds=20.0))
    (sentence,) = told
    assert sentence == (
        f"{SERVER} project 5: 40 of 100 tasks looked at, 35 annotations judged, 20 tasks to write;"
        " 2.0 tasks a second, about 30 s left"
    )
    words.worked_off(1)
    assert len(told) == 1, "not yet"
    monkeypatch.setattr("guidelint.service.worker.sweep.progress.TELLS_EVERY_S", 0.0)
    bench.fake.submit(bench.task(), GOOD)
    bench.fake.submit(bench.task(), GOOD)
    bench.worker.work_off(came_to=words.worked_off)
    assert told[1:] == ["1 dealt with so far", "2 dealt with so far"]


def test_a_single_sweep_waits_for_a_service_that_sweeps_just_now(
    bench: Bench, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(bench, [GOOD])
    row = {"server": SERVER, "project": bench.project, "task": 0, "owner": "other", "until": after(60.0)}
    with bench.engine.begin() as connection:
        connection.execute(sa.insert(claims).values(row))
    waited = list[float]()

    def let_the_other_end(seconds: float) -> None:
        waited.append(seconds)
        change(bench, sa.delete(claims))

    monkeypatch.setattr("guidelint.service.worker.sweep.every_project.time.sleep", let_the_other_end)
    sweep.is_patient = True
    assert found_by(sweep) == 1
    assert len(waited) == 1


# --- pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [TooLong("too long", 413), TooSlow("too slow")], ids=["long", "slow"])
def test_pages_that_are_too_much_are_asked_for_in_smaller_ones(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    made, real = imported(bench, [GOOD] * 30), TaskClient.whole_tasks

    def few_at_once(self: TaskClient, project: int, wanted: Sequence[int], most_bytes: int) -> list[TaskRead]:
        if len(wanted) > 3:
            raise fault
        return real(self, project, wanted, most_bytes)

    monkeypatch.setattr(TaskClient, "whole_tasks", few_at_once)
    pages = list(whole_tasks(bench.client, bench.project, made, PageSize()))
    assert [task.id for _, page in pages for task in page] == made
    assert max(len(asked) for asked, _ in pages) <= 3


def test_one_task_that_is_too_long_by_itself_is_left_out(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    made, real = imported(bench, [GOOD] * 5), TaskClient.whole_tasks

    def one_is_huge(self: TaskClient, project: int, wanted: Sequence[int], most_bytes: int) -> list[TaskRead]:
        if made[2] in wanted:
            raise TooLong("too long", 413)
        return real(self, project, wanted, most_bytes)

    monkeypatch.setattr(TaskClient, "whole_tasks", one_is_huge)
    pages = list(whole_tasks(bench.client, bench.project, made, PageSize()))
    assert [task for asked, _ in pages for task in asked] == made
    assert [task.id for _, page in pages for task in page] == [task for task in made if task != made[2]]


def test_pages_follow_the_size_and_the_time_of_those_before() -> None:
    size = PageSize()
    assert size.tasks == 20
    size.took(1000, 0.01)
    assert size.tasks == 40
    size.took(1000, 0.01)
    assert size.tasks == 50, "never more"
    size.took(40 * 1024 * 1024, 0.01)
    assert size.tasks == 5
    size.took(1000, 10.0)
    assert size.tasks == 1
    size.was_too_much()
    assert size.tasks == 1


def test_escalations_of_what_was_swept_are_recorded(tmp_path: Path) -> None:
    bench = make_bench(tmp_path)
    sweep = sweep_of(bench)
    imported(bench, [LARGE])
    found_by(sweep)
    bench.worker.work_off()
    assert [row["route"] for row in bench.rows(escalations)] == ["specialist"]
    bench.client.close()
    bench.engine.dispose()
