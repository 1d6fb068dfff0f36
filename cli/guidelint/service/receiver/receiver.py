"""The receiver: takes webhooks, tells how the service stands. Nothing slow happens here."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
from typing import TYPE_CHECKING, Protocol

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from guidelint.labelstudio.connection.address import SECRET_HEADER, server_key
from guidelint.service.receiver.group_commit import GroupCommit
from guidelint.service.receiver.hold import Hold
from guidelint.service.receiver.hook_route import HookRoute
from guidelint.service.receiver.judging_process import JudgingProcess
from guidelint.service.receiver.validate_route import Asking, ValidateRoute
from guidelint.service.receiver.validating_process import ValidatingProcess
from guidelint.service.receiver.watching.backlog import Backlog
from guidelint.service.receiver.watching.metrics import Metrics
from guidelint.service.receiver.watching.outlook import Judge, Outlook
from guidelint.service.receiver.watching.watch_routes import WatchRoutes
from guidelint.service.receiver.wire.bodies import Bodies
from guidelint.service.receiver.wire.last_resort import LastResort
from guidelint.service.settings import Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    import sqlalchemy as sa
    from starlette.requests import Request
    from starlette.responses import Response

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

    def __init__(
        self,
        settings: Settings,
        engine: sa.Engine,
        judging: Judging | None = None,
        validating: Asking | None = None,
    ) -> None:
        if not settings.secret:
            raise SettingsError("there is no webhook secret")
        self._secrets = [secret.encode() for secret in (settings.secret, *settings.older_secrets)]
        self.metrics = Metrics()
        self.hold = Hold(settings.hold_ms / 1000, settings.hold_at_most)
        self.bodies = Bodies(settings.body_within_s)
        self._storing = GroupCommit(engine)
        self._backlog = Backlog(engine, self.hold)
        self._judging: Judging = judging or JudgingProcess(settings, self.hear, self.metrics.restarts.inc)
        self.outlook = Outlook(settings, engine, self._judging, self.metrics.store_errors.inc)
        servers = {server_key(address): address for address in settings.servers}
        self._hooks = HookRoute(
            servers,
            self._knows_secret,
            self.bodies,
            self._storing,
            self.hold,
            self._judging.wake,
            self.outlook,
            self.metrics,
        )

        self._validating: Asking = validating or ValidatingProcess(settings)
        self._validate = ValidateRoute(servers, self._knows_secret, self.bodies, self._validating, self.metrics)

    def app(self) -> Starlette:
        """Make the web application."""
        watching = WatchRoutes(self.outlook, self.hold, self.metrics, self._knows_secret)
        application = Starlette(
            routes=[
                *_with_or_without_slash("/hooks/{server}", self._hooks.take),
                *_with_or_without_slash("/validate/{server}", self._validate.validate),
                *watching.routes(),
            ],
            middleware=[Middleware(LastResort, failed=self.metrics.failures.inc)],
            lifespan=self._life,
        )
        application.router.redirect_slashes = False
        return application

    def hear(self, told: Told) -> None:
        """Take in what the judging process says."""
        self.outlook.hear(told)
        self.metrics.hear(told)
        self.hold.shown(told.shown)
        self.hold.closed(told.done)

    def let_go(self) -> None:
        """Let nobody wait for a verdict any more: the service is about to end."""
        self.hold.let_go()
        self._judging.let_go()
        self._validating.let_go()

    def _knows_secret(self, request: Request) -> bool:
        """Whether a request carries one of the secrets."""
        given = request.headers.get(SECRET_HEADER, "").encode()
        return any(hmac.compare_digest(given, secret) for secret in self._secrets)

    @contextlib.asynccontextmanager
    async def _life(self, _app: Starlette) -> AsyncGenerator[None]:
        self._storing.start()
        self._judging.start()
        loop = asyncio.get_running_loop()
        meanwhile = [loop.create_task(self._backlog.follow()), loop.create_task(self.outlook.show_up())]
        try:
            yield
        finally:
            for task in meanwhile:
                task.cancel()
            await self._validating.close()
            await self._judging.close()
            await asyncio.gather(self._backlog.end(), self.outlook.end())
            self._storing.close()


def _with_or_without_slash(path: str, answer: Callable[[Request], Awaitable[Response]]) -> list[Route]:
    """Never a redirect: Label Studio follows one as a GET without content, and the delivery is lost."""
    return [Route(found, answer, methods=["POST"]) for found in (path, f"{path}/")]
