"""A sweep alone leaves every verdict right, also above single annotations; while serving those take turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tests.cli.delivery_file import run
from tests.service.bench import SERVER, Bench, box, make_bench
from tests.service.subject_rules import IN_SERIES, OF_ANNOTATOR, OF_DELIVERY, WITH_THEM, plan_over
from tests.service.subject_tables import checked, now_and_then, stored

from guidelint.labelstudio.config.marker import marker
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.fake.http import transport
from guidelint.service.store.base.tables import subject_groups, subject_verdicts
from guidelint.service.store.projects import record_push
from guidelint.service.store.subjects.told_of_project import told_of_project
from guidelint.service.worker.subjects import EVERY_S, SubjectsNowAndThen
from guidelint.validation.judging.judge import verdict_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.judging.verdict import Verdict
    from guidelint.validation.rule.subject import Subject

HALF = box(35)
SERIES = {"SeriesInstanceUID": "1.2.3"}
JUDGES = "guidelint.service.worker.task.subjects.judge_subjects"


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """A service that is not running: events are lost, and only sweeps look."""
    monkeypatch.setattr("guidelint.service.store.projects.catalogue", lambda: WITH_THEM)
    monkeypatch.setattr("guidelint.service.sweep_once.PATIENCE_S", 0.0)
    plan = plan_over(IN_SERIES, OF_ANNOTATOR, OF_DELIVERY)
    made = make_bench(tmp_path, plan, place=str(tmp_path / "store.db"))
    made.dropping = True
    made.fake.tables.projects[made.project]["label_config"] = f'<View idAttr="{marker(plan)}"/>'

    def client(address: str, token: str, **_rest: object) -> TaskClient:
        return TaskClient(address, token, transport(made.fake))

    monkeypatch.setattr("guidelint.service.worker.servers.clients.TaskClient", client)
    (tmp_path / "tokens").write_text(f"{SERVER} token-1\n")
    yield made
    made.close()


def sweep(bench: Bench, *options: str) -> tuple[int, list[str]]:
    """Run the command; its exit status and its last two lines."""
    place = bench.engine.url.database or ""
    done = run("sweep", "--store", place, "--token-file", str(place).replace("store.db", "tokens"), *options)
    return done.exit_code, done.output.splitlines()[-2:]


def test_it_judges_all_that_lies_above_and_says_so(bench: Bench) -> None:
    tasks = [bench.task(**SERIES) for _ in range(2)]
    for task in tasks:
        bench.fake.submit(task, HALF)
    assert sweep(bench) == (
        0,
        [
            "3 tasks dealt with, 0 left.",
            "3 new verdicts above single annotations (1 annotator, 1 delivery and 1 series), 0 left.",
        ],
    )
    assert {decision for decision, _ in stored(bench).values()} == {"returned"}, "which is no fault of the sweep"
    assert stored(bench) == checked(bench)
    assert [bench.data(task)["gl_status"] for task in tasks] == ["returned", "returned"]
    assert sweep(bench) == (0, ["0 tasks dealt with, 0 left.", "0 new verdicts above single annotations, 0 left."])


def test_what_fails_is_told_and_left_and_the_others_are_judged(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def verdict_unless_delivery(plan: Plan, subject: Subject, findings: Iterable[Finding]) -> Verdict:
        if subject.kind == "delivery":
            raise ZeroDivisionError("while drawing the verdict")
        return verdict_on(plan, subject, findings)

    bench.fake.submit(bench.task(**SERIES), HALF)
    with monkeypatch.context() as patch:
        patch.setattr(f"{JUDGES}.verdict_on", verdict_unless_delivery)
        code, (_, said) = sweep(bench)
    assert (code, said) == (1, "2 new verdicts above single annotations (1 annotator and 1 series), 1 left.")
    assert set(stored(bench)) == {"series/1.2.3///1", "annotator////1"}
    assert told_of_project(bench.engine, SERVER, bench.project)[1] == 1
    assert sweep(bench) == (
        0,
        ["0 tasks dealt with, 0 left.", "1 new verdict above single annotations (1 delivery), 0 left."],
    )
    assert stored(bench) == checked(bench)


def test_what_a_killed_process_left_is_judged_and_shown(bench: Bench) -> None:
    tasks = [bench.task(**SERIES) for _ in range(2)]
    for task in tasks:
        bench.fake.submit(task, HALF)
    sweep(bench)
    with bench.engine.begin() as connection:
        connection.execute(sa.delete(subject_verdicts))
        connection.execute(sa.update(subject_groups).values(mark="of a process that is no more", findings=b""))
        for task in tasks:
            bench.fake.tables.tasks[task]["data"]["gl_status"] = "accepted"
    code, (dealt_with, said) = sweep(bench)
    assert (code, dealt_with) == (0, "2 tasks dealt with, 0 left.")
    assert "1 series" in said
    assert stored(bench) == checked(bench)
    assert [bench.data(task)["gl_status"] for task in tasks] == ["returned", "returned"]


def test_nothing_waits_for_checks_that_are_no_more(bench: Bench) -> None:
    for _ in range(2):
        bench.fake.submit(bench.task(**SERIES), HALF)
    sweep(bench)
    newer = plan_over(version="2.0.0")
    record_push(bench.engine, SERVER, bench.project, newer)
    now_and_then(bench)
    assert told_of_project(bench.engine, SERVER, bench.project) == ([], 0)
    older = plan_over(IN_SERIES, OF_ANNOTATOR, OF_DELIVERY, version="3.0.0")
    record_push(bench.engine, SERVER, bench.project, older)
    now_and_then(bench)
    assert stored(bench) == checked(bench), "what was gathered before serves the same checks again"


def test_while_serving_they_have_their_turn_once_a_minute(bench: Bench) -> None:
    clock_s = [1000.0]
    subjects = SubjectsNowAndThen(bench.engine, bench.worker.work.plans, [SERVER], clock_s=lambda: clock_s[0])
    bench.dropping = False
    assert subjects.when_due() == 0, "the first turn is at once"
    bench.fake.submit(bench.task(**SERIES), HALF)
    bench.worker.work_off()
    for later_s in (0.0, 1.0, EVERY_S - 0.001):
        clock_s[0] = 1000.0 + later_s
        assert subjects.when_due() == 0
    assert set(stored(bench)) == {"series/1.2.3///1"}
    clock_s[0] = 1000.0 + EVERY_S
    assert subjects.when_due() == 3, "the annotator, the widths and the tasks of the project"
    assert stored(bench) == checked(bench)
    bench.fake.submit(bench.task(**SERIES), HALF)
    bench.worker.work_off()
    clock_s[0] += EVERY_S - 0.001
    assert subjects.when_due() == 0
    clock_s[0] += 0.001
    assert subjects.when_due() == 3


def test_a_turn_that_fails_is_not_taken_again_within_the_minute(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    clock_s, asked = [0.0], list[str]()

    def fail(*_: object) -> list[tuple[str, int]]:
        asked.append("followed projects")
        raise ZeroDivisionError

    monkeypatch.setattr("guidelint.service.worker.subjects.followed_projects", fail)
    subjects = SubjectsNowAndThen(bench.engine, bench.worker.work.plans, [SERVER], clock_s=lambda: clock_s[0])
    with pytest.raises(ZeroDivisionError):
        subjects.when_due()
    assert subjects.when_due() == 0
    assert len(asked) == 1
