"""The service as it really runs: two processes, a port, a store in a file."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from tests.service import serve_patiently
from tests.service.bench import DATA, GOOD, SMALL
from tests.service.processes import rig

if TYPE_CHECKING:
    from pathlib import Path

    from tests.service.processes import Rig

pytestmark = pytest.mark.many


def about_work(bench: Rig) -> list[tuple[str, str]]:
    """Requests but those that only look whether all is well."""
    return [asked for asked in bench.fake.requests if not asked[1].startswith(("/api/current-user", "/api/webhooks"))]


@pytest.mark.parametrize("hold_ms", ["0", "900"])
def test_a_submission_is_judged_and_the_service_falls_silent(tmp_path: Path, hold_ms: str) -> None:
    with rig(tmp_path, "--hold-ms", hold_ms, "--sweep-every", "0") as bench:
        bench.service.start()
        (task,) = bench.fake.add_tasks(bench.project, [dict(DATA)])
        annotation = bench.fake.submit(task, SMALL)["id"]
        bench.service.settle()
        assert bench.fake.tables.tasks[task]["data"]["gl_status"] == "returned"
        bench.fake.update(annotation, result=GOOD)
        bench.service.settle()
        time.sleep(5)
        before = len(about_work(bench))
        time.sleep(1.5)
        assert bench.fake.tables.tasks[task]["data"]["gl_status"] == "accepted"
        assert len(about_work(bench)) == before
        assert sum(method == "PATCH" for method, _ in bench.fake.requests) == 2


def test_the_answer_waits_for_the_banner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guidelint.labelstudio.fake.fake.WEBHOOK_TIMEOUT_S", serve_patiently.PATIENCE_S)
    with rig(tmp_path, "--sweep-every", "0", module=serve_patiently.MODULE) as bench:
        bench.service.start()
        tasks = bench.fake.add_tasks(bench.project, [dict(DATA) for _ in range(4)])
        bench.fake.submit(tasks[0], GOOD)  # the judging process warms up
        for task in tasks[1:]:
            bench.service.settle()  # behind a backlog no answer waits
            bench.fake.submit(task, SMALL)
            assert bench.fake.tables.tasks[task]["data"]["gl_status"] == "returned"


def test_a_sweep_finds_what_was_imported_and_what_was_deleted(tmp_path: Path) -> None:
    with rig(tmp_path) as bench:
        handed_in = [[{"result": SMALL}], [{"result": GOOD}], []]
        tasks = bench.fake.add_tasks(bench.project, [dict(DATA) for _ in range(3)], handed_in)
        swept = bench.service.sweep()
        assert "3 tasks looked at, 2 to deal with" in swept.stdout, swept
        assert "2 tasks dealt with, 0 left" in swept.stdout
        statuses = [bench.fake.tables.tasks[task]["data"].get("gl_status") for task in tasks]
        assert statuses == ["returned", "accepted", None]
        bench.fake.delete(1, fires=False)
        assert "1 to deal with" in bench.service.sweep().stdout
        assert bench.fake.tables.tasks[tasks[0]]["data"]["gl_status"] == ""
        assert "0 to deal with" in bench.service.sweep().stdout
