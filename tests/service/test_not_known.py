"""Hints of projects that the store does not know: held with the reason, told once, let go by the push."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tests.service.bench import GOOD, SERVER, SMALL, Bench, plan

from guidelint.service.store.base.tables import inbox, projects
from guidelint.service.store.hints import held
from guidelint.service.store.hints.inbox import unfinished
from guidelint.service.store.hints.inbox_rows import WHOLE_PROJECT
from guidelint.service.store.projects import record_push
from guidelint.service.worker.sweep.every_project import Sweep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.labelstudio.fake.fake import Json


@pytest.fixture
def strange(bench: Bench) -> Bench:
    """A service whose store was lost: it knows no project any more."""
    with bench.engine.begin() as connection:
        connection.execute(sa.delete(projects))
    return bench


def submit(bench: Bench, results: Sequence[list[Json]]) -> None:
    """Hand in some work, a task each."""
    for result in results:
        bench.fake.submit(bench.task(), result)


def hints(bench: Bench) -> list[Json]:
    """Every hint at a task, in order."""
    return [row for row in bench.rows(inbox) if row["task"] is not None]


def states(bench: Bench) -> list[str]:
    """State of every hint at a task."""
    return [row["state"] for row in hints(bench)]


def test_nothing_handed_in_is_dropped_and_the_push_lets_it_go(strange: Bench) -> None:
    submit(strange, [SMALL, GOOD])
    strange.worker.work_off()
    assert states(strange) == ["held", "held"]
    assert unfinished(strange.engine) == 3
    assert [(item.server, item.project, item.count) for item in held.held(strange.engine)] == [
        (SERVER, strange.project, 3)
    ]
    place = strange.engine.url.database
    remedy = f"guidelint push GUIDELINE {SERVER} --project {strange.project} --store {place}"
    assert all(row["reason"].endswith(remedy) for row in hints(strange))

    record_push(strange.engine, SERVER, strange.project, plan(), "2020-01-01T00:00:00.000000Z")
    strange.worker.work_off()
    assert states(strange) == ["done", "done"]
    assert strange.decisions() == {1: "returned", 2: "accepted"}
    assert held.held(strange.engine) == []


def test_it_is_said_once_for_each_project_and_again_when_it_is_forgotten_again(
    strange: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "guidelint"):
        submit(strange, [SMALL, GOOD, SMALL])
        strange.worker.work_off()
        assert [record.getMessage() for record in caplog.records] == ["hints are held"]
        record_push(strange.engine, SERVER, strange.project, plan())
        strange.worker.work_off()
        with strange.engine.begin() as connection:
            connection.execute(sa.delete(projects))
        submit(strange, [SMALL])
        strange.worker.work_off()
    assert [record.getMessage() for record in caplog.records] == ["hints are held"] * 2


def test_hints_of_a_server_without_a_token_are_held_until_it_has_one(bench: Bench) -> None:
    clients = dict(bench.worker.work.clients)
    bench.worker.work.clients.clear()  # type: ignore[attr-defined]
    submit(bench, [SMALL])
    bench.worker.work_off()
    assert states(bench) == ["held"]
    assert "no token for http://label-studio.test" in hints(bench)[0]["reason"]
    bench.worker.work_off()
    assert states(bench) == ["held"]
    bench.worker.work.clients.update(clients)  # type: ignore[attr-defined]
    bench.worker.work_off()
    assert bench.decisions() == {1: "returned"}


def test_so_many_are_held_and_the_rest_is_left_to_the_sweep_after_the_push(
    strange: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "MOST_HELD", 4)
    submit(strange, [SMALL] * 5)
    strange.worker.work_off()
    assert states(strange) == ["held"] * 3 + ["done"] * 2 + ["held"]
    assert [row["action"] for row in hints(strange) if row["task"] == WHOLE_PROJECT] == ["SWEEP_ALL"]
    record_push(strange.engine, SERVER, strange.project, plan(), "2020-01-01T00:00:00.000000Z")
    Sweep(strange.engine, {SERVER: strange.client}).asked_for()
    strange.worker.work_off()
    assert set(states(strange)) == {"done"}
    assert strange.decisions() == dict.fromkeys(range(1, 6), "returned")


def test_one_hint_without_a_task_is_kept_as_the_sign_of_an_unknown_project(strange: Bench) -> None:
    for _ in range(3):
        strange.fake.add_tasks(strange.project, [{"image": "/1.png"}])
    strange.worker.work_off()
    assert [row["state"] for row in strange.rows(inbox)] == ["held", "done", "done"]
    assert "never pushed with this store" in strange.rows(inbox)[0]["reason"]
    record_push(strange.engine, SERVER, strange.project, plan())
    strange.worker.work_off()
    assert {row["state"] for row in strange.rows(inbox)} == {"done"}
