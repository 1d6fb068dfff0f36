"""``guidelint inbox``: what an operator reads, and what the exit status says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import run

from guidelint.service.clock import after
from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.base.task_key import TaskKey
from guidelint.service.store.hints.inbox import FAILED, HELD, SWEPT, hint_row, put
from guidelint.service.worker.servers.not_known import not_pushed

if TYPE_CHECKING:
    from pathlib import Path

SERVER = "http://localhost:8080"


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A store with one hint that waits, one put off, one held, two set aside."""
    place = str(tmp_path / "store.db")
    migrate(store_url(place))
    engine = open_store(store_url(place))
    stands = [
        {},
        {"not_before": after(600), "reason": "Label Studio is away"},
        {"state": HELD, "reason": "project 1 is not known"},
        {"state": FAILED, "reason": "a page of HTML\x1b[31m\nGuidelint: all is well"},
        {"state": FAILED, "reason": "a page of HTML\x1b[31m\nGuidelint: all is well"},
    ]
    rows = [{**hint_row(TaskKey(SERVER, 1, 10 + n), SWEPT), **more} for n, more in enumerate(stands)]
    with engine.begin() as connection:
        put(connection, rows)
    engine.dispose()
    return place


def test_the_list_says_what_is_open_and_why(store: str) -> None:
    done = run("inbox", "--store", store)
    assert done.exit_code == 1
    lines = done.output.splitlines()
    assert lines[:4] == [
        "1 waiting for a worker.",
        "1 put off, tried again by themselves.",
        "1 held, for their project is not known here.",
        "2 set aside.",
    ]
    assert "failed: a page of HTML\\x1b[31m\\x0aGuidelint: all is well (2 hints, the oldest of" in done.output
    assert f"  4  {SERVER} project 1 task 13  SWEPT" in done.output
    assert "put-off: Label Studio is away (1 hint, the oldest of" in done.output
    assert ", next try " in done.output
    assert lines[-1] == "Put right what the reasons name, then `guidelint inbox replay`."


def test_however_long_a_reason_is_the_list_says_what_to_do(tmp_path: Path) -> None:
    place = str(tmp_path / "store.db")
    migrate(store_url(place))
    engine = open_store(store_url(place))
    reason = not_pushed(SERVER, 1, f"/srv/{'a-long-name/' * 300}store.db")
    with engine.begin() as connection:
        put(connection, [{**hint_row(TaskKey(SERVER, 1, 1), SWEPT), "state": HELD, "reason": reason}])
    engine.dispose()
    told = run("inbox", "--store", place).stdout
    assert f"held: the store /srv/{'a-long-name/' * 10}" in told
    assert "a-long-name/store.db (1 hint" in told
    assert len(told) < 2000


def test_a_program_reads_the_same(store: str) -> None:
    done = run("inbox", "list", "--format", "json", "--most", "1", "--store", store)
    found = json.loads(done.output)["found"]
    assert found["counts"] == {"waiting": 1, "planned": 0, "put-off": 1, "held": 1, "failed": 2}
    failed = found["groups"][0]
    assert (failed["kind"], failed["count"], len(failed["first"])) == ("failed", 2, 1)
    assert set(failed["first"][0]) == {
        "number", "server", "project", "task", "annotation", "action", "received_at", "next_try", "kind"
    }  # fmt: skip


def test_a_replay_takes_what_failed_or_is_held_and_nothing_else(store: str) -> None:
    done = run("inbox", "replay", "--store", store)
    assert (done.exit_code, "3 hints put back" in done.output) == (0, True)
    after_it = run("inbox", "--store", store)
    assert (after_it.exit_code, "4 waiting for a worker." in after_it.output) == (0, True)
    again = run("inbox", "replay", "--store", store)
    assert (again.exit_code, again.output) == (
        1,
        "Nothing to replay: no open hint is of those that were asked for.\n",
    ), "nothing is left to be put back"


def test_forgetting_says_what_and_that_the_sweep_finds_it_all_the_same(store: str) -> None:
    done = run("inbox", "forget", "4", "77", "--store", store)
    assert done.exit_code == 1, "77 is not there"
    assert f"4  {SERVER} project 1 task 13" in done.output
    assert "1 hint forgotten." in done.output
    assert "guidelint sweep --full" in done.output
    assert "77: there is no such open hint." in done.output
    assert "1 hint was forgotten by the operator before." in run("inbox", "--store", store).output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("forget",), "say which hints to forget"),
        (("replay", *map(str, range(1001))), "more than 1000 numbers"),
        (("--server", "ftp://x"), "not an address"),
        (("lose",), "lose"),
        (("--project", str(2**31)), "2147483647"),
        (("--task", str(2**63)), "9223372036854775807"),
        (("forget", str(2**63)), "9223372036854775807"),
    ],
)
def test_what_is_unclear_is_refused_and_nothing_changes(store: str, arguments: tuple[str, ...], says: str) -> None:
    done = run("inbox", *arguments, "--store", store)
    assert done.exit_code == 2
    assert says in done.output
    assert "2 set aside." in run("inbox", "--store", store).output


def test_a_store_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    done = run("inbox", "--store", str(tmp_path / "none.db"))
    assert done.exit_code == 2
    assert "there is no store at" in done.output
    assert list(tmp_path.iterdir()) == []


def test_an_empty_inbox_is_fine(tmp_path: Path) -> None:
    migrate(store_url(str(tmp_path / "store.db")))
    done = run("inbox", "--store", str(tmp_path / "store.db"))
    assert (done.exit_code, done.output) == (0, "Nothing is open.\n")
