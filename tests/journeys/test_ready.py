"""`/ready` and `/validate` on a real Label Studio: right, while somebody spoils one thing after the other."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.journeys.browser import PATIENCE_S
from tests.journeys.guided import Guided, guided
from tests.journeys.server import LabelStudio, call
from tests.journeys.test_service import GOOD, PICTURE, RETURNED

from guidelint.labelstudio.connection.address import SECRET_HEADER, server_key

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.label_studio


def ready(setup: Guided) -> httpx.Response:
    headers = {SECRET_HEADER: setup.service.secret}
    return httpx.get(f"{setup.service.url}/ready", headers=headers, timeout=PATIENCE_S)


def wait_for(setup: Guided, *wrong: str) -> dict[str, Any]:
    """Wait until just this is wrong; the checks."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        answer = ready(setup)
        checks = {check["check"]: check for check in answer.json()["checks"]}
        if {about for about, check in checks.items() if check["state"] == "no"} == set(wrong):
            assert answer.status_code == (503 if wrong else 200)
            return checks
        assert time.monotonic() < deadline, checks
        time.sleep(0.5)


def judged(setup: Guided, body: object) -> dict[str, Any]:
    """What `/validate` says."""
    url = f"{setup.service.url}/validate/{server_key(setup.studio.url)}"
    headers = {SECRET_HEADER: setup.service.secret}
    answer: dict[str, Any] = httpx.post(url, json=body, headers=headers, timeout=PATIENCE_S).json()
    return answer


@pytest.mark.timeout(900)
def test_whoever_watches_is_told_what_is_wrong(label_studio: LabelStudio, tmp_path: Path) -> None:
    with guided(label_studio, tmp_path, "blood-cells", ["--sweep-every", "2"]) as setup:
        checks = wait_for(setup)
        assert checks["webhook secret"]["says"] == "is that of every webhook"
        assert checks["Label Studio"]["detail"] == label_studio.url

        (task,) = label_studio.tasks(setup.project, [dict(PICTURE)])
        asked = {"project": setup.project, "task": label_studio.task(task)}
        assert judged(setup, {**asked, "annotation": {"result": GOOD}})["valid"]
        assert "cell-1" in judged(setup, {**asked, "annotation": {"result": RETURNED}})["per-result-errors"]
        assert label_studio.task(task)["annotations"] == []

        (hook,) = call(label_studio.api, "GET", f"/api/webhooks/?project={setup.project}")
        spoilt = {**hook, "headers": {SECRET_HEADER: "not-the-right-secret"}}
        call(label_studio.api, "PATCH", f"/api/webhooks/{hook['id']}/", spoilt)
        wait_for(setup, "webhook secret")
        call(label_studio.api, "PATCH", f"/api/webhooks/{hook['id']}/", hook)
        wait_for(setup)

        project = f"/api/projects/{setup.project}/"
        config = call(label_studio.api, "GET", project)["label_config"]
        call(label_studio.api, "PATCH", project, {"label_config": config.replace("Red cell", "Red cells")})
        wait_for(setup, "config")
        call(label_studio.api, "PATCH", project, {"label_config": config})
        wait_for(setup)

        call(label_studio.api, "POST", "/api/current-user/reset-token/")
        wait_for(setup, "token")
