"""A cold machine: submissions are judged on the base kernels while others are compiled, and `/ready` says so."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import psutil
import pytest
from tests.service.bench import DATA, GOOD, LARGE, SMALL
from tests.service.processes import rig

from guidelint.geometry.kernels import kept
from guidelint.geometry.kernels.choice import installed, load
from guidelint.geometry.kernels.one_at_a_time import one_at_a_time

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from tests.service.processes import Rig, Service

pytestmark = [
    pytest.mark.many,
    pytest.mark.skipif("fast" not in installed(), reason="install the extra fast to compile loops"),
    pytest.mark.timeout(900),  # what is waited for comes, however busy the machine
]
AT_ONCE = {"GUIDELINT_KERNELS": "fast"}
"""Compiled loops are wanted from the first submission on, not only after much work."""


@pytest.fixture
def never_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[dict[str, str]]:
    """An empty folder in which no compilation comes to its end: another process holds the lock for good."""
    cache = {kept.VARIABLE: str(tmp_path / "cache")}
    monkeypatch.setenv(*next(iter(cache.items())))
    assert kept.why_not() == ""
    with one_at_a_time(kept.folder() / "lock"):
        yield AT_ONCE | cache


def submit_and_settle(bench: Rig) -> list[str]:
    """Hand in one of each kind; the verdicts."""
    tasks = bench.fake.add_tasks(bench.project, [dict(DATA) for _ in range(3)])
    for task, items in zip(tasks, (SMALL, GOOD, LARGE), strict=True):
        bench.fake.submit(task, items)
    bench.service.settle()
    return [bench.fake.tables.tasks[task]["data"]["gl_status"] for task in tasks]


def test_a_compilation_without_end_leaves_every_verdict_to_the_base_kernels(
    tmp_path: Path, never_compiled: dict[str, str]
) -> None:
    with rig(tmp_path, "--sweep-every", "0", environment=never_compiled) as bench:
        bench.service.start()
        assert submit_and_settle(bench) == ["returned", "accepted", "being read"]
        ready = wait_until(bench.service, compiling=True)
        assert (ready["judging"], ready["kernels"], ready["pending"]) == (True, "base", 0)
    assert not kept.complete()


@pytest.mark.parametrize("end", ["stop", "kill", "kill_all"])
def test_no_compilation_outlives_the_service(tmp_path: Path, never_compiled: dict[str, str], end: str) -> None:
    with rig(tmp_path, "--sweep-every", "0", environment=never_compiled) as bench:
        bench.service.start()
        submit_and_settle(bench)
        wait_until(bench.service, compiling=True)
        judging = bench.service.judging_process()
        assert judging is not None
        (compiler,) = judging.children()
        ending: Callable[[], None] = getattr(bench.service, end)
        ending()
        psutil.wait_procs([judging, compiler], timeout=None)


def test_a_killed_judging_process_takes_its_compilation_along(tmp_path: Path, never_compiled: dict[str, str]) -> None:
    with rig(tmp_path, "--sweep-every", "0", environment=never_compiled) as bench:
        bench.service.start()
        submit_and_settle(bench)
        judging = bench.service.judging_process()
        assert judging is not None
        (compiler,) = judging.children()
        judging.kill()
        psutil.wait_procs([judging, compiler], timeout=None)
        assert submit_and_settle(bench) == ["returned", "accepted", "being read"]


def test_judging_changes_over_to_what_is_compiled(tmp_path: Path) -> None:
    load()
    with rig(tmp_path, "--sweep-every", "0", environment=AT_ONCE) as bench:
        bench.service.start()
        wait_until(bench.service, kernels="base", judging=True)
        assert submit_and_settle(bench) == ["returned", "accepted", "being read"]
        assert wait_until(bench.service, kernels="fast")["compiling"] is False


def test_ordinary_work_compiles_nothing(tmp_path: Path) -> None:
    cache = {kept.VARIABLE: str(tmp_path / "cache")}
    with rig(tmp_path, "--sweep-every", "0", environment=cache) as bench:
        bench.service.start()
        assert submit_and_settle(bench) == ["returned", "accepted", "being read"]
        assert wait_until(bench.service, judging=True)["compiling"] is False
    assert not (tmp_path / "cache").exists()


def wait_until(service: Service, **wanted: object) -> dict[str, object]:
    """What the service says of itself as soon as it says this."""
    while not wanted.items() <= (ready := service.ready()).items():
        time.sleep(0.05)
    return ready
