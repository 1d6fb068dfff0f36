"""A real Label Studio per test, forked from one that was loaded once, and a real browser."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from tests.journeys.browser import Browser, artifacts_folder, chromium, forget
from tests.journeys.room import Room
from tests.journeys.server import LabelStudio

from guidelint.cli.demonstration.service_process import free_port
from guidelint.labelstudio.environment.environment import PYTHON_VARIABLE, Environment, cached_environment
from guidelint.labelstudio.environment.server import ServerPool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome

_HOW = f"run scripts/test, or set {PYTHON_VARIABLE} to the Python of an environment with label-studio"


def in_use(port: int) -> bool:
    """Whether somebody else took a port meanwhile."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def label_studio_environment() -> Environment:
    """The environment that can load Label Studio, or skip with the way to get one."""
    environment = cached_environment()
    if not environment.complete:
        pytest.skip(_HOW)
    return environment


@pytest.fixture(scope="session")
def label_studio_pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerPool]:
    """Label Studio loaded once for the whole run; its empty migrated database is kept between runs."""
    environment = label_studio_environment()
    log = tmp_path_factory.mktemp("label-studio") / "server.log"
    with ServerPool(environment.python, environment.empty_database, log) as pool:
        yield pool


@pytest.fixture(scope="session")
def usual_port() -> int:
    """Where the first server of each test listens: what the browser kept of its pages serves the next test as well."""
    return free_port()


@pytest.fixture
def start_label_studio(
    label_studio_pool: ServerPool, usual_port: int, tmp_path: Path
) -> Iterator[Callable[..., LabelStudio]]:
    """Start servers: keyword arguments replace Django settings, for instance `WEBHOOK_TIMEOUT=0.2`."""
    started: list[LabelStudio] = []

    def start(**settings: object) -> LabelStudio:
        folder = tmp_path / f"label-studio-{len(started)}"
        folder.mkdir()
        port = 0 if started or in_use(usual_port) else usual_port
        started.append(LabelStudio(label_studio_pool.start(folder, port=port, settings=settings)))
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


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One Chromium for all tests that have a server of their own: the editor is fetched and compiled once."""
    driver = chromium(tmp_path_factory.mktemp("chromium"))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chrome: Chrome, artifacts: Path) -> Browser:
    """A real Chromium that remembers nobody, in a new window of 1400 × 1000."""
    forget(chrome)
    return Browser(chrome, artifacts)


@pytest.fixture(scope="session")
def room(label_studio_pool: ServerPool, tmp_path_factory: pytest.TempPathFactory, artifacts: Path) -> Iterator[Room]:
    """One Label Studio and one browser for all tests that only look: each opens tasks of its own."""
    folder = tmp_path_factory.mktemp("room")
    driver = chromium(folder / "chromium")
    (folder / "label-studio").mkdir()
    studio = LabelStudio(label_studio_pool.start(folder / "label-studio"))
    try:
        yield Room(studio, Browser(driver, artifacts))
    finally:
        driver.quit()
        studio.close()
        label_studio_pool.stop(studio.server)
