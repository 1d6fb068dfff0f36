"""Where the store lies, and that one of an earlier version is never passed over."""

from __future__ import annotations

import errno
import logging
import os
import sqlite3
from pathlib import Path

import pytest

from guidelint.service.settings import SettingsError, default_store
from guidelint.service.store.base import database, sqlite_file
from guidelint.service.store.base.database import store_url
from guidelint.service.store.base.faults import StoreFault
from guidelint.service.store.base.migrate import migrate


@pytest.mark.parametrize(
    ("environment", "place"),
    [
        ({"XDG_DATA_HOME": "/data"}, Path("/data/guidelint/guidelint.db")),
        ({"XDG_DATA_HOME": "relative"}, Path.home() / ".local/share/guidelint/guidelint.db"),
        ({"XDG_DATA_HOME": ""}, Path.home() / ".local/share/guidelint/guidelint.db"),
        ({}, Path.home() / ".local/share/guidelint/guidelint.db"),
    ],
)
def test_the_usual_place_is_the_same_in_every_folder(environment: dict[str, str], place: Path) -> None:
    assert Path(default_store(environment)) == place


@pytest.fixture
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The usual place, and a folder in which somebody works."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    place = tmp_path / "share" / "guidelint" / "guidelint.db"
    for module in (database, sqlite_file):
        monkeypatch.setattr(module, "DEFAULT_STORE", str(place))
    return place


def test_the_folder_of_the_usual_place_is_made_for_its_owner_alone(usual: Path) -> None:
    migrate(store_url(str(usual)))
    assert usual.parent.stat().st_mode & 0o777 == 0o700


def earlier() -> Path:
    """A store of an earlier version in the folder where one works."""
    connection = sqlite3.connect("guidelint.db")
    connection.execute("CREATE TABLE inbox (seq INTEGER)")
    connection.commit()
    connection.close()
    return Path("guidelint.db").resolve()


def test_an_earlier_store_is_named_with_the_way_to_move_it(usual: Path) -> None:
    here = earlier()
    with pytest.raises(SettingsError) as told:
        store_url(str(usual))
    assert f"{here} is a store of an earlier version. The store now lies at {usual}" in str(told.value)
    assert f"mkdir -p {usual.parent} && mv {here}* {usual.parent}/" in str(told.value)
    assert store_url("guidelint.db") == f"sqlite:///{here}"


def test_an_earlier_store_beside_a_new_one_is_still_pointed_at(usual: Path, caplog: pytest.LogCaptureFixture) -> None:
    migrate(store_url(str(usual)))
    here = earlier()
    with caplog.at_level(logging.WARNING, "guidelint"):
        assert store_url(str(usual)) == f"sqlite:///{usual}"
    (record,) = caplog.records
    assert record.getMessage().startswith(f"{here} is a store of an earlier version and is not used: {usual} is.")
    assert "name it with --store; otherwise move it away" in record.getMessage()


def test_what_only_has_its_name_is_none(usual: Path) -> None:
    Path("guidelint.db").write_text("notes")
    assert store_url(str(usual)) == f"sqlite:///{usual}"


def installed(_module: str) -> object:
    """Find any module."""
    return object()


@pytest.mark.parametrize(
    "place",
    [
        "",
        ":memory:",
        "sqlite://",
        "sqlite:///store.db?mode=ro",
        "store.db?mode=ro",
        "file:store.db?mode=ro",
        "sqlite+aiosqlite:///store.db",
        "mysql://user:geheim@host/store",
        "postgresql:/user:geheim@host/store",
        "postgresql://user:geheim@host:port/store",
        "postgresql://user:pass@geheim@host/store",
        "postgresql://user@host/store?password=geheim",
        "~nobody-of-that-name/store.db",
        "x" * 5000,
        "store\0.db",
    ],
)
def test_what_names_no_store_is_refused_and_no_password_quoted(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(database, "find_spec", installed)
    with pytest.raises(SettingsError) as told:
        store_url(place)
    assert "geheim" not in str(told.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", ["postgres", "PostgreSQL", "postgresql", "postgresql+psycopg"])
def test_a_url_of_postgresql_may_be_spelled_in_several_ways(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "find_spec", installed)
    assert store_url(f"{kind}://user:p%40ss@host:5433/store") == "postgresql+psycopg://user:p%40ss@host:5433/store"
    assert store_url(f"{kind}:///store?host=/run/postgresql").startswith("postgresql+psycopg:///store?host=")


def test_an_sqlite_url_names_the_same_file_as_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert store_url("sqlite:///store.db") == store_url("store.db") == f"sqlite:///{tmp_path / 'store.db'}"
    assert store_url(store_url("store.db")) == store_url("store.db")


def test_a_store_that_cannot_be_made_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(*_: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "open", read_only)
    with pytest.raises(StoreFault, match="cannot be opened by this user"):
        migrate(store_url(str(tmp_path / "store.db")))
