"""Taking webhooks: each delivery is checked, stored durably, answered."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from guidelint.labelstudio.connection.webhook_event import BadEvent, Trial, decode_event
from guidelint.service.log import Sometimes, note
from guidelint.service.receiver.wire.refusal import Refusal, answer
from guidelint.service.store.base.faults import in_words
from guidelint.service.store.hints import inbox

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from guidelint.service.receiver.group_commit import GroupCommit, Rows
    from guidelint.service.receiver.hold import Hold
    from guidelint.service.receiver.watching.metrics import Metrics
    from guidelint.service.receiver.watching.outlook import Outlook
    from guidelint.service.receiver.wire.bodies import Bodies


def _wrong_secrets() -> Sometimes:
    return Sometimes("deliveries with a wrong secret were refused", logging.WARNING)


@dataclass(slots=True)
class HookRoute:
    """Takes the webhooks of the servers that are named."""

    servers: Mapping[str, str]
    """Name in the path → address of that Label Studio."""
    knows_secret: Callable[[Request], bool]
    bodies: Bodies
    storing: GroupCommit
    hold: Hold
    wake: Callable[[], None]
    """Tells the judging process that something is pending."""
    outlook: Outlook
    metrics: Metrics
    _wrong_secrets: Sometimes = field(default_factory=_wrong_secrets)

    async def take(self, request: Request) -> Response:
        """One delivery; 200 when the verdict can be seen already, else 202."""
        began = time.monotonic()
        try:
            address = self._admitted(request)
            rows = await self._rows(request, address)
            seqs = await self._put(address, rows)
        except Refusal as refusal:
            self.metrics.deliveries.labels(refusal.outcome).inc()
            return refusal.answer()
        self.metrics.deliveries.labels("taken").inc()
        return await self._answered(seqs if rows[0]["lane"] == inbox.INTERACTIVE else [], began)

    def _admitted(self, request: Request) -> str:
        """Give the address of the Label Studio that a delivery comes from. Raises Refusal."""
        address = self.servers.get(request.path_params["server"])
        if not self.knows_secret(request):
            self._wrong_secrets.note(server=address or "unknown")
            if address is not None:
                self.outlook.refusals[address].refused()
            raise Refusal(401, "wrong_secret", "the secret is wrong")
        if address is None:
            raise Refusal(404, "unknown_server", "this service does not know that Label Studio")
        self.outlook.refusals[address].accepted()
        return address

    async def _rows(self, request: Request, address: str) -> Rows:
        """Read a delivery. Raises Refusal."""
        try:
            async with self.bodies.of(request) as body:
                event = decode_event(body)
        except Trial as error:
            raise Refusal(400, "trial", "this is not a Label Studio event") from error
        except BadEvent as error:
            note("a delivery was not understood", logging.WARNING, server=address, reason=str(error))
            raise Refusal(400, "no_event", "this is not a Label Studio event") from error
        except Refusal as error:
            note("a delivery was not read to its end", logging.WARNING, server=address, reason=str(error))
            raise
        if event.beyond:
            note("a delivery leads to a sweep", logging.WARNING, server=address, reason=event.beyond)
        return inbox.rows_of(address, event)

    async def _put(self, address: str, rows: Rows) -> list[int]:
        """Store it. Raises Refusal."""
        try:
            return await self.storing.put(rows)
        except SQLAlchemyError as error:
            self.metrics.store_errors.inc()
            note("a delivery could not be stored", logging.ERROR, server=address, reason=in_words(error))
            raise Refusal(503, "not_stored", "it could not be stored") from error

    async def _answered(self, seqs: list[int], began: float) -> Response:
        """Answer a delivery. ``seqs``: rows that somebody may wait for."""
        may_wait = len(seqs) == 1 and self.hold.may_wait()
        self.hold.opened(seqs)
        self.metrics.stored(seqs)
        self.wake()
        if may_wait and await self.hold.wait(seqs[0], time.monotonic() - began):
            return answer(200, "judged")
        return answer(202, "stored")
