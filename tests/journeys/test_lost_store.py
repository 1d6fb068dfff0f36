"""A store that is lost under a real Label Studio: nothing is dropped, it is said everywhere, and a push mends it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx
import pytest
from tests.journeys.browser import PATIENCE_S
from tests.journeys.guided import Guided, guided
from tests.journeys.server import call
from tests.journeys.test_service import GOOD, RETURNED, pictures, wait_for

from guidelint.labelstudio.connection.address import SECRET_HEADER, hook_path
from guidelint.labelstudio.connection.administration import Administration
from guidelint.labelstudio.connection.credentials import TOKEN_VARIABLE
from guidelint.service.settings import SECRET_VARIABLE
from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.base.sqlite_file import files_of
from guidelint.service.store.hints.held import held

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.journeys.server import LabelStudio

pytestmark = pytest.mark.label_studio


def run(setup: Guided, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as an operator would."""
    secrets = {SECRET_VARIABLE: setup.service.secret, TOKEN_VARIABLE: setup.studio.token}
    command = [sys.executable, "-m", "guidelint.cli", *arguments, "--store", str(setup.service.store)]
    return subprocess.run(  # noqa: S603 - our own command
        command, env={**os.environ, **secrets}, capture_output=True, text=True, timeout=600, check=False
    )


def until(is_so: Callable[[], bool], what: str) -> None:
    """Wait for something."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.2)


def waits_there(setup: Guided) -> int:
    """How many hints are held."""
    engine = open_store(store_url(str(setup.service.store)))
    try:
        return sum(item.count for item in held(engine))
    finally:
        engine.dispose()


def delivered(setup: Guided) -> int:
    """Deliver what Label Studio would; the status that the service answers with."""
    body = b'{"action": "PROJECT_UPDATED", "project": {"id": 1}}'
    address = setup.service.url + hook_path(setup.studio.url)
    return httpx.post(
        address, content=body, headers={SECRET_HEADER: setup.service.secret}, timeout=PATIENCE_S
    ).status_code


def test_a_store_is_lost_and_found_again(label_studio: LabelStudio, tmp_path: Path) -> None:
    with guided(label_studio, tmp_path, "blood-cells", ("--sweep-every", "0")) as setup:
        first, second, third = pictures(setup, 3)
        label_studio.submit(first, GOOD)
        wait_for(setup, first, "accepted")

        other = sqlite3.connect(setup.service.store, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert delivered(setup) == 503
        other.close()
        until(lambda: delivered(setup) == 202, "the lock was never got over")

        for file in files_of(setup.service.store):
            file.unlink()
        log = tmp_path / "serve.log"
        until(lambda: "a new, empty store was made" in log.read_text(), "the loss was never noticed")
        label_studio.submit(second, RETURNED)
        until(lambda: waits_there(setup) == 1, "the submission was never held")
        assert log.read_text().count('"hints are held"') == 1

        swept = run(setup, "sweep", label_studio.url)
        assert swept.returncode == 1
        remedy = (
            f"guidelint push blood-cells {label_studio.url} --project {setup.project} --store {setup.service.store}"
        )
        assert remedy in swept.stdout
        examined = run(setup, "doctor", label_studio.url, "--no-probe")
        assert f"project {setup.project}, store:" in examined.stdout
        assert remedy in examined.stdout

        with Administration(label_studio.url, label_studio.token) as administration:
            administration.project(setup.project)
            assert administration.hears_the_clock
            assert abs((administration.moment() - datetime.now(UTC)).total_seconds()) < PATIENCE_S
        pushed = run(setup, *remedy.split()[1:-2], "--service", setup.service.url)
        assert "is in step with blood-cells" in pushed.stdout
        assert f"that is now recorded in the store {setup.service.store}" in pushed.stdout
        wait_for(setup, second, "returned")
        label_studio.submit(third, GOOD)
        wait_for(setup, third, "accepted")
        swept = run(setup, "sweep", label_studio.url)
        assert (swept.returncode, "1 to deal with" in swept.stdout) == (0, True), swept.stdout

        config = call(label_studio.api, "GET", f"/api/projects/{setup.project}/")["label_config"]
        by_hand = config.replace("<Style>", '<Header value="Hurry up"/>\n  <Style>', 1)
        call(label_studio.api, "PATCH", f"/api/projects/{setup.project}/", {"label_config": by_hand})
        swept = run(setup, "sweep", label_studio.url)
        assert (swept.returncode, "was edited in Label Studio after blood-cells" in swept.stdout) == (1, True)
