"""A store of an older version is brought to this one: what was done stays done, what waits is dealt with."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from tests.service.test_copy_store import busy_bench, everything, gone_on

from guidelint.service.store.base.database import file_of, open_store, read_only, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.base.schema import MIGRATIONS
from guidelint.service.store.base.sqlite_file import make_file
from guidelint.service.store.base.tables import metadata, verdicts

if TYPE_CHECKING:
    from pathlib import Path


def made_by(revision: str, url: str) -> None:
    """Make an empty store with the schema of an older version."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    if file := file_of(url):
        make_file(file)
    command.upgrade(config, revision)


def fill(old: sa.Engine, new: sa.Engine) -> None:
    """Put into an older store what that version would have written: all that it has columns for."""
    tables = sa.MetaData()
    tables.reflect(old)
    with read_only(new) as read, old.begin() as write:
        for table in tables.sorted_tables:
            if table.name == "alembic_version":
                continue
            held = read.execute(sa.select(metadata.tables[table.name])).mappings()
            rows = [{column.name: row[column.name] for column in table.columns} for row in held]
            if rows:
                write.execute(sa.insert(table), rows)


def test_a_store_of_0_1_0_goes_on(tmp_path: Path, place: str) -> None:
    bench = busy_bench(tmp_path, str(tmp_path / "new.db"))
    url = store_url(place if "://" in place else str(tmp_path / "old.db"))
    made_by("0001", url)
    engine = open_store(url)
    fill(engine, bench.engine)
    with engine.connect() as connection:
        assert "position" not in {column["name"] for column in sa.inspect(connection).get_columns("projects")}

    assert migrate(url) is False
    with closing(bench.client):
        assert everything(engine)[verdicts.name] == everything(bench.engine)[verdicts.name]
        bench.engine.dispose()
        writes = bench.writes()
        assert gone_on(bench, engine).work_off() == 1
        assert bench.writes() == writes + 1
        assert [bench.data(task)["gl_status"] for task in range(1, 6)] == [
            *("returned", "accepted", "returned", "being read", "accepted")
        ]
    engine.dispose()
