"""The validating process as the receiver sees it: started by the first question, ended when it takes too long."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING

import msgspec

from guidelint.service.log import note
from guidelint.service.receiver.wire.refusal import Refusal
from guidelint.service.validator.messages import Question, Reply

if TYPE_CHECKING:
    from guidelint.service.settings import Settings

COMMAND = (sys.executable, "-m", "guidelint.service.validator.process")
STARTS_WITHIN_S = 60.0
"""So long a question waits for it to get ready."""
MOST_WAITING = 4
"""So many questions wait for their turn; whoever asks beyond is told to come again."""
LONGEST_LINE_BYTES = 32 * 1024 * 1024


class ValidatingProcess:
    """Asks one question at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._within_s = settings.validated_within_s
        self._process: asyncio.subprocess.Process | None = None
        self._is_ready = False
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._over = False

    async def ask(self, server: str, body: bytes) -> Reply:
        """Have an annotation judged. Raises Refusal when there are too many questions, or the answer takes too long."""
        if self._waiting >= MOST_WAITING or self._over:
            raise Refusal(503, "overload", "too many annotations wait for being judged: ask again in a moment")
        self._waiting += 1
        try:
            async with self._turn:
                return await self._asked(server, body)
        finally:
            self._waiting -= 1

    def let_go(self) -> None:
        """End it: what it is asked is not worth waiting for."""
        self._over = True
        self._kill()

    async def close(self) -> None:
        """End it, and wait until it has ended; the next question starts another."""
        self._kill()
        process, self._process = self._process, None
        if process is not None:
            await process.wait()

    async def _asked(self, server: str, body: bytes) -> Reply:
        try:
            process = await self._running()
            async with asyncio.timeout(self._within_s):
                return await _exchange(process, server, body)
        except TimeoutError as error:
            await self.close()
            note("a validation took too long, and was broken off", server=server)
            raise Refusal(503, "too_slow", f"judging it takes longer than {self._within_s:g} s") from error
        except (ConnectionError, EOFError, msgspec.DecodeError, asyncio.LimitOverrunError, ValueError) as error:
            await self.close()
            note("the validating process ended", server=server, reason=type(error).__name__)
            raise Refusal(503, "failed", "it could not be judged; the log of the service says more") from error
        except asyncio.CancelledError:
            if self._is_ready:
                await self.close()  # its answer would be taken for that to the next question
            raise

    async def _running(self) -> asyncio.subprocess.Process:
        """Start it unless it runs; one that reads many facts of images is let go on. Raises Refusal, EOFError."""
        if self._process is None or self._process.returncode is not None:
            pipe = asyncio.subprocess.PIPE
            self._is_ready = False
            self._process = await asyncio.create_subprocess_exec(
                *COMMAND, stdin=pipe, stdout=pipe, limit=LONGEST_LINE_BYTES
            )
            await _send(self._process, msgspec.json.encode(self._settings) + b"\n")
        if not self._is_ready:
            await self._gets_ready(self._process)
        return self._process

    async def _gets_ready(self, process: asyncio.subprocess.Process) -> None:
        try:
            async with asyncio.timeout(STARTS_WITHIN_S):
                await _line(process)
        except TimeoutError as error:
            raise Refusal(503, "too_slow", "it is getting ready, which takes long: ask again in a moment") from error
        self._is_ready = True

    def _kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()


async def _exchange(process: asyncio.subprocess.Process, server: str, body: bytes) -> Reply:
    await _send(process, msgspec.json.encode(Question(server, len(body))) + b"\n" + body)
    return msgspec.json.decode(await _line(process), type=Reply)


async def _send(process: asyncio.subprocess.Process, content: bytes) -> None:
    if process.stdin is None:
        raise AssertionError("it was asked for")
    process.stdin.write(content)
    await process.stdin.drain()


async def _line(process: asyncio.subprocess.Process) -> bytes:
    if process.stdout is None:
        raise AssertionError("it was asked for")
    line = await process.stdout.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    return line
