"""Ending the service while Label Studio hangs and work is pending: nothing is lost, and no process is left over."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from tests.service.bench import DATA, SECRET, SMALL
from tests.service.processes import PATIENCE_S, Rig, rig, wait_for_end

from guidelint.labelstudio.connection.address import SECRET_HEADER
from guidelint.service.store.base.database import open_store, read_only, store_url
from guidelint.service.store.base.tables import claims, inbox

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from guidelint.labelstudio.fake.fake import Json

pytestmark = pytest.mark.many


class Hanging:
    """A Label Studio that takes requests about tasks, and answers none of them until it is let go."""

    def __init__(self, bench: Rig) -> None:
        self.asked, self.goes_on = threading.Event(), threading.Event()
        self._answer = bench.fake.answer
        bench.fake.answer = self.answer  # type: ignore[method-assign, assignment]

    def answer(self, method: str, path: str, *rest: Any) -> tuple[int, bytes]:
        if path.startswith("/api/tasks"):
            self.asked.set()
            self.goes_on.wait(PATIENCE_S)
        return self._answer(method, path, *rest)


@contextlib.contextmanager
def judging(folder: Path) -> Generator[tuple[Rig, Hanging, int]]:
    """A service in the middle of judging a submission."""
    with rig(folder, "--hold-ms", "0", "--sweep-every", "0") as bench:
        hanging = Hanging(bench)
        bench.service.start()
        (task,) = bench.fake.add_tasks(bench.project, [dict(DATA)])
        bench.fake.submit(task, SMALL)
        assert hanging.asked.wait(PATIENCE_S)
        try:
            yield bench, hanging, task
        finally:
            hanging.goes_on.set()


def rows(bench: Rig, table: sa.Table) -> list[Json]:
    engine = open_store(store_url(str(bench.service.store)))
    with read_only(engine) as connection:
        found = [dict(row) for row in connection.execute(sa.select(table)).mappings()]
    engine.dispose()
    return found


def half_a_delivery(bench: Rig) -> socket.socket:
    """Somebody who has begun to deliver, and does not go on."""
    path = bench.service.hook.removeprefix(bench.service.url)
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\nContent-Length: 100\r\n\r\n{{"
    connection = socket.create_connection(("127.0.0.1", bench.service.port))
    connection.sendall(head.encode())
    return connection


@pytest.mark.parametrize("whom", ["the receiver", "both processes", "the terminal"])
def test_ending_with_work_pending_loses_nothing(tmp_path: Path, whom: str) -> None:
    with judging(tmp_path) as (bench, hanging, task):
        process, judge = bench.service.process, bench.service.judging_process()
        assert process is not None
        assert judge is not None
        with half_a_delivery(bench):
            if whom == "the receiver":
                process.terminate()
            else:
                os.killpg(process.pid, signal.SIGINT if whom == "the terminal" else signal.SIGTERM)
            assert process.wait(PATIENCE_S) == 0
        assert not judge.is_running()
        assert not hanging.goes_on.is_set(), "Label Studio was not waited for"
        said = (bench.service.store.parent / "service.log").read_text()
        assert whom != "the terminal" or "started again" not in said, "Ctrl-C is meant for the receiver"
        open_hints = [row for row in rows(bench, inbox) if row["state"] == "pending"]
        assert [(row["task"], row["starts"]) for row in open_hints if row["annotation"]] == [(task, 0)]
        assert rows(bench, claims) == [], "whoever judges next need not wait"
        hanging.goes_on.set()
        bench.service.start()
        bench.service.settle()
        assert bench.fake.tables.tasks[task]["data"]["gl_status"] == "returned"


def test_no_judging_process_outlives_a_receiver_that_was_killed(tmp_path: Path) -> None:
    with judging(tmp_path) as (bench, _, _):
        judge = bench.service.judging_process()
        assert judge is not None
        if sys.platform == "linux":
            judge.suspend()  # it cannot notice the end of its input: the kernel ends it
        bench.service.kill()
        wait_for_end(judge)  # else the test never ends
