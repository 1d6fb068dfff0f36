"""A real Label Studio whose project follows a guideline, and the service that judges it."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
from tests.journeys.browser import PATIENCE_S
from tests.journeys.server import call

from guidelint.cli.demonstration.phantom import phantom
from guidelint.cli.demonstration.service_process import PROGRAM, Service, free_port, serving
from guidelint.labelstudio.connection.credentials import TOKEN_VARIABLE
from guidelint.service.settings import SECRET_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from tests.journeys.server import LabelStudio

SIDE = 512
PICTURES = "pictures"
NODULE = [(195, 230), (220, 228), (225, 250), (200, 254)]


@dataclass(frozen=True)
class Guided:
    """A pushed project with its service; commands run as a person would run them."""

    studio: LabelStudio
    service: Service
    folder: Path
    guideline: str
    project: int

    def run(self, *arguments: str) -> str:
        """Run `guidelint` with the secrets of this setup; what it printed."""
        return _run(self.studio, self.service, *arguments)

    def slices(self, count: int) -> list[int]:
        """Import phantom slices of one CT each; the ids of their tasks."""
        drawn = count_from(self.pictures, count)
        return self.studio.tasks(self.project, [slice_data(self.pictures, number) for number in drawn])

    @property
    def pictures(self) -> Path:
        """Folder whose pictures Label Studio serves, as it does on a hospital's own machine."""
        return self.studio.folder / PICTURES

    def warm_up(self) -> None:
        """Hand in one empty reading: a server that just started answers its first calls slowly."""
        (task,) = self.slices(1)
        self.studio.submit(task, [])
        deadline = time.monotonic() + PATIENCE_S
        while self.status(task) != "accepted":
            assert time.monotonic() < deadline, "the first submission was never judged"
            time.sleep(0.1)

    def settle(self) -> None:
        """Wait until the service has nothing to deal with: behind a backlog no answer waits for its verdict."""
        deadline = time.monotonic() + PATIENCE_S
        while httpx.get(f"{self.service.url}/ready", timeout=PATIENCE_S).json()["pending"]:
            assert time.monotonic() < deadline, "the service never came to its end"
            time.sleep(0.05)

    def status(self, task: int) -> str:
        """What the Data Manager shows of a task."""
        status: str = self.studio.task(task)["data"].get("gl_status", "")
        return status


def count_from(folder: Path, count: int) -> range:
    """Numbers for so many new pictures."""
    there = sum(1 for _ in folder.glob("*.png"))
    return range(there, there + count)


def slice_data(folder: Path, number: int) -> dict[str, object]:
    """Draw one phantom slice into the folder; task data for it, with pixels of 0.7 mm."""
    phantom([NODULE], SIDE, number).save(folder / f"slice-{number}.png")
    return {
        "image": f"/data/local-files/?d={PICTURES}/slice-{number}.png",
        "Modality": "CT",
        "PixelSpacing": [0.7, 0.7],
        "Rows": SIDE,
        "Columns": SIDE,
    }


def _serve_pictures(studio: LabelStudio, project: int) -> None:
    folder = studio.folder / PICTURES
    folder.mkdir()
    storage = {"project": project, "path": str(folder), "title": PICTURES, "use_blob_urls": True}
    call(studio.api, "POST", "/api/storages/localfiles/", storage)


@contextmanager
def guided(
    studio: LabelStudio,
    folder: Path,
    guideline: str = "lung-nodule-ct",
    options: Sequence[str] = (),
    program: Sequence[str] = PROGRAM,
) -> Generator[Guided]:
    """Push a guideline with the command and run the service with the command, until the block is left."""
    service = Service(free_port(), folder / "guidelint.db", secrets.token_urlsafe(24))
    said = _run(studio, service, "push", guideline, studio.url, *_place(service), "--service", service.url)
    project = int(said.split("project ")[1].split(" ")[0])
    _serve_pictures(studio, project)
    with serving(service, studio.url, studio.token, folder / "serve.log", options, program=program):
        yield Guided(studio, service, folder, guideline, project)


def _place(service: Service) -> tuple[str, str]:
    return "--store", str(service.store)


def _run(studio: LabelStudio, service: Service, *arguments: str) -> str:
    environment = {**os.environ, SECRET_VARIABLE: service.secret, TOKEN_VARIABLE: studio.token}
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "guidelint.cli", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
