"""The web server around the receiver, from the first connection to an end that keeps nobody waiting."""

from __future__ import annotations

import contextlib
import signal
import sys
from typing import TYPE_CHECKING, cast

import uvicorn

from guidelint.service.receiver.wire.bounded_http import BoundedHttp

if TYPE_CHECKING:
    import socket

    from guidelint.service.receiver.receiver import Receiver

ANSWERED_WITHIN_S = 0.4
"""Whoever is being answered when the service is told to end has this long."""


class Server(uvicorn.Server):
    """Lets go of what waits before it waits for the rest."""

    def __init__(self, receiver: Receiver) -> None:
        config = uvicorn.Config(
            receiver.app(),
            http=BoundedHttp,
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
        )
        config.timeout_graceful_shutdown = cast("int", ANSWERED_WITHIN_S)  # uvicorn only hands it to asyncio
        super().__init__(config)
        self._receiver = receiver

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End."""
        self._receiver.let_go()
        await super().shutdown(sockets)


def run(receiver: Receiver, sockets: list[socket.socket]) -> None:
    """Serve until interrupted; whoever ends the service finds everything put away, and the status 0."""
    signal.signal(signal.SIGTERM, _end)  # uvicorn ends in an orderly way first, and then signals once more
    with contextlib.suppress(KeyboardInterrupt):
        Server(receiver).run(sockets)


def _end(*_: object) -> None:
    sys.exit(0)
