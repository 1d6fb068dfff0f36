"""The doctor on the store: what is fine, what is broken, and what to do about it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from tests.service.bench import SERVER, SMALL, Bench, plan

from guidelint.labelstudio.config.marker import marker
from guidelint.labelstudio.connection.administration import ProjectState
from guidelint.service import store_doctor as examined
from guidelint.service.clock import after
from guidelint.service.store.base.database import store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.projects import record_push
from guidelint.service.store_doctor import space_link, store_doctor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from guidelint.labelstudio.doctor.link import Link
    from guidelint.validation.judging.plan import Plan


def links(place: Path | str) -> dict[str, Link]:
    """Links of a store by name."""
    doctor = store_doctor(store_url(str(place)))
    try:
        return {link.name: link for link in doctor.links()}
    finally:
        doctor.engine.dispose()


def of_project(place: str, guideline: Plan, project: int = 1) -> Link:
    """Link of a project whose config is of some guideline."""
    state = ProjectState(project, "Title", f'<View idAttr="{marker(guideline)}"/>', 1, {})
    doctor = store_doctor(store_url(place))
    try:
        (link,) = doctor.project_links(SERVER, state)
    finally:
        doctor.engine.dispose()
    return link


def test_a_whole_store_is_fine_on_either_database(place: str) -> None:
    migrate(store_url(place))
    found = links(place)
    assert {link.state for link in found.values()} == {"fine"}, found
    assert "schema" in found["store"].said
    assert found["store, writing"].said == "can be written"


def test_examining_changes_nothing(bench: Bench) -> None:
    from guidelint.service.store.base.tables import claims  # noqa: PLC0415

    links(str(bench.engine.url.database))
    assert bench.rows(claims) == []


def test_it_tells_whether_the_store_knows_what_a_project_follows(bench: Bench) -> None:
    place = str(bench.engine.url.database)
    assert of_project(place, plan()).state == "fine"
    other = of_project(place, plan("2.0.0"))
    assert (other.state, "was told of lesions 1.0.0 last" in other.said) == ("broken", True)
    assert f"guidelint push lesions {SERVER}" in other.remedy
    strange = of_project(place, plan(), project=7)
    assert (strange.state, "does not know project 7" in strange.said) == ("broken", True)
    assert strange.remedy.startswith("If another store knows it, name that one")
    record_push(bench.engine, SERVER, 7, plan())
    assert of_project(place, plan(), project=7).state == "fine"


def test_hints_that_are_held_are_told(bench: Bench) -> None:
    number = bench.fake.add_project()
    bench.fake.add_webhook(number, f"{SERVER}/hooks/x", {})
    bench.fake.submit(bench.fake.add_tasks(number, [{"image": "/1.png"}])[0], SMALL)
    bench.worker.work_off()
    found = links(str(bench.engine.url.database))["store, held"]
    assert found.state == "broken"
    assert found.said.startswith(f"project {number} of {SERVER} is not known: 2 of its hints have been held since")


def foreign(path: Path) -> None:
    """A database of another program."""
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()


def older(path: Path) -> None:
    """A store of an older guidelint."""
    migrate(store_url(str(path)))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()


def empty(path: Path) -> None:
    """A file in which nothing is."""
    path.touch(mode=0o600)


def absent(path: Path) -> None:
    """Nothing at all."""
    assert not path.exists()


@pytest.mark.parametrize(
    ("make", "said", "remedy"),
    [
        pytest.param(foreign, "belongs to another program", "Name another file", id="foreign"),
        pytest.param(older, "was made by an older guidelint", "guidelint serve", id="older"),
        pytest.param(empty, "holds nothing of guidelint's", "Restore a backup", id="empty"),
        pytest.param(absent, "is not there", "guidelint push", id="absent"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_remedy(
    tmp_path: Path, make: Callable[[Path], None], said: str, remedy: str
) -> None:
    make(tmp_path / "store.db")
    (link,) = links(tmp_path / "store.db").values()
    assert link.state == "broken"
    assert said in link.said
    assert remedy in link.remedy


def test_a_locked_store_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examined, "PATIENCE_S", 0.0)
    migrate(store_url(str(tmp_path / "store.db")))
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    found = list(links(tmp_path / "store.db").values())
    other.close()
    assert "is locked" in found[-1].said


@pytest.mark.parametrize("usual", ["store.db", "never/made/store.db"])
def test_nothing_at_the_usual_place_is_no_fault_of_a_service_elsewhere(
    usual: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examined, "DEFAULT_STORE", str(tmp_path / usual))
    (link,) = links(tmp_path / usual).values()
    assert (link.state, "--store" in link.remedy) == ("unclear", True)


def test_rights_of_others_are_told_and_how_to_take_them(tmp_path: Path) -> None:
    place = tmp_path / "store.db"
    migrate(store_url(str(place)))
    place.chmod(0o644)
    found = links(place)["store, rights"]
    assert found.state == "broken"
    assert found.remedy.startswith(f"Take the right from them: chmod 600 {place}")


@pytest.mark.parametrize(("free_bytes", "state"), [(5 * 1024**3, "fine"), (512 * 1024**2, "unclear"), (1024, "broken")])
def test_room_on_the_disk_is_told(free_bytes: int, state: str) -> None:
    assert space_link(free_bytes).state == state


def test_a_version_that_a_clock_ahead_has_put_off_is_told(bench: Bench, tmp_path: Path) -> None:
    newer = plan("1.1.0")
    record_push(bench.engine, SERVER, bench.project, newer, after(3600.0))
    state = ProjectState(bench.project, "Lesions", f'<View idAttr="{marker(newer)}"/>', 1, {})
    doctor = store_doctor(store_url(str(tmp_path / "store.db")))
    try:
        (link,) = doctor.project_links(SERVER, state)
    finally:
        doctor.engine.dispose()
    assert (link.state, "is in force only from" in link.said) == ("broken", True)
