"""The service of the demonstration, as a process of its own: started, waited for, ended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from guidelint.labelstudio.connection.credentials import TOKEN_VARIABLE
from guidelint.service.settings import SECRET_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

PROGRAM = ("-m", "guidelint.cli")
UP_WITHIN_S = 300.0
_ENDS_WITHIN_S = 20.0


@dataclass(frozen=True, slots=True)
class Service:
    """Where the service listens, where it stores, and the secret it shares with Label Studio."""

    port: int
    store: Path
    secret: str

    @property
    def url(self) -> str:
        """Address of the service."""
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    """Find a port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serving(
    service: Service,
    label_studio: str,
    token: str,
    log: Path,
    more: Sequence[str] = (),
    *,
    program: Sequence[str] = PROGRAM,
) -> Generator[None]:
    """Run `guidelint serve`, with more options if given, until the block is left."""
    command = [sys.executable, *program, "serve", label_studio]
    options = ["--port", str(service.port), "--store", str(service.store)]
    secrets = {SECRET_VARIABLE: service.secret, TOKEN_VARIABLE: token}
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*command, *options, *more],
            env={**os.environ, **secrets},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        _wait(service, process, log)
        yield
    finally:
        _end(process)


def _wait(service: Service, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + UP_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{service.url}/health", timeout=2).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError(f"the service did not come up; its last words:\n{log.read_text(encoding='utf-8')[-2000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=_ENDS_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
