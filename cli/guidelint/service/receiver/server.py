"""The web server around the receiver, from the first connection to an end that keeps nobody waiting."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import uvicorn

from guidelint.service.receiver.bounded_http import BoundedHttp

if TYPE_CHECKING:
    import socket

    from guidelint.service.receiver.receiver import Receiver

ANSWERED_WITHIN_S = 1
"""Whoever is being answered when the service is told to end has this long; whole seconds, as uvicorn counts."""


class Server(uvicorn.Server):
    """Lets go of what waits before it waits for the rest."""

    def __init__(self, receiver: Receiver, host: str, port: int) -> None:
        config = uvicorn.Config(
            receiver.app(),
            host=host,
            port=port,
            http=BoundedHttp,
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=ANSWERED_WITHIN_S,
        )
        super().__init__(config)
        self._receiver = receiver

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End."""
        self._receiver.let_go()
        await super().shutdown(sockets)


def run(receiver: Receiver, host: str, port: int) -> None:
    """Serve until interrupted."""
    with contextlib.suppress(KeyboardInterrupt):
        Server(receiver, host, port).run()
