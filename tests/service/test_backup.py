"""Back up while work goes on, lose the store, restore, sweep: nothing is lost and the history is kept."""

from __future__ import annotations

import stat
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tests.cli.delivery_file import run
from tests.service.bench import GOOD, SERVER, SMALL, Bench, make_bench, plan
from tests.service.postgresql import binaries

from guidelint.labelstudio.config.marker import marker
from guidelint.service.clock import now
from guidelint.service.store.base.backup import back_up
from guidelint.service.store.base.database import store_url
from guidelint.service.store.base.faults import StoreFault
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.base.sqlite_file import files_of
from guidelint.service.store.base.tables import contents
from guidelint.service.store.projects import history, record_push
from guidelint.service.worker.sweep.every_project import Sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def working(place: str, tmp_path: Path) -> Iterator[Bench]:
    """A service with a history: two versions of a guideline, some work handed in and corrected."""
    bench = make_bench(tmp_path, place=place)
    bench.fake.tables.projects[bench.project]["label_config"] = f'<View idAttr="{marker(plan("1.1.0"))}"/>'
    for _ in range(3):
        bench.fake.submit(bench.task(), SMALL)
    bench.worker.work_off()
    bench.fake.update(1, result=GOOD)
    bench.worker.work_off()
    record_push(bench.engine, SERVER, bench.project, plan("1.1.0"), now())
    yield bench
    bench.client.close()
    bench.engine.dispose()


def under_writes(bench: Bench, copying: Callable[[], object]) -> None:
    """Copy while annotators hand in."""
    stop = threading.Event()

    def hand_in() -> None:
        while not stop.is_set():
            bench.fake.submit(bench.task(), GOOD)

    annotator = threading.Thread(target=hand_in)
    annotator.start()
    try:
        copying()
    finally:
        stop.set()
        annotator.join()
    for _ in range(2):
        bench.fake.submit(bench.task(), SMALL)
    bench.worker.work_off()


def nothing_is_lost(bench: Bench, before: dict[int, str], versions: int) -> None:
    """After one sweep every annotation has the verdict that it had, and what was known before is known still."""
    migrate(bench.engine.url.render_as_string(hide_password=False))
    bench.dropping = True
    (swept,) = Sweep(bench.engine, {SERVER: bench.client}).all_projects()
    assert swept.problem == ""
    bench.worker.work_off()
    assert bench.decisions() == before
    assert len(before) == len(bench.fake.tables.annotations)
    assert [item.version for item in history(bench.engine, SERVER, bench.project)] == ["1.1.0", "1.0.0"]
    assert sum(row["annotation"] == 1 for row in bench.rows(contents)) == versions


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_copy_of_a_file_is_restored_after_the_disk_was_lost(working: Bench, place: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    under_writes(working, lambda: run("backup", str(copy), "--store", place))
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    before = working.decisions()
    working.engine.dispose()
    for file in files_of(tmp_path / "store.db"):
        file.unlink()
    copy.rename(tmp_path / "store.db")
    nothing_is_lost(working, before, versions=2)


@pytest.mark.postgresql
@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_a_dump_of_a_database_is_restored_after_it_was_lost(working: Bench, place: str, tmp_path: Path) -> None:
    dump = tmp_path / "dump"

    def tool(name: str, *arguments: str) -> None:
        command = [str((binaries() or tmp_path) / name), f"--dbname={place}", *arguments]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - of a test

    under_writes(working, lambda: tool("pg_dump", "--format=custom", f"--file={dump}"))
    before = working.decisions()
    with working.engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    tool("pg_restore", "--exit-on-error", "--clean", "--if-exists", str(dump))
    nothing_is_lost(working, before, versions=2)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store in a file."""
    place = tmp_path / "store.db"
    migrate(store_url(str(place)))
    return place


def test_a_copy_never_takes_the_place_of_a_file_and_says_where_it_is(store: Path, tmp_path: Path) -> None:
    done = run("backup", str(tmp_path / "copy.db"), "--store", str(store))
    assert (done.exit_code, done.output.startswith(f"The store {store} was copied to {tmp_path / 'copy.db'}")) == (
        0,
        True,
    )
    for there in (store, tmp_path / "copy.db"):
        before = there.read_bytes()
        refused = run("backup", str(there), "--store", str(store))
        assert refused.exit_code == 2
        assert "is there already: name a new file" in refused.output
        assert there.read_bytes() == before


def test_a_copy_that_cannot_be_made_is_told_and_leaves_nothing(store: Path, tmp_path: Path) -> None:
    refused = run("backup", str(tmp_path / "missing" / "copy.db"), "--store", str(store))
    assert (refused.exit_code, "cannot be written: no such file or directory" in refused.output) == (2, True)
    other = tmp_path / "notes.txt"
    other.write_text("# Notes\n" * 1000)
    before = set(tmp_path.iterdir())
    with pytest.raises(StoreFault, match="is not a database"):
        back_up(other, tmp_path / "copy.db")
    assert set(tmp_path.iterdir()) == before


def test_a_store_in_postgresql_names_its_own_tool() -> None:
    refused = run("backup", "copy.db", "--store", "postgresql://localhost/guidelint")
    assert (refused.exit_code, "pg_dump --format=custom" in refused.output) == (2, True)
