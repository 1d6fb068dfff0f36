"""A store and a project that the engine 0.1.0 wrote: read as they were meant, and gone on with."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.service.bench import DATA, SERVER

from guidelint.labelstudio.config.marker import read_marker
from guidelint.labelstudio.decoding.decoder import decode
from guidelint.service.store.base.database import open_store, read_only, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.known import known_of_tasks, versions_of
from guidelint.service.store.projects import Plans, history
from guidelint.service.worker.sweep.drift import drift
from guidelint.validation.judging.judge import judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa

    from guidelint.validation.judging.verdict import Verdict

FOLDER = Path(__file__).parent.parent / "data/engine-0.1.0"
CONFIG = (FOLDER / "label_config.xml").read_text(encoding="utf-8")
PROJECT = 1
DECISIONS = {1: "returned", 2: "accepted", 3: "escalated", 4: "accepted", 5: "returned"}
"""Annotation → what 0.1.0 decided."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sa.Engine]:
    """The store of 0.1.0, brought to the present schema."""
    file = tmp_path / "store.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((FOLDER / "store.sql").read_text(encoding="utf-8"))
    url = store_url(str(file))
    assert migrate(url) is False
    engine = open_store(url)
    yield engine
    engine.dispose()


def stored_verdicts(engine: sa.Engine) -> dict[int, Verdict]:
    """Annotation → its verdict."""
    with read_only(engine) as connection:
        known = known_of_tasks(connection, SERVER, PROJECT, range(1, 6))
    return {item.identity[0]: item.verdict for of_task in known.values() for item in of_task.values() if item.verdict}


def test_its_verdicts_are_readable(store: sa.Engine) -> None:
    verdicts = stored_verdicts(store)
    assert {annotation: verdict.decision for annotation, verdict in verdicts.items()} == DECISIONS
    (finding,) = verdicts[1].to_change
    assert (finding.rule, finding.asked_at, finding.do) == ("area-limits", "Lesion, boundary", "Mark it wide enough.")
    assert finding.message == "the area of 40.0 mm² is below 100.0 mm²"
    assert all((verdict.engine, verdict.text_digest) == ("0.1.0", "") for verdict in verdicts.values())


def test_its_project_follows_the_plan_that_it_followed(store: sa.Engine) -> None:
    plan = Plans(store).newest(SERVER, PROJECT)
    (followed,) = history(store, SERVER, PROJECT)
    assert plan is not None
    assert plan.digest == followed.plan_digest
    assert {verdict.plan_digest for verdict in stored_verdicts(store).values()} == {plan.digest}


def test_the_config_of_its_project_is_in_step(store: sa.Engine) -> None:
    (followed,) = history(store, SERVER, PROJECT)
    assert read_marker(CONFIG) == followed.marker
    assert drift(CONFIG, followed) == ""


def test_what_it_judged_is_judged_alike(store: sa.Engine) -> None:
    plan = Plans(store).newest(SERVER, PROJECT)
    assert plan is not None
    with read_only(store) as connection:
        known = known_of_tasks(connection, SERVER, PROJECT, range(1, 6))
        kept = {
            identity: versions_of(connection, SERVER, PROJECT, identity)[-1]
            for of_task in known.values()
            for identity in of_task
        }
    again = {annotation: decode(one.json, DATA, plan.vocabulary, "1") for (annotation, _), one in kept.items()}
    assert {annotation: judge(plan, submission).decision for annotation, submission in again.items()} == DECISIONS
