"""Whatever goes wrong with a request in a way that nobody foresaw: told in the log, answered with 503."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from guidelint.service.log import logger, note

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class LastResort:
    """Stands around an application: Label Studio, a proxy or a prober is never told of a fault by 500."""

    def __init__(self, app: ASGIApp, failed: Callable[[], None]) -> None:
        self._app = app
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except asyncio.CancelledError:
            note("a request was cut short: the service ends", logging.WARNING)
            await _unless(begun, scope, receive, send, "the service ends")
        except Exception:  # noqa: BLE001 - one request must not decide how others are answered
            logger.exception("a request failed", extra={"facts": {"method": scope.get("method", "")}})
            self._failed()
            await _unless(begun, scope, receive, send, "it could not be dealt with; the log of the service says more")


async def _unless(begun: bool, scope: Scope, receive: Receive, send: Send, what: str) -> None:  # noqa: FBT001 - as it reads
    if not begun and scope["type"] == "http":
        await JSONResponse({"detail": what}, status_code=503)(scope, receive, send)
