"""The service as processes of its own, and a fake Label Studio on a port of this process."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import psutil
import uvicorn
from tests.service.bench import SECRET, plan

from guidelint.labelstudio.connection.address import SECRET_HEADER, hook_path
from guidelint.labelstudio.fake.fake import FakeLabelStudio
from guidelint.labelstudio.fake.http import app
from guidelint.service.store.base.database import open_store, store_url
from guidelint.service.store.base.migrate import migrate
from guidelint.service.store.projects import record_push

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from guidelint.validation.judging.plan import Plan

PATIENCE_S = 300.0
"""Long enough for the busiest machine: only what never comes is a failure."""


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextlib.contextmanager
def web_server(application: Any, port: int) -> Generator[None]:
    """Serve an application from a thread of this process."""
    server = uvicorn.Server(uvicorn.Config(application, port=port, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


@dataclass
class Service:
    """One ``guidelint serve`` that can be killed and started again."""

    label_studio: str
    store: Path
    options: Sequence[str] = ()
    module: Sequence[str] = ("-m", "guidelint.cli")
    environment: dict[str, str] = field(default_factory=dict[str, str])
    port: int = field(default_factory=free_port)
    elsewhere: str = ""
    """URL of the store, where it is not the file ``store``."""
    process: subprocess.Popen[bytes] | None = None

    @property
    def place(self) -> str:
        """Where the store is, as the command is told."""
        return self.elsewhere or str(self.store)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def hook(self) -> str:
        """Where it takes webhooks."""
        return self.url + hook_path(self.label_studio)

    def start(self) -> None:
        """Start it and wait until it takes deliveries."""
        command = [sys.executable, *self.module, "serve", self.label_studio]
        log = (self.store.parent / "service.log").open("ab")
        with log:
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                [*command, "--port", str(self.port), "--store", self.place, *self.options],
                env={**os.environ, **_secrets(), **self.environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/health", timeout=10).is_success:
                    return
            time.sleep(0.02)
        raise AssertionError((self.store.parent / "service.log").read_text()[-3000:])

    def ready(self) -> dict[str, Any]:
        """What it says of itself to those who know the secret."""
        headers = {SECRET_HEADER: SECRET}
        answer: dict[str, Any] = httpx.get(f"{self.url}/ready", headers=headers, timeout=PATIENCE_S).json()
        return answer

    def settle(self) -> None:
        """Wait until nothing is pending; patience ends when it does not get less."""
        deadline, least = time.monotonic() + PATIENCE_S, sys.maxsize
        while time.monotonic() < deadline:
            pending = self.ready()["pending"]
            if pending == 0:
                return
            if pending < least:
                deadline, least = time.monotonic() + PATIENCE_S, pending
            time.sleep(0.1)
        raise AssertionError(self.ready())

    def judging_process(self) -> psutil.Process | None:
        """Its judging process."""
        if self.process is None:
            return None
        with contextlib.suppress(psutil.NoSuchProcess):
            return next(iter(psutil.Process(self.process.pid).children()), None)
        return None

    def kill(self) -> None:
        """SIGKILL to the receiver alone; the judging process notices by the end of its input."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()

    def kill_all(self) -> None:
        """SIGKILL to receiver and judging process at once."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it as an administrator would."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE_S)

    def sweep(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Run ``guidelint sweep`` to its end."""
        return self.run("sweep", self.label_studio, *options)

    def run(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Run a command on its store to its end."""
        command = [sys.executable, "-m", "guidelint.cli", *options, "--store", self.place]
        return subprocess.run(  # noqa: S603 - our own command
            command,
            env={**os.environ, **_secrets(), **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )


def wait_for_end(process: psutil.Process) -> None:
    """Wait until it does nothing any more; whoever inherits it may take its time to clear it away."""
    with contextlib.suppress(psutil.NoSuchProcess):
        while process.status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.005)


def _secrets() -> dict[str, str]:
    return {"GUIDELINT_SECRET": SECRET, "GUIDELINT_TOKEN": "token-1"}


@dataclass
class Rig:
    """A fake Label Studio on a port, one project that follows a guideline, and the service."""

    fake: FakeLabelStudio
    project: int
    service: Service


@contextlib.contextmanager
def rig(folder: Path, *options: str, guideline: Plan | None = None, **service: Any) -> Generator[Rig]:
    """Set everything up; the service is not started yet, and ended at the end."""
    fake, port, store = FakeLabelStudio(), free_port(), folder / "store.db"
    address = f"http://127.0.0.1:{port}"
    project = fake.add_project()
    made = Service(address, store, options, **service)
    fake.add_webhook(project, made.hook, {SECRET_HEADER: SECRET})
    migrate(store_url(str(store)))
    engine = open_store(store_url(str(store)))
    record_push(engine, address, project, guideline or plan(), "2020-01-01T00:00:00.000000Z")
    engine.dispose()
    with web_server(app(fake), port):
        try:
            yield Rig(fake, project, made)
        finally:
            made.stop()
