"""A real Label Studio per test, forked from one that was loaded once, and a real browser."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.journeys.browser import Browser, artifacts_folder, chromium
from tests.journeys.server import LabelStudio

from guidelint.labelstudio.environment_server import ServerPool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HOW = "set GUIDELINT_LABEL_STUDIO_PYTHON to the Python of an environment with label-studio, or run scripts/test"


def label_studio_python() -> Path:
    """The Python that can load Label Studio, or skip with the way to get one."""
    named = os.environ.get("GUIDELINT_LABEL_STUDIO_PYTHON")
    if not named:
        pytest.skip(_HOW)
    return Path(named)


@pytest.fixture(scope="session")
def label_studio_pool() -> Iterator[ServerPool]:
    """Label Studio loaded once for the whole run; its empty migrated database is kept between runs."""
    python = label_studio_python()
    cache = Path(tempfile.gettempdir()) / f"guidelint-label-studio-{os.getuid()}"
    with ServerPool(python, cache / "empty.sqlite3", cache / f"{os.getpid()}.log") as pool:
        yield pool


@pytest.fixture
def start_label_studio(label_studio_pool: ServerPool, tmp_path: Path) -> Iterator[Callable[..., LabelStudio]]:
    """Start servers: keyword arguments replace Django settings, for instance `WEBHOOK_TIMEOUT=0.2`."""
    started: list[LabelStudio] = []

    def start(**settings: object) -> LabelStudio:
        folder = tmp_path / f"label-studio-{len(started)}"
        folder.mkdir()
        started.append(LabelStudio(label_studio_pool.start(folder, settings=settings)))
        return started[-1]

    yield start
    for server in started:
        server.close()
        label_studio_pool.stop(server.server)


@pytest.fixture
def label_studio(start_label_studio: Callable[..., LabelStudio]) -> LabelStudio:
    """A fresh, empty, real Label Studio."""
    return start_label_studio()


@pytest.fixture(scope="session")
def artifacts() -> Path:
    """Where screenshots are kept (`GUIDELINT_ARTIFACTS`, by default `artifacts/`)."""
    return artifacts_folder()


@pytest.fixture
def browser(tmp_path: Path, artifacts: Path) -> Iterator[Browser]:
    """A real Chromium with an empty profile, 1400 × 1000."""
    driver = chromium(tmp_path / "chromium")
    try:
        yield Browser(driver, artifacts)
    finally:
        driver.quit()
