"""Fixtures of the service's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tests.service.bench import Bench, make_bench
from tests.service.postgresql import database
from tests.service.processes import PATIENCE_S

from guidelint.service.log import logger
from guidelint.service.store.base.database import open_store, store_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def log_as_it_was() -> Iterator[None]:
    """A command that is run in this process sends its lines to a stream that is closed afterwards."""
    handlers, level, propagates = list(logger.handlers), logger.level, logger.propagate
    yield
    logger.handlers[:], logger.propagate = handlers, propagates
    logger.setLevel(level)


@pytest.fixture(autouse=True)
def stored_however_long_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a busy machine take longer than Label Studio would wait."""
    monkeypatch.setattr("guidelint.service.receiver.group_commit.STORED_WITHIN_S", PATIENCE_S)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A service with one project and an empty store."""
    made = make_bench(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """URL of a PostgreSQL database."""
    with database() as url:
        yield url


def empty(url: str) -> None:
    """Take everything out of a database."""
    engine = open_store(store_url(url))
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store may be made, once on each kind of database."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    url: str = request.getfixturevalue("postgresql")
    empty(url)
    return url
