"""The receiver: takes webhooks, stores them durably, answers. Nothing slow happens here."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import logging
import time
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from guidelint.labelstudio.address import SECRET_HEADER, server_key
from guidelint.labelstudio.event import BadEvent, decode_event
from guidelint.service.log import Sometimes, note
from guidelint.service.receiver.backlog import Backlog
from guidelint.service.receiver.bodies import Bodies, BodyRefused
from guidelint.service.receiver.group_commit import GroupCommit
from guidelint.service.receiver.hold import Hold
from guidelint.service.receiver.judging_process import JudgingProcess
from guidelint.service.receiver.last_resort import LastResort
from guidelint.service.receiver.outlook import Judge, Outlook
from guidelint.service.receiver.watch_routes import WatchRoutes
from guidelint.service.settings import Settings, SettingsError
from guidelint.service.store import inbox
from guidelint.service.store.faults import in_words

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import sqlalchemy as sa
    from starlette.requests import Request

    from guidelint.service.messages import Told


class Judging(Judge, Protocol):
    """What the receiver needs of the judging process."""

    def start(self) -> None:
        """Start it."""
        ...

    def wake(self) -> None:
        """Tell it that something is pending."""
        ...

    def let_go(self) -> None:
        """Let it begin to end."""
        ...

    async def close(self) -> None:
        """End it."""
        ...


class Receiver:
    """Takes the webhooks of the servers named in the settings."""

    def __init__(self, settings: Settings, engine: sa.Engine, judging: Judging | None = None) -> None:
        if not settings.secret:
            raise SettingsError("there is no webhook secret")
        self._secrets = [secret.encode() for secret in (settings.secret, *settings.older_secrets)]
        self._servers = {server_key(address): address for address in settings.servers}
        self._engine = engine
        self._storing = GroupCommit(engine)
        self._bodies = Bodies(settings.body_within_s)
        self._wrong_secrets = Sometimes("deliveries with a wrong secret were refused", logging.WARNING)
        self.hold = Hold(settings.hold_ms / 1000, settings.hold_at_most)
        self._backlog = Backlog(engine, self.hold)
        self._judging: Judging = judging or JudgingProcess(settings, self.hear)
        self._outlook = Outlook(settings, engine, self._judging)

    def app(self) -> Starlette:
        """Make the web application."""
        return Starlette(
            routes=[
                Route("/hooks/{server}", self.take, methods=["POST"]),
                *WatchRoutes(self._outlook, self.hold, self._knows_secret).routes(),
            ],
            middleware=[Middleware(LastResort, failed=lambda: None)],
            lifespan=self._life,
        )

    def hear(self, told: Told) -> None:
        """Take in what the judging process says."""
        self._outlook.hear(told)
        self.hold.shown(told.shown)
        self.hold.closed(told.done)

    def let_go(self) -> None:
        """Let nobody wait for a verdict any more: the service is about to end."""
        self.hold.let_go()
        self._judging.let_go()

    async def take(self, request: Request) -> Response:
        """One delivery: checked, stored, answered; 200 when the verdict can be seen already, else 202."""
        began = time.monotonic()
        address = self._servers.get(request.path_params["server"])
        if not self._knows_secret(request):
            self._wrong_secrets.note(server=address or "unknown")
            if address is not None:
                self._outlook.refusals[address].refused()
            return _answer(401, "the secret is wrong")
        if address is None:
            return _answer(404, "this service does not know that Label Studio")
        self._outlook.refusals[address].accepted()
        try:
            async with self._bodies.of(request) as body:
                event = decode_event(body)
        except BadEvent as error:
            note("a delivery was not understood", logging.WARNING, server=address, reason=str(error))
            return _answer(400, "this is not a Label Studio event")
        except BodyRefused as error:
            note("a delivery was not read to its end", logging.WARNING, server=address, reason=str(error))
            return _answer(error.status, str(error))
        if event.beyond:
            note("a delivery leads to a sweep", logging.WARNING, server=address, reason=event.beyond)
        rows = inbox.rows_of(address, event)
        try:
            seqs = await self._storing.put(rows)
        except SQLAlchemyError as error:
            note("a delivery could not be stored", logging.ERROR, server=address, reason=in_words(error))
            return _answer(503, "it could not be stored")
        return await self._stored(seqs if rows[0]["lane"] == inbox.INTERACTIVE else [], began)

    def _knows_secret(self, request: Request) -> bool:
        """Whether a request carries one of the secrets."""
        given = request.headers.get(SECRET_HEADER, "").encode()
        return any(hmac.compare_digest(given, secret) for secret in self._secrets)

    async def _stored(self, seqs: list[int], began: float) -> Response:
        """Answer a delivery. ``seqs``: rows that somebody may wait for."""
        may_wait = len(seqs) == 1 and self.hold.may_wait()
        self.hold.opened(seqs)
        self._judging.wake()
        if may_wait and await self.hold.wait(seqs[0], time.monotonic() - began):
            return _answer(200, "judged")
        return _answer(202, "stored")

    @contextlib.asynccontextmanager
    async def _life(self, _app: Starlette) -> AsyncGenerator[None]:
        self._storing.start()
        self._judging.start()
        following = asyncio.get_running_loop().create_task(self._backlog.follow())
        try:
            yield
        finally:
            following.cancel()
            await self._judging.close()
            self._storing.close()


def _answer(status: int, what: str) -> JSONResponse:
    return JSONResponse({"detail": what}, status_code=status)
