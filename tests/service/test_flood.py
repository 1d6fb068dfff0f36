"""Whoever knows the secret can name any number of projects and tasks: what that may cost, and what is told of it."""

from __future__ import annotations

import logging

import pytest
from tests.service.bench import SERVER, Bench, plan

from guidelint.labelstudio.connection.webhook_event import BadEvent, decode_event
from guidelint.service.log import JsonLines, note
from guidelint.service.store.base.tables import inbox as inbox_rows
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import inbox, waiting
from guidelint.service.store.hints.held import MOST_PROJECTS, anything_known, held, hold
from guidelint.service.store.hints.inbox import hint_row
from guidelint.service.store.hints.job import Job
from guidelint.service.store.hints.open_hints import Choice, forget
from guidelint.service.store.projects import record_push


def test_of_unknown_projects_without_end_only_some_are_told_of(bench: Bench) -> None:
    with bench.engine.begin() as connection:
        for project in range(2, 2 + 3 * MOST_PROJECTS):
            row = hint_row(TaskKey(SERVER, project, 1), "ANNOTATION_CREATED")
            inbox.put(connection, [{**row, "state": inbox.HELD}])
    assert [item.project for item in held(bench.engine)] == list(range(2, 2 + MOST_PROJECTS))
    assert not anything_known(bench.engine, [SERVER])
    record_push(bench.engine, SERVER, 2, plan())
    assert not any(item.project == 2 for item in held(bench.engine))


def test_of_rows_that_wait_without_end_only_the_first_are_told_of(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST_ROWS", 3)
    rows = [hint_row(TaskKey(SERVER, bench.project, task), "ANNOTATION_CREATED") for task in range(1, 6)]
    with bench.engine.begin() as connection:
        seqs = inbox.put(connection, rows)
    assert waiting.interactive_rows(bench.engine) == frozenset(seqs[:3])


def test_what_others_send_makes_no_line_of_the_log_long(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(BadEvent) as told:
        decode_event(b'{"action":"' + b"A" * 1_000_000 + b'"}')
    assert len(str(told.value)) < 400
    with caplog.at_level(logging.INFO, "guidelint"):
        note("a fact", reason="x" * 1_000_000)
    (record,) = caplog.records
    assert len(JsonLines().format(record)) < 2_200


def test_a_hint_that_was_forgotten_while_it_was_at_work_is_not_held(bench: Bench) -> None:
    key = TaskKey(SERVER, 99, 1)
    with bench.engine.begin() as connection:
        seqs = inbox.put(connection, [hint_row(key, "ANNOTATION_CREATED")])
    assert forget(bench.engine, Choice(project=99)) == 1
    with bench.engine.begin() as connection:
        hold(connection, Job(key, tuple(seqs), 0, 0), "its project is not known")
    assert [row["state"] for row in bench.rows(inbox_rows)] == ["forgotten"]


def test_what_we_put_off_ourselves_is_left_over_only_when_it_failed(bench: Bench) -> None:
    row = hint_row(TaskKey(SERVER, bench.project, 1), inbox.REVISIT, "2126-01-01T00:00:00.000000Z")
    with bench.engine.begin() as connection:
        inbox.put(connection, [row])
    assert inbox.unfinished(bench.engine) == 0
    with bench.engine.begin() as connection:
        inbox.put(connection, [{**row, "waits": 1}])
    assert inbox.unfinished(bench.engine) == 1
