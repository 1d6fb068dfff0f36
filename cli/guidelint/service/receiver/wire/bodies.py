"""Bodies of requests: read in full, bounded in size, in time, and in what all of them take together."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from guidelint.labelstudio.connection.webhook_event import BODY_LIMIT_BYTES
from guidelint.service.receiver.wire.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request

TOGETHER_BYTES = 4 * BODY_LIMIT_BYTES
"""Bodies that are read at the same time never take more memory than this."""


@dataclass(slots=True)
class Bodies:
    """Reads bodies."""

    within_s: float = 20.0
    """So long a body may take to arrive."""
    longest_bytes: int = BODY_LIMIT_BYTES
    together_bytes: int = TOGETHER_BYTES
    _held_bytes: int = 0

    @contextlib.asynccontextmanager
    async def of(self, request: Request) -> AsyncGenerator[bytes]:
        """Give the body of a request; its memory counts until the block is left. Raises Refusal."""
        if _declared_bytes(request) > self.longest_bytes:
            raise self._too_long()
        parts: list[bytes] = []
        try:
            await self._read(request, parts)
            yield b"".join(parts)
        finally:
            self._held_bytes -= sum(map(len, parts))

    async def _read(self, request: Request, parts: list[bytes]) -> None:
        try:
            async with asyncio.timeout(self.within_s):
                await self._take(request, parts)
        except TimeoutError as error:
            raise Refusal(408, "too_slow", f"the body did not arrive within {self.within_s:g} s") from error
        except ClientDisconnect as error:
            raise Refusal(400, "broken_off", "the delivery broke off") from error

    async def _take(self, request: Request, parts: list[bytes]) -> None:
        size = 0
        async for part in request.stream():
            size += len(part)
            if size > self.longest_bytes:
                raise self._too_long()
            if self._held_bytes + len(part) > self.together_bytes:
                raise Refusal(503, "overload", "too much is being delivered at once")
            self._held_bytes += len(part)
            parts.append(part)

    def _too_long(self) -> Refusal:
        return Refusal(413, "too_long", f"the body is longer than {self.longest_bytes} bytes")


def _declared_bytes(request: Request) -> int:
    """Length that the headers announce; 0: they do not."""
    told = request.headers.get("content-length", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 20 else 0  # noqa: PLR2004 - digits of 2**64
