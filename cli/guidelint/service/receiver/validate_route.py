"""Judging an annotation before it is handed in, for whoever asks: at once, and nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from starlette.responses import Response

from guidelint.service.receiver.wire.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

    from guidelint.service.receiver.watching.metrics import Metrics
    from guidelint.service.receiver.wire.bodies import Bodies
    from guidelint.service.validator.messages import Reply


class Asking(Protocol):
    """What is needed of the validating process."""

    async def ask(self, server: str, body: bytes) -> Reply:
        """Have an annotation judged. Raises Refusal."""
        ...

    def let_go(self) -> None:
        """Let it end."""
        ...

    async def close(self) -> None:
        """End it."""
        ...


@dataclass(slots=True)
class ValidateRoute:
    """Answers what is asked about projects of the servers that are named."""

    servers: Mapping[str, str]
    """Name in the path → address of that Label Studio."""
    knows_secret: Callable[[Request], bool]
    bodies: Bodies
    process: Asking
    metrics: Metrics

    async def validate(self, request: Request) -> Response:
        """One annotation."""
        try:
            reply = await self._reply(request)
        except Refusal as refusal:
            self.metrics.validations.labels(refusal.outcome).inc()
            return refusal.answer()
        self.metrics.validations.labels(reply.outcome).inc()
        return Response(bytes(reply.body), status_code=reply.status, media_type="application/json")

    async def _reply(self, request: Request) -> Reply:
        if not self.knows_secret(request):
            raise Refusal(401, "wrong_secret", "the secret is wrong")
        address = self.servers.get(request.path_params["server"])
        if address is None:
            raise Refusal(404, "unknown_server", "this service does not know that Label Studio")
        async with self.bodies.of(request) as body:
            return await self.process.ask(address, body)
