"""Two services on one store, and a sweep beside them: each verdict once, and `/ready` right in each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.service.bench import DATA, GOOD, SECRET, SMALL
from tests.service.processes import free_port, rig

from guidelint.labelstudio.connection.address import SECRET_HEADER
from guidelint.service.store.base.database import open_store, read_only, store_url
from guidelint.service.store.base.tables import verdicts

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.many

SUBMISSIONS = 12


def test_two_services_and_a_sweep_on_one_store(tmp_path: Path) -> None:
    with rig(tmp_path, "--hold-ms", "0", "--sweep-every", "0") as bench:
        other = replace(bench.service, port=free_port(), process=None)
        try:
            bench.service.start()
            other.start()
            tasks = bench.fake.add_tasks(bench.project, [dict(DATA) for _ in range(SUBMISSIONS)])
            bench.fake.add_webhook(bench.project, other.hook, {SECRET_HEADER: SECRET})  # both are told of everything
            with ThreadPoolExecutor(5) as pool:
                sweep = pool.submit(bench.service.sweep, "--full")
                results = [SMALL if number % 2 else GOOD for number in range(SUBMISSIONS)]
                list(pool.map(bench.fake.submit, tasks, results))
                assert f"{SUBMISSIONS} tasks looked at" in sweep.result().stdout, sweep.result()
            for service in (bench.service, other):
                service.settle()
                says = {check["check"]: check for check in service.ready()["checks"]}
                assert says["store"]["says"].endswith("1 other service works on it, too")
                assert says["oldest pending"]["says"] == "nobody waits for a verdict"
                assert says["webhook secret"]["state"] != "no"
        finally:
            other.stop()
        engine = open_store(store_url(str(bench.service.store)))
        with read_only(engine) as connection:
            found = [row.decision for row in connection.execute(verdicts.select())]
        engine.dispose()
        assert sorted(found) == sorted(["returned", "accepted"] * (SUBMISSIONS // 2)), "each once"
        shown = [bench.fake.tables.tasks[task]["data"]["gl_status"] for task in tasks]
        assert shown == ["returned" if number % 2 else "accepted" for number in range(SUBMISSIONS)]
