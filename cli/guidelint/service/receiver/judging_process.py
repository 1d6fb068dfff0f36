"""The judging process as the receiver sees it: started, told of new rows, listened to, started again when it ends."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import time
from typing import TYPE_CHECKING

import msgspec

from guidelint.service.log import logger, note
from guidelint.service.messages import State, Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.service.settings import Settings

LONGEST_PAUSE_S = 30.0
LONGEST_LINE_BYTES = 4 * 1024 * 1024
ENDS_WITHIN_S = 1.2
"""It gives up what it is at within this; what it had not finished is judged after the next start."""
QUIET_S = 60.0
"""A process that lived this long was healthy: the next pause is short again."""


class JudgingProcess:
    """Keeps one judging process running."""

    def __init__(self, settings: Settings, hear: Callable[[Told], None], restarts: Callable[[], None]) -> None:
        self._settings = settings
        self._hear = hear
        self._restarts = restarts
        self._state = State()
        self._heard_at = 0.0
        self._process: asyncio.subprocess.Process | None = None
        self._keeper: asyncio.Task[None] | None = None

    @property
    def alive(self) -> bool:
        """Whether it runs now."""
        return self._process is not None and self._process.returncode is None

    @property
    def state(self) -> State:
        """How it stands, as it said last."""
        return self._state if self.alive else State()

    @property
    def heard_s(self) -> float | None:
        """So many seconds ago it was last heard of; None: it does not run."""
        return time.monotonic() - self._heard_at if self.alive else None

    def start(self) -> None:
        """Start it and keep it running."""
        self._keeper = asyncio.get_running_loop().create_task(self._keep())

    def wake(self) -> None:
        """Tell it that something is pending. When it does not run it will look by itself."""
        if self.alive and self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(ConnectionError, RuntimeError):
                self._process.stdin.write(b"\n")

    def let_go(self) -> None:
        """Let it give up what it is at, and end; it is not started again."""
        if self._keeper is not None:
            self._keeper.cancel()
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()

    async def close(self, patience_s: float = ENDS_WITHIN_S) -> None:
        """Let it end; after a while without patience."""
        self.let_go()
        if self._keeper is not None:
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper
        process = self._process
        if process is None or process.returncode is not None:
            return
        try:
            await asyncio.wait_for(process.wait(), patience_s)
        except TimeoutError:
            process.kill()
            await process.wait()

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        pause_s = 0.1
        while True:
            began = loop.time()
            try:
                await self._live()
            except Exception:  # noqa: BLE001 - whatever happened to one life, the next one is begun
                logger.exception("the judging process cannot be kept")
                self._kill()
            self._restarts()
            note("the judging process ended and is started again", logging.WARNING)
            pause_s = 0.1 if loop.time() - began > QUIET_S else min(LONGEST_PAUSE_S, pause_s * 2)
            await asyncio.sleep(pause_s)

    async def _live(self) -> None:
        """One life of the process; the settings go through its standard input, where nobody can look them up."""
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-m", "guidelint.service.worker.process")
        self._state = State()
        self._process = process = await asyncio.create_subprocess_exec(
            *command, stdin=pipe, stdout=pipe, limit=LONGEST_LINE_BYTES
        )
        if process.stdin is None or process.stdout is None:
            raise AssertionError("both were asked for")
        with contextlib.suppress(ConnectionError):
            process.stdin.write(msgspec.json.encode(self._settings) + b"\n")
            await process.stdin.drain()
        self._heard_at = time.monotonic()
        while line := await process.stdout.readline():
            told = msgspec.json.decode(line, type=Told)
            self._heard_at = time.monotonic()
            self._state = told.state or self._state
            self._hear(told)
        await process.wait()

    def _kill(self) -> None:
        if self.alive and self._process is not None:
            self._process.kill()
