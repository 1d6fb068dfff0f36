"""What is wrong with a store is told in an operator's words, whoever meets it; then it goes on by itself."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from tests.service.bench import GOOD, SERVER, SMALL, Bench, plan

from guidelint.cli import __main__ as command_line
from guidelint.labelstudio.connection.webhook_event import decode_event
from guidelint.service.receiver import group_commit
from guidelint.service.receiver.group_commit import STORED_WITHIN_S, GroupCommit
from guidelint.service.store.base import faults
from guidelint.service.store.base.database import open_store, read_only, store_url
from guidelint.service.store.base.faults import Fault, StoreFault, fault_of
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.base.sqlite_file import files_of
from guidelint.service.store.base.tables import inbox as inbox_table
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints import inbox
from guidelint.service.store.projects import followed_projects, record_push

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

psycopg = pytest.importorskip("psycopg", reason="install guidelint[postgresql]")

NOBODY = 65534
NOT_TOLD = "very-secret"
BODY = b'{"action": "ANNOTATION_CREATED", "project": {"id": 1}, "annotation": {"id": 7, "task": 3}}'


def of_sqlite(code: int, said: str = "") -> sqlite3.Error:
    """An error as SQLite gives it."""
    error = sqlite3.OperationalError(said)
    error.sqlite_errorcode = code
    return error


def of_postgresql(code: str) -> Exception:
    """An error with the code that PostgreSQL gives it."""
    error: Exception = psycopg.errors.lookup(code)("in whatever language")
    return error


def refused(said: str) -> Exception:
    """What comes of a connection that the server does not take."""
    error: Exception = psycopg.OperationalError(f'connection failed: connection to server at "::1" failed: {said}')
    return error


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (of_sqlite(sqlite3.SQLITE_BUSY), faults.LOCKED),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), faults.LOCKED),
        (of_sqlite(sqlite3.SQLITE_FULL), faults.FULL),
        (of_sqlite(sqlite3.SQLITE_READONLY_DIRECTORY), faults.READ_ONLY),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), faults.NOT_OPENED),
        (of_sqlite(sqlite3.SQLITE_IOERR_WRITE), faults.DISK_FAILS),
        (of_sqlite(sqlite3.SQLITE_CORRUPT), faults.DAMAGED),
        (of_sqlite(sqlite3.SQLITE_NOTADB), faults.NO_DATABASE),
        (of_sqlite(sqlite3.SQLITE_ERROR, "no such table: inbox"), faults.EMPTY),
        (of_sqlite(sqlite3.SQLITE_ERROR, "no such column: inbox.lane"), faults.OLDER),
        (of_sqlite(sqlite3.SQLITE_ERROR, "table inbox has no column named lane"), faults.OLDER),
        (of_sqlite(sqlite3.SQLITE_ERROR, 'near "SELCT": syntax error'), None),
        (of_sqlite(sqlite3.SQLITE_CONSTRAINT), None),
        (of_postgresql("53100"), faults.FULL),
        (of_postgresql("53300"), faults.CROWDED),
        (of_postgresql("25006"), faults.READ_ONLY),
        (of_postgresql("42501"), faults.NOT_ALLOWED),
        (of_postgresql("42P01"), faults.EMPTY),
        (of_postgresql("42703"), faults.OLDER),
        (of_postgresql("28P01"), faults.WRONG_PASSWORD),
        (of_postgresql("3D000"), faults.NO_SUCH_DATABASE),
        (of_postgresql("57P01"), faults.NOT_ANSWERING),
        (of_postgresql("08006"), faults.NOT_ANSWERING),
        (of_postgresql("23505"), None),
        (refused("Connection refused"), faults.NOT_ANSWERING),
        (refused('FATAL:  password authentication failed for user "guidelint"'), faults.WRONG_PASSWORD),
        (refused("fe_sendauth: no password supplied"), faults.WRONG_PASSWORD),
        (refused('FATAL:  role "guidelint" does not exist'), faults.WRONG_PASSWORD),
        (refused('FATAL:  no pg_hba.conf entry for host "10.0.0.1"'), faults.WRONG_PASSWORD),
        (refused('FATAL:  database "guidelint" does not exist'), faults.NO_SUCH_DATABASE),
        (refused("FATAL:  sorry, too many clients already"), faults.CROWDED),
        (refused("something new"), faults.NOT_ANSWERING),
        (psycopg.ProgrammingError("of ours"), None),
        (ValueError("of ours"), None),
    ],
    ids=lambda value: "" if isinstance(value, Fault) or value is None else f"{type(value).__name__} {value}"[:60],
)
def test_every_error_of_a_driver_has_its_words_or_is_no_fault_of_the_store(
    error: Exception, fault: Fault | None
) -> None:
    assert fault_of(error) == fault


def store_in(folder: Path) -> str:
    """URL of a whole store."""
    url = store_url(str(folder / "store.db"))
    migrate(url)
    engine = open_store(url)
    record_push(engine, SERVER, 1, plan())
    engine.dispose()
    return url


@contextmanager
def locked(url: str) -> Generator[None]:
    """Let somebody else have the write lock."""
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@contextmanager
def full(engine: sa.Engine) -> Generator[None]:
    """Let the file grow no more, as on a disk that is full."""
    pages: list[int] = []

    def stop_growing(connection: sqlite3.Connection, *_: object) -> None:
        pages[:] = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages[0]}")

    def grow_again(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count=1073741823")

    event.listen(engine, "checkout", stop_growing)
    yield
    event.remove(engine, "checkout", stop_growing)
    event.listen(engine, "checkout", grow_again)


def many() -> list[dict[str, object]]:
    """More hints than fit into what a file has left."""
    return [inbox.hint_row(TaskKey(SERVER, 1, number), "SWEPT") for number in range(500)]


def stored_by_the_receiver(engine: sa.Engine, rows: list[dict[str, object]]) -> list[int]:
    """Store rows as the receiver does."""
    storing = GroupCommit(engine)
    storing.start()
    try:
        return asyncio.run(storing.put(rows))
    finally:
        storing.close()


def test_a_locked_store_is_told_to_who_delivers_and_takes_deliveries_again(tmp_path: Path) -> None:
    url = store_in(tmp_path)
    engine = open_store(url, patience_s=0.0)
    rows = inbox.rows_of(SERVER, decode_event(BODY))
    with locked(url), pytest.raises(StoreFault, match="is locked: another program keeps it from being written"):
        stored_by_the_receiver(engine, rows)
    assert len(stored_by_the_receiver(engine, rows)) == 1
    engine.dispose()


def test_a_store_that_hangs_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "STORED_WITHIN_S", 0.01)
    url = store_in(tmp_path)
    engine = open_store(url, patience_s=60.0)
    storing = GroupCommit(engine)
    storing.start()
    with locked(url), pytest.raises(StoreFault, match="has not answered in time"):
        asyncio.run(storing.put(inbox.rows_of(SERVER, decode_event(BODY))))
    storing.close()
    assert len(inbox.pending(engine)) == 1, "it was stored once the lock was free"
    monkeypatch.setattr(group_commit, "MOST_WAITING", 0)
    with pytest.raises(StoreFault, match="has not answered in time"):
        asyncio.run(storing.put([]))
    engine.dispose()


def test_what_was_refused_is_stored_once_the_store_can_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "OWED_EVERY_S", 0.01)
    monkeypatch.setattr(group_commit, "MOST_OWED", 3)
    url = store_in(tmp_path)
    engine = open_store(url, patience_s=0.0)
    storing = GroupCommit(engine)
    storing.start()
    with locked(url):
        for _ in range(5):
            with pytest.raises(StoreFault, match="is locked"):
                asyncio.run(storing.put(inbox.rows_of(SERVER, decode_event(BODY))))
    while len(inbox.pending(engine)) < 3:
        time.sleep(0.01)
    assert len(asyncio.run(storing.put(inbox.rows_of(SERVER, decode_event(BODY))))) == 1
    storing.close()
    assert len(inbox.pending(engine)) == 3 + 1, "no more than there is room for, and each once"
    engine.dispose()


def test_the_receiver_waits_less_for_the_lock_than_label_studio_for_the_answer() -> None:
    from guidelint.labelstudio.fake.fake import WEBHOOK_TIMEOUT_S  # noqa: PLC0415

    assert STORED_WITHIN_S < WEBHOOK_TIMEOUT_S


def test_a_full_disk_is_told_and_then_there_is_room(tmp_path: Path) -> None:
    engine = open_store(store_in(tmp_path))
    with full(engine), pytest.raises(StoreFault, match="cannot grow: the disk is full"):
        stored_by_the_receiver(engine, many())
    assert len(stored_by_the_receiver(engine, many())) == 500
    engine.dispose()


@contextmanager
def as_nobody(folder: Path) -> Generator[None]:
    """Have somebody without rights own a folder; whoever runs the tests as root is that person meanwhile."""
    user = os.geteuid()
    if user == 0:
        for path in (folder, *folder.iterdir()):
            os.chown(path, NOBODY, -1)
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.mark.parametrize("file_only", [True, False], ids=["the file", "file and folder"])
def test_a_store_that_may_not_be_written_is_told(*, file_only: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        url = store_in(folder)  # before the rights are gone: nobody may not even read the folder of the program
        with as_nobody(folder):
            (folder / "store.db").chmod(0o400)
            if not file_only:
                folder.chmod(0o500)
            engine = open_store(url)
            with pytest.raises(StoreFault, match=r"is read-only|cannot be opened") as told:
                stored_by_the_receiver(engine, many())
            assert "Give the user who runs guidelint the right" in str(told.value)
            folder.chmod(0o700)
            for file in files_of(folder / "store.db"):
                file.chmod(0o600)
            assert len(stored_by_the_receiver(engine, many())) == 500
            engine.dispose()


def foreign(path: Path) -> None:
    """A database of another program."""
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.commit()
    other.close()


def of_alembic(path: Path, revision: str) -> None:
    """A database whose schema is kept by the same tool."""
    migrate(store_url(str(path)))
    other = sqlite3.connect(path)
    other.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    other.commit()
    other.close()


def also_migrated(path: Path) -> None:
    """Of another program that keeps its schema with the same tool."""
    of_alembic(path, "ae1027a6acf")


def newer(path: Path) -> None:
    """Of a guidelint that is yet to come."""
    of_alembic(path, "9000")


def text(path: Path) -> None:
    """No database at all."""
    path.write_text("# Notes\n" * 100)


def folder(path: Path) -> None:
    """No file at all."""
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(foreign, "belongs to another program", id="a database of another program"),
        pytest.param(also_migrated, "belongs to another program", id="also migrated"),
        pytest.param(newer, r"made by a newer guidelint \(schema 9000; this one knows \d+\)", id="newer"),
        pytest.param(text, "is not a database", id="a text"),
        pytest.param(folder, "cannot be opened: it is a folder", id="a folder"),
    ],
)
def test_what_is_not_our_store_is_told_and_left_alone(
    tmp_path: Path, make: Callable[[Path], object], says: str
) -> None:
    path = tmp_path / "store.db"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreFault, match=says):
        migrate(store_url(str(path)))
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_folder_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match=r"there is no folder .*missing\. Make the folder, or mount the disk"):
        migrate(store_url(str(tmp_path / "missing" / "store.db")))
    assert not (tmp_path / "missing").exists()


def test_opening_a_store_never_makes_one(tmp_path: Path) -> None:
    engine = open_store(store_url(str(tmp_path / "store.db")))
    with pytest.raises(StoreFault, match="is not there"):
        followed_projects(engine)
    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_may_read_a_store_and_what_lies_beside_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        engine = open_store(store_in(tmp_path))
        stored_by_the_receiver(engine, many())
        files = files_of(tmp_path / "store.db")
        assert {file.name for file in files} == {"store.db", "store.db-wal", "store.db-shm"}
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        for file in files:
            file.chmod(0o644)
        migrate(store_url(str(tmp_path / "store.db")))
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        engine.dispose()
    finally:
        os.umask(before)


def work(bench: Bench) -> None:
    """Let the worker do one round, as its loop does."""
    try:
        bench.worker.work_off()
    except SQLAlchemyError as error:
        bench.worker._mending.begin(error)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


def test_a_store_deleted_under_a_running_service_is_made_anew_and_that_is_said(
    bench: Bench, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    bench.fake.submit(bench.task(), GOOD)
    bench.worker.work_off()
    for file in files_of(tmp_path / "store.db"):
        file.unlink()
    with pytest.raises(StoreFault, match="is not there"):
        bench.fake.submit(1, SMALL)
    with caplog.at_level("INFO", "guidelint"):
        caplog.clear()
        work(bench)
        bench.fake.submit(1, SMALL)
        work(bench)
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "the store cannot be used",
        "a new, empty store was made",
        "the store can be used again",
        "hints are held",
    ]
    record_push(bench.engine, SERVER, bench.project, plan(), "2020-01-01T00:00:00.000000Z")
    work(bench)
    assert set(bench.decisions().values()) == {"accepted", "returned"}


def test_a_store_replaced_by_another_is_noticed(bench: Bench, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert followed_projects(bench.engine)
    other = tmp_path / "other"
    other.mkdir()
    foreign(other / "store.db")
    for file in files_of(tmp_path / "store.db"):
        file.unlink()
    (other / "store.db").rename(tmp_path / "store.db")
    with caplog.at_level("INFO", "guidelint"):
        work(bench)
        work(bench)
    said = [(record.getMessage(), str(getattr(record, "facts", {}).get("reason", ""))) for record in caplog.records]
    assert [words for words, _ in said[:2]] == ["the store is another file than before", "the store cannot be used"]
    assert any("belongs to another program" in reason for _, reason in said)
    with read_only(bench.engine) as connection:
        assert sa.inspect(connection).get_table_names() == ["bookmarks"]


def test_a_job_whose_end_cannot_be_noted_is_not_taken_for_one_that_stops_the_program(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store fills up during the work, again and again: no verdict may say that judging stopped the program."""
    bench.fake.submit(bench.task(), GOOD)
    real, tries = inbox.finish, list[int]()

    def fails(connection: sa.Connection, seqs: tuple[int, ...]) -> None:
        tries.append(1)
        if len(tries) <= 6:
            raise StoreFault("store.db", faults.FULL)
        real(connection, seqs)

    monkeypatch.setattr(inbox, "finish", fails)
    for _ in range(10):
        work(bench)
    assert bench.decisions() == {1: "accepted"}
    assert [row["starts"] for row in bench.rows(inbox_table) if row["task"]] == [1]


@pytest.mark.parametrize(
    ("arguments", "make"),
    [
        pytest.param(["sweep", SERVER], foreign, id="sweep"),
        pytest.param(["serve", SERVER], foreign, id="serve"),
        pytest.param(["push", "lung-nodule-ct", SERVER], foreign, id="push"),
    ],
)
def test_every_command_tells_it_and_none_calls_it_a_fault_of_its_own(
    tmp_path: Path,
    arguments: list[str],
    make: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make(tmp_path / "store.db")
    monkeypatch.setenv("GUIDELINT_TOKEN", "0123456789abcdef" * 2 + "01234567")
    monkeypatch.setenv("GUIDELINT_SECRET", "a secret that is long enough")
    monkeypatch.setattr(sys, "argv", ["guidelint", *arguments, "--store", str(tmp_path / "store.db")])
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert f"guidelint: the store {tmp_path / 'store.db'} belongs to another program. Name another file" in told
    assert "fault of guidelint" not in told


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param({"port": 9}, "does not answer. Is PostgreSQL running there", id="down"),
        pytest.param({"database": "nowhere"}, "does not exist on that server. Make it with createdb", id="no database"),
        pytest.param({"username": "nobody", "password": NOT_TOLD}, "does not accept user or password", id="no user"),
    ],
)
def test_faults_of_postgresql_are_told_without_the_password(postgresql: str, change: dict[str, Any], says: str) -> None:
    url = sa.make_url(store_url(postgresql)).set(**change).render_as_string(hide_password=False)
    with pytest.raises(StoreFault) as told:
        migrate(url)
    assert says in str(told.value)
    assert NOT_TOLD not in str(told.value)


@pytest.mark.postgresql
@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_a_database_that_was_restarted_takes_deliveries_again(place: str) -> None:
    url = store_url(place)
    migrate(url)
    engine, admin = open_store(url), open_store(url)
    assert len(stored_by_the_receiver(engine, many())) == 500
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with admin.begin() as connection:
        connection.execute(sa.text(f"{others} AND backend_type = 'client backend'"))
    assert len(stored_by_the_receiver(engine, many())) == 500
    engine.dispose()
    admin.dispose()
