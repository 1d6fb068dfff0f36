"""A proxy before a real Label Studio goes wrong while annotators work: nothing is lost, nothing is withdrawn."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.journeys.browser import PATIENCE_S
from tests.journeys.guided import Guided, guided
from tests.journeys.server import LabelStudio, call
from tests.journeys.test_service import GOOD, RETURNED, pictures, rows
from tests.service.fault_proxy import Fault, fault_proxy

from guidelint.labelstudio.connection.credentials import TOKEN_VARIABLE
from guidelint.labelstudio.connection.errors import Gone, NotMine, ProjectGone, Refused, Unreachable
from guidelint.labelstudio.connection.task_client import TaskClient
from guidelint.service.store.base.tables import inbox, verdicts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONFIG = "<View><Image name='image' value='$image'/></View>"
pytestmark = pytest.mark.label_studio

PHASES: tuple[Fault, ...] = ("404 html", "404 as Label Studio", "200 html", "302 login")


def test_a_proxy_that_goes_wrong_for_a_while_costs_no_verdict(label_studio: LabelStudio, tmp_path: Path) -> None:
    with fault_proxy(label_studio.url) as proxy:
        behind = LabelStudio(replace(label_studio.server, url=proxy.url))
        with guided(behind, tmp_path, "blood-cells", ["--sweep-every", "2"]) as setup:
            tasks = pictures(setup, 5 + len(PHASES))
            judged = {label_studio.submit(task, RETURNED)["id"]: "returned" for task in tasks[:5]}
            wait_until(lambda: decisions(setup) == judged)
            wanted = dict(judged)
            for fault, task in zip(PHASES, tasks[5:], strict=True):
                proxy.faults.end()
                proxy.faults.begin(fault)
                wanted[label_studio.submit(task, GOOD)["id"]] = "accepted"
                for annotation in [*judged, *judged]:
                    call(label_studio.api, "PATCH", f"/api/annotations/{annotation}/", {"ground_truth": True})
                if fault == PHASES[0]:
                    assert sweep(setup, "--full")[0] == 1
                wait_until(lambda: min_waits(setup, wanted) > 0)
                assert decisions(setup) == judged, fault
            assert {row["state"] for row in rows(setup, inbox)} == {"done", "pending"}
            proxy.faults.end()
            wait_until(lambda: decisions(setup) == wanted)
            code, said = sweep(setup)
            assert (code, "0 left" in said) == (0, True), said
            assert decisions(setup) == wanted
            statuses = [label_studio.task(task)["data"]["gl_status"] for task in tasks]
            assert statuses == ["returned"] * 5 + ["accepted"] * len(PHASES)
        behind.close()


def test_a_real_label_studio_answers_as_is_believed(label_studio: LabelStudio) -> None:
    project = label_studio.project("Answers", CONFIG)
    there, deleted = label_studio.tasks(project, [{"image": "/1.png"}, {"image": "/2.png"}])
    with TaskClient(label_studio.url, label_studio.token) as client:
        call(label_studio.api, "DELETE", f"/api/tasks/{deleted}/")
        assert client.task_of(project, there).id == there
        for ask in (
            lambda: client.task_of(project, deleted),
            lambda: client.write_task(deleted, {}, None),
            lambda: client.delete_annotation(4711),
            lambda: list(client.tasks(4711)),
        ):
            with pytest.raises(Gone, match="matches the given query"):
                ask()
        with pytest.raises(Refused, match="valid integer"):
            client.write_task(there, None, "many")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
        with TaskClient(f"{label_studio.url}/somewhere", label_studio.token) as astray, pytest.raises(Unreachable):
            astray.task(there)
        call(label_studio.api, "DELETE", f"/api/projects/{project}/")
        with pytest.raises(ProjectGone, match="No Project matches"):
            client.project(project)
        call(label_studio.api, "POST", "/api/current-user/reset-token/")
        with pytest.raises(NotMine, match="Invalid token"):
            client.project(project)
    with TaskClient(label_studio.url, "a.b.c") as stranger, pytest.raises(NotMine, match="personal access token"):
        stranger.task(there)


def decisions(setup: Guided) -> dict[int, str]:
    """Annotation → its current decision."""
    current = [row for row in rows(setup, verdicts) if row["is_current"]]
    assert len({row["annotation"] for row in current}) == len(current), "each once"
    return {row["annotation"]: row["decision"] for row in current}


def min_waits(setup: Guided, wanted: dict[int, str]) -> int:
    """How often the hint was put off that was put off least, of those at the newest submission."""
    newest = max(wanted)
    return min((row["waits"] for row in rows(setup, inbox) if row["annotation"] == newest), default=0)


def sweep(setup: Guided, *options: str) -> tuple[int, str]:
    """Run `guidelint sweep`; its exit status, and what it said."""
    place = (setup.studio.url, "--store", str(setup.service.store))
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "guidelint.cli", "sweep", *place, *options],
        env={**os.environ, TOKEN_VARIABLE: setup.studio.token},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    return done.returncode, done.stdout


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.2)
