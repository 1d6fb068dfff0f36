"""Where the store lies, and that one of an earlier version is never passed over."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import pytest

from guidelint.service.settings import SettingsError, default_store
from guidelint.service.store import database, sqlite_file
from guidelint.service.store.database import migrate, store_url


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
