"""The worker is killed between any two of its effects, or does not hear of one: its commits and writes to Label Studio.

Between two effects nothing changes that lasts, so being killed right before each of them is being killed right after
the one before as well. Whoever carries on finds everything whole: each standing annotation has one current verdict, the
right one; the task says so; nothing is made twice; nothing was removed before its content was stored.
"""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

import httpx
import msgspec
import pytest
import sqlalchemy as sa
from tests.service.bench import DATA, GOOD, LARGE, SERVER, SMALL, Bench, make_bench, plan
from tests.service.disorder import Killed
from tests.service.told import status_told

from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.labelstudio.fake.http import transport
from guidelint.service.store.base.tables import (
    annotation_rows,
    claims,
    contents,
    escalations,
    inbox,
    predictions,
    verdicts,
)
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.known import contents_of, known_of_task
from guidelint.service.store.projects import Plans
from guidelint.service.worker.task.task_work import TaskWork
from guidelint.service.worker.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from guidelint.validation.judging.plan import Plan

pytestmark = pytest.mark.many

DECISIONS = {str(SMALL): "returned", str(GOOD): "accepted", str(LARGE): "escalated"}
Fault = Literal["killed", "answer lost"]


@dataclass
class Mortal:
    """A bench whose worker meets one fault, at one of the points where it changes something."""

    bench: Bench
    fault: Fault
    at: int | None
    """Which point; None: never."""
    points: int = 0
    dead: bool = False
    met: int = 0
    is_working: bool = False
    deletions: list[int] = field(default_factory=list[int])

    def __post_init__(self) -> None:
        """Stand between the worker and what it changes."""
        dialect: Any = self.bench.engine.dialect
        commit: Callable[[Any], None] = dialect.do_commit

        def struck_commit(connection: object) -> None:
            self._commit(lambda: commit(connection))

        dialect.do_commit = struck_commit
        self._answer = transport(self.bench.fake)
        self.bench.client.close()
        self._start()

    def _start(self) -> None:
        bench = self.bench
        bench.client = TaskClient(SERVER, "token-1", httpx.MockTransport(self._request))
        work = TaskWork(bench.engine, bench.engine, {SERVER: bench.client}, Plans(bench.engine), 0.0)
        bench.worker = Worker(bench.engine, work, 1)

    def work(self) -> None:
        """Work off; after a fault carry on, in a new process or once what was put off is due."""
        self.is_working = True
        met = self.met
        try:
            self.bench.worker.work_off()
        except Killed:
            self._begin_anew()
        if self.met > met:
            self._let_time_pass()
            self.bench.worker.work_off()
        self.is_working = False

    def _begin_anew(self) -> None:
        self.dead = False
        self.bench.client.close()
        self._start()

    def _let_time_pass(self) -> None:
        """Wait until the claims of a dead process have ended and what was put off is due."""
        with self.bench.engine.begin() as connection:
            connection.execute(sa.delete(claims))
            connection.execute(sa.update(inbox).values(not_before=""))

    def _commit(self, take: Callable[[], None]) -> None:
        if self.fault == "killed" and self._is_struck():
            raise Killed
        take()

    def _request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return self._answer.handle_request(request)
        if request.method == "DELETE" and "/annotations/" in request.url.path:
            self._look_that_it_is_stored(int(request.url.path.strip("/").split("/")[-1]))
        struck = self._is_struck()
        if struck and self.fault == "killed":
            raise Killed
        answer = self._answer.handle_request(request)
        if struck:
            raise httpx.ReadTimeout("the answer is lost")
        return answer

    def _is_struck(self) -> bool:
        """Whether the fault is met here; who is dead stays so."""
        if not self.is_working or self.dead:
            return self.dead
        self.points += 1
        if self.points != self.at:
            return False
        self.met += 1
        self.dead = self.fault == "killed"
        return True

    def _look_that_it_is_stored(self, annotation: int) -> None:
        """What is about to be removed is stored with all that Label Studio holds of it, and prefilled."""
        held = self.bench.fake.tables.annotations[annotation]
        self.deletions.append(annotation)
        key = TaskKey(SERVER, self.bench.project, held["task"])
        (known,) = (item for item in known_of_task(self.bench.engine, key).values() if item.annotation == annotation)
        assert (known.unique_id, known.annotator) == (held["unique_id"], held["completed_by"])
        wanted = (annotation, known.created_at, known.version)
        with self.bench.engine.connect().execution_options(only_reads=True) as connection:
            kept = contents_of(connection, SERVER, self.bench.project, [wanted])[wanted]
        assert msgspec.json.decode(kept.json)["result"] == held["result"]
        prefilled = [row["result"] for row in self.bench.fake.tables.predictions.values() if row["task"] == key.task]
        assert prefilled == [held["result"]]


def requeue(mortal: Mortal) -> None:
    """Returned work goes back to the queue and is handed in again."""
    bench, fake = mortal.bench, mortal.bench.fake
    first, second = (bench.task() for _ in range(2))
    fake.submit(first, SMALL, user=2)
    mortal.work()
    fake.submit(second, GOOD, user=2)
    mortal.work()
    assert not any(row["task"] == first for row in fake.tables.annotations.values())
    (prediction,) = fake.tables.predictions
    fake.submit(first, SMALL, user=2, parent_prediction=prediction)
    mortal.work()
    assert len(mortal.deletions) >= 1


def escalate(mortal: Mortal) -> None:
    """Another reader is asked for, and reads."""
    bench = mortal.bench
    task = bench.task()
    bench.fake.submit(task, LARGE, user=1)
    mortal.work()
    assert bench.fake.next_task(bench.project, 2) == task
    bench.fake.submit(task, GOOD, user=2)
    mortal.work()
    assert [row["state"] for row in bench.rows(escalations)] == ["read"]


def change_and_withdraw(mortal: Mortal) -> None:
    """An annotation is corrected, another deleted, a third skipped, and a task deleted."""
    bench, fake = mortal.bench, mortal.bench.fake
    first, second = (bench.task() for _ in range(2))
    corrected = fake.submit(first, GOOD, user=3)["id"]
    deleted = fake.submit(first, SMALL, user=1)["id"]
    fake.submit(second, GOOD)
    mortal.work()
    fake.update(corrected, result=LARGE)
    fake.delete(deleted)
    fake.submit(first, GOOD, user=2, was_cancelled=True)
    fake.delete_task(second)
    mortal.work()


def check(mortal: Mortal) -> None:
    """Everything is whole."""
    bench, fake = mortal.bench, mortal.bench.fake
    standing = {
        number: "skipped" if row["was_cancelled"] else DECISIONS[str(row["result"])]
        for number, row in fake.tables.annotations.items()
    }
    states = {row["annotation"]: row["state"] for row in bench.rows(annotation_rows) if row["state"] != "withdrawn"}
    assert bench.decisions() == standing | {number: "returned" for number in states if states[number] == "requeued"}
    assert set(standing) == {number for number, state in states.items() if state == "standing"}
    for task, found in fake.tables.tasks.items():
        mine = [standing[number] for number, row in fake.tables.annotations.items() if row["task"] == task]
        requeued = any(row["state"] == "requeued" and row["task"] == task for row in bench.rows(annotation_rows))
        taken_out = ["returned"] if requeued else []
        assert found["data"].get("gl_status", "") == status_told(mine, found["overlap"], taken_out)
        assert {key: found["data"].get(key) for key in DATA} == DATA
    for table in (verdicts, contents):
        versions = Counter((row["annotation"], row["created_at"], row["version"]) for row in bench.rows(table))
        assert set(versions.values()) <= {1}
    assert set(fake.tables.predictions) <= {row["prediction"] for row in bench.rows(predictions)}
    assert max(Counter(row["task"] for row in fake.tables.predictions.values()).values(), default=0) <= 1
    assert {row["state"] for row in bench.rows(inbox) if row["action"] != "REVISIT"} == {"done"}


SCENARIOS: dict[str, tuple[Callable[[Mortal], None], dict[str, Any]]] = {
    "requeue": (requeue, {"mode": "requeue", "requeue_after_minutes": 30.0}),
    "escalate": (escalate, {}),
    "change and withdraw": (change_and_withdraw, {}),
}


@pytest.mark.parametrize("fault", get_args(Fault))
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_whoever_carries_on_after_a_fault_at_any_point_finds_everything_whole(
    tmp_path: Path, scenario: str, fault: Fault
) -> None:
    play, rules = SCENARIOS[scenario]
    guideline = plan(**rules)
    _let_go(make_bench(tmp_path, guideline))
    points = _play(play, Mortal(_copied(tmp_path, guideline, 0), fault, None)).points
    assert points >= (10 if fault == "killed" else 2)
    for at in range(1, points + 1):
        assert _play(play, Mortal(_copied(tmp_path, guideline, at), fault, at)).met == 1


def _play(play: Callable[[Mortal], None], mortal: Mortal) -> Mortal:
    play(mortal)
    check(mortal)
    _let_go(mortal.bench)
    return mortal


def _copied(folder: Path, guideline: Plan, number: int) -> Bench:
    """A bench with a copy of the empty store: migrating one takes longer than a whole scenario."""
    place = folder / f"{number}.db"
    shutil.copy(folder / "store.db", place)
    return make_bench(folder, guideline, place=str(place))


def _let_go(bench: Bench) -> None:
    bench.client.close()
    bench.engine.dispose()
