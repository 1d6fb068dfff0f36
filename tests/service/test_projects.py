"""Which version of a guideline is in force: the store's order decides, on the clock of Label Studio."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from tests.service.bench import SERVER, Bench, plan

from guidelint.service.clock import after, now
from guidelint.service.store.base.database import file_of, open_store, read_only, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.base.schema import MIGRATIONS
from guidelint.service.store.base.sqlite_file import make_file
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints.inbox import next_tasks
from guidelint.service.store.hints.inbox_rows import INTERACTIVE
from guidelint.service.store.projects import Plans, history, record_push

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.judging.plan import Plan

FIRST, SECOND, THIRD = plan("1.0.0"), plan("1.1.0"), plan("1.2.0")


def pushed(bench: Bench, guideline: Plan, valid_from: str) -> bool:
    """Record a push to the project of a bench."""
    return record_push(bench.engine, SERVER, bench.project, guideline, valid_from)


def version_at(bench: Bench, moment: str) -> str:
    """Version in force at a moment."""
    found = Plans(bench.engine).in_force(SERVER, bench.project, moment)
    assert found is not None
    return found.guideline.version


@pytest.mark.parametrize("ahead_s", [3600.0, -3600.0, 0.0], ids=["an hour ahead", "an hour behind", "right"])
def test_the_version_pushed_last_is_the_newest_whatever_the_clock_said(bench: Bench, ahead_s: float) -> None:
    assert pushed(bench, SECOND, after(ahead_s))
    newest = Plans(bench.engine).newest(SERVER, bench.project)
    assert newest is not None
    assert newest.guideline.version == "1.1.0"


def test_a_later_push_wins_from_its_moment_on_over_one_from_a_clock_that_is_ahead(bench: Bench) -> None:
    pushed(bench, SECOND, "2026-01-01T11:00:00.000000Z")
    pushed(bench, THIRD, "2026-01-01T10:30:00.000000Z")
    assert version_at(bench, "2026-01-01T10:00:00.000000Z") == "1.0.0"
    for later in ("2026-01-01T10:30:00.000000Z", "2026-01-01T11:00:00.000000Z", "2026-01-01T12:00:00.000000Z"):
        assert version_at(bench, later) == "1.2.0"


def test_pushes_within_one_tick_of_the_clock_are_kept_apart(bench: Bench) -> None:
    tick = "2026-01-01T10:00:00.000000Z"
    for guideline in (SECOND, THIRD, SECOND):
        assert pushed(bench, guideline, tick)
    assert version_at(bench, tick) == "1.1.0"
    assert [item.version for item in history(bench.engine, SERVER, bench.project)] == [
        "1.1.0",
        "1.2.0",
        "1.1.0",
        "1.0.0",
    ]


def test_before_the_first_push_the_first_is_in_force(bench: Bench) -> None:
    pushed(bench, SECOND, now())
    assert version_at(bench, "2001-01-01T00:00:00.000000Z") == "1.0.0"


def test_what_was_pushed_before_is_no_news_and_its_config_is_kept(bench: Bench) -> None:
    assert not record_push(bench.engine, SERVER, bench.project, FIRST, config_digest="a" * 64)
    assert [item.config_digest for item in history(bench.engine, SERVER, bench.project)] == ["a" * 64]


def test_other_words_with_the_same_meaning_are_news_and_are_what_people_then_read(bench: Bench) -> None:
    (check, *rest) = FIRST.checks
    reworded = replace(FIRST, checks=(replace(check, note="Draw it larger."), *rest), text_digest="b" * 64).sealed()
    assert reworded.digest == FIRST.digest
    assert pushed(bench, reworded, "2026-01-01T10:00:00.000000Z")
    assert not pushed(bench, reworded, "2026-01-01T10:00:00.000000Z")
    plans = Plans(bench.engine)
    for moment, followed in (("2021-01-01T00:00:00.000000Z", FIRST), ("2026-01-01T11:00:00.000000Z", reworded)):
        assert plans.in_force(SERVER, bench.project, moment) == followed


OLD = """
INSERT INTO projects (server, project, valid_from, guideline, version, plan_digest, plan)
VALUES (:server, 1, :valid_from, 'lesions', :version, :plan_digest, :plan)
"""


OLD_HINT = """
INSERT INTO inbox (server, project, action, task, digest, received_at, state, starts, waits, not_before, reason)
VALUES (:server, 1, 'ANNOTATION_CREATED', 3, '', '2026-01-01T09:30:00.000000Z', 'pending', 0, 0, '', '')
"""
OLD_SWEEP = """
INSERT INTO sweeps (server, project, swept_to, full_at, problem)
VALUES (:server, 1, '2026-01-01T09:00:00.000000Z', '2026-01-01T09:00:00.000000Z', '')
"""


@pytest.fixture
def store_of_0001(place: str) -> Iterator[sa.Engine]:
    """A store as 0.1.0 left it: 1.1.0 was pushed from a clock an hour ahead, then 1.2.0 from one that was right."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = store_url(place)
    if file := file_of(store_url(place)):
        make_file(file)
    command.upgrade(config, "0001")
    engine = open_store(store_url(place))
    with engine.begin() as connection:
        for guideline, moment in ((FIRST, "09:00"), (SECOND, "11:00"), (THIRD, "10:30")):
            row = {"server": SERVER, "valid_from": f"2026-01-01T{moment}:00.000000Z", "plan": guideline.to_json()}
            row |= {"version": guideline.guideline.version, "plan_digest": guideline.digest}
            connection.execute(sa.text(OLD), row)
        for statement in (OLD_HINT, OLD_SWEEP):
            connection.execute(sa.text(statement), {"server": SERVER})
    yield engine
    engine.dispose()


def test_an_old_store_keeps_its_pushes_in_the_order_in_which_they_were_stored(store_of_0001: sa.Engine) -> None:
    migrate(store_of_0001.url.render_as_string(hide_password=False))
    found = history(store_of_0001, SERVER, 1)
    assert [(item.position, item.version, item.config_digest) for item in found] == [
        (3, "1.2.0", ""),
        (2, "1.1.0", ""),
        (1, "1.0.0", ""),
    ]
    newest = Plans(store_of_0001).newest(SERVER, 1)
    assert newest is not None
    assert newest.digest == THIRD.digest
    assert record_push(store_of_0001, SERVER, 1, FIRST)
    with read_only(store_of_0001) as connection:
        assert connection.execute(sa.text("SELECT max(position) FROM projects")).scalar() == 4


def test_hints_and_sweeps_of_an_old_store_are_kept(store_of_0001: sa.Engine) -> None:
    migrate(store_of_0001.url.render_as_string(hide_password=False))
    (key,) = next_tasks(store_of_0001, 10, INTERACTIVE)
    assert key == TaskKey(SERVER, 1, 3)
    with read_only(store_of_0001) as connection:
        (row,) = connection.execute(sa.text("SELECT swept_to, swept_at, missing_since FROM sweeps")).all()
    assert tuple(row) == ("2026-01-01T09:00:00.000000Z", "", "")


def test_pushing_again_puts_in_force_what_a_clock_ahead_had_put_off(bench: Bench) -> None:
    assert pushed(bench, SECOND, "2126-01-01T00:00:00.000000Z")
    assert version_at(bench, after(0.0)) == "1.0.0"
    assert not pushed(bench, SECOND, "2026-01-01T10:00:00.000000Z")
    assert version_at(bench, "2026-01-01T09:59:59.000000Z") == "1.0.0"
    assert version_at(bench, "2026-01-01T10:00:00.000000Z") == "1.1.0"
    assert not pushed(bench, SECOND, "2026-01-01T11:00:00.000000Z")
    assert version_at(bench, "2026-01-01T10:00:00.000000Z") == "1.1.0"


def test_an_older_version_that_is_pushed_again_is_in_force(bench: Bench) -> None:
    for hour, guideline in enumerate((SECOND, FIRST, SECOND, FIRST), 10):
        assert pushed(bench, guideline, f"2026-01-01T{hour}:00:00.000000Z")
    assert [version_at(bench, f"2026-01-01T{hour}:30:00.000000Z") for hour in range(9, 14)] == [
        *("1.0.0", "1.1.0", "1.0.0", "1.1.0", "1.0.0")
    ]
