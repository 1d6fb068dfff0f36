"""Real Label Studio servers on this machine, each with a folder, a database and a port of its own."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LAST_WORDS = 1500
_BOOT = Path(__file__).with_name("boot.py")

QUIET: Mapping[str, str] = {
    "SENTRY_DSN": "",
    "FRONTEND_SENTRY_DSN": "",
    "COLLECT_ANALYTICS": "false",
    "LATEST_VERSION_CHECK": "false",
    "LOG_LEVEL": "ERROR",
}
"""No call home, no version look-up, no chatter."""

LOCAL: Mapping[str, str] = {
    "SSRF_PROTECTION_ENABLED": "false",
    "ML_BLOCK_LOCAL_IP": "false",
    "LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED": "true",
}
"""A server that only this machine can reach may call this machine, and serve files that lie in its folder."""


class LabelStudioFailedError(RuntimeError):
    """Label Studio could not be loaded or started."""


@dataclass(frozen=True)
class RunningServer:
    """A Label Studio that answers; `token` is the first user's legacy token."""

    url: str
    pid: int
    token: str
    email: str
    password: str
    folder: Path


@dataclass
class ServerPool:
    """Label Studio loaded once in its own Python; every `start` forks a server from it in about 0.3 s.

    `empty_database` is migrated when it does not exist yet (about 25 s) and kept for the next time.
    """

    python: Path
    empty_database: Path
    log: Path
    on_phase: Callable[[str], None] = lambda _phase: None
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    _process: subprocess.Popen[str] | None = None
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Self:
        """Load Label Studio and wait until servers can be started."""
        self.empty_database.parent.mkdir(parents=True, exist_ok=True)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own script, in the environment we were given
                [str(self.python), str(_BOOT), str(self.empty_database)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=self._variables(),
                start_new_session=True,
            )
        try:
            while not (answer := self._answer()).get("ready"):
                self.on_phase(str(answer.get("phase", "")))
        except LabelStudioFailedError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        """End every server and the loaded application."""
        if self._process is None:
            return
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def start(
        self,
        folder: Path,
        *,
        email: str = "lead@example.org",
        password: str = "guidelint-lead",  # noqa: S107 - a loopback server for tests and demonstrations
        port: int = 0,
        settings: Mapping[str, object] | None = None,
    ) -> RunningServer:
        """Start a server in `folder`; `settings` replaces Django settings, port 0 takes a free one."""
        order = {
            "folder": str(folder),
            "email": email,
            "password": password,
            "host": "127.0.0.1",
            "port": port,
            "settings": dict(settings or {}),
        }
        answer = self._ask({"serve": order})
        if "failed" in answer:
            raise LabelStudioFailedError(f"Label Studio did not start: {answer['failed']}")
        return RunningServer(answer["url"], answer["pid"], answer["token"], email, password, folder)

    def stop(self, server: RunningServer) -> None:
        """End one server; its folder stays."""
        self._ask({"stop": server.pid})

    def _variables(self) -> dict[str, str]:
        home = self.empty_database.parent / "home"
        home.mkdir(parents=True, exist_ok=True)
        return {**os.environ, "LABEL_STUDIO_BASE_DATA_DIR": str(home), **QUIET, **LOCAL, **self.environment}

    def _ask(self, order: dict[str, object]) -> dict[str, Any]:
        with self._turn:
            process = self._process
            if process is None or process.stdin is None:
                raise LabelStudioFailedError("Label Studio is not loaded: use the pool in a with statement")
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            return self._answer()

    def _answer(self) -> dict[str, Any]:
        process = self._process
        line = process.stdout.readline() if process is not None and process.stdout is not None else ""
        if not line:
            words = self.log.read_text(encoding="utf-8", errors="replace")[-_LAST_WORDS:]
            raise LabelStudioFailedError(f"Label Studio ended while loading; its last words in {self.log}:\n{words}")
        answer: dict[str, Any] = json.loads(line)
        return answer
