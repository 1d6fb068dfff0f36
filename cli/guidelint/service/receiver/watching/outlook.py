"""What the receiver knows of the service: heard from the judging process, seen in deliveries, asked of the store."""

from __future__ import annotations

import asyncio
import os
import socket
import time
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.exc import SQLAlchemyError

from guidelint.service.clock import as_time, now
from guidelint.service.receiver.watching.facts import Facts, Limits, Server, Stored, Swept, Trial
from guidelint.service.receiver.wire.beside import Beside
from guidelint.service.store.base.faults import SLOW, StoreFault, in_words
from guidelint.service.store.followed import followed
from guidelint.service.store.hints.held import held
from guidelint.service.store.hints.waiting import waiting
from guidelint.service.store.services import AT_WORK_S, show_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import sqlalchemy as sa

    from guidelint.service.messages import ServerLook, State, Told
    from guidelint.service.settings import Settings

ANSWERS_WITHIN_S = 1.0
"""A store that takes longer counts as one that does not answer."""
TRIED_EVERY_S = 1.0
"""However often it is asked, no more often is it tried whether the store can be written."""
SHOWS_UP_EVERY_S = AT_WORK_S / 3
"""Whether anybody asks or not, so that other services on the store know of this one."""
SWEEPS_MISSED = 5
"""So many sweeps in a row may be late before that counts."""


class Judge(Protocol):
    """What is asked of the judging process."""

    @property
    def state(self) -> State:
        """How it stands, as it said last."""
        ...

    @property
    def heard_s(self) -> float | None:
        """So many seconds ago it was last heard of; None: it does not run."""
        ...


class Refusals:
    """Deliveries of one server with a wrong secret, since the last one with the right secret."""

    def __init__(self) -> None:
        self.count = 0
        self._last_at = 0.0

    def refused(self) -> None:
        """One was refused."""
        self.count += 1
        self._last_at = time.monotonic()

    def accepted(self) -> None:
        """One had the right secret."""
        self.count = 0

    @property
    def last_s(self) -> float | None:
        """So many seconds ago the last was refused; None: none was."""
        return time.monotonic() - self._last_at if self.count else None


class Outlook:
    """Knows how the service stands; belongs to one event loop. ``failed`` is called when the store fails it."""

    def __init__(self, settings: Settings, engine: sa.Engine, judge: Judge, failed: Callable[[], None]) -> None:
        self._settings = settings
        self._failed = failed
        self._judge = judge
        self._looks: dict[str, tuple[ServerLook, float]] = {}
        self.refusals = {address: Refusals() for address in settings.servers}
        name = f"{socket.gethostname()[:40]}:{os.getpid()}:{id(self)}"
        self._probe = Beside(lambda: show_up(engine, name), ANSWERS_WITHIN_S)
        self._reading = Beside(lambda: read_stored(engine, list(settings.servers)), ANSWERS_WITHIN_S)
        self._tried = float("-inf")
        self._trial = Trial()

    def hear(self, told: Told) -> None:
        """Take in what the judging process says."""
        if told.server is not None:
            self._looks[told.server.server] = told.server, time.monotonic()

    async def show_up(self) -> None:
        """Write to the store that this service is at work, again and again, until cancelled."""
        while True:
            await self._store()
            await asyncio.sleep(SHOWS_UP_EVERY_S)

    async def end(self) -> None:
        """Let what the store is asked come to its end, for a moment."""
        await asyncio.gather(self._probe.end(), self._reading.end())

    async def facts(self) -> Facts:
        """Tell all that is known now."""
        trial = await self._store()
        stored = await self._stored()
        return Facts(
            state=self._judge.state,
            heard_s=self._judge.heard_s,
            servers=tuple(self._servers()),
            trial=trial,
            stored=stored,
            oldest_pending_s=_ago_s(stored.waiting.oldest_at) if stored else None,
            sweeps=self._settings.sweep_every_s > 0,
            limits=Limits(
                oldest_pending_s=self._settings.oldest_pending_s,
                last_sweep_s=max(Limits().last_sweep_s, SWEEPS_MISSED * self._settings.sweep_every_s),
            ),
        )

    def _servers(self) -> Iterable[Server]:
        for address, refusals in self.refusals.items():
            look, at = self._looks.get(address, (None, 0.0))
            yield Server(address, look, time.monotonic() - at, refusals.last_s, refusals.count)

    async def _store(self) -> Trial:
        """Try whether the store can be written."""
        if time.monotonic() - self._tried >= TRIED_EVERY_S:
            try:
                self._trial = Trial(services=await self._probe.ask())
            except (SQLAlchemyError, OSError) as error:  # a time-out is an OSError
                self._failed()
                self._trial = _failed(error)
            self._tried = time.monotonic()
        return self._trial

    async def _stored(self) -> Stored | None:
        try:
            return await self._reading.ask()
        except (SQLAlchemyError, OSError):
            self._failed()
            return None


def _failed(error: Exception) -> Trial:
    if isinstance(error, TimeoutError):
        return Trial(SLOW.said, SLOW.remedy)
    if isinstance(error, StoreFault):
        said = error.fault.said
        return Trial("cannot be used" if "/" in said else said, str(error))
    return Trial("does not take what is written to it", in_words(error) if isinstance(error, SQLAlchemyError) else "")


def read_stored(engine: sa.Engine, servers: list[str]) -> Stored:
    """Read what the store says. Raises what the store raises."""
    projects = (
        Swept(
            server=item.server,
            project=item.project,
            swept_s=_ago_s(item.swept_at),
            problem=item.problem,
            is_known=item.is_known,
            pushed_s=_ago_s(item.pushed_at),
            missing=item.missing,
        )
        for item in followed(engine, servers)
    )
    return Stored(waiting(engine), tuple(held(engine)), tuple(projects))


def _ago_s(moment: str) -> float | None:
    """Seconds since a moment; a clock that was set back makes none of them negative. None: there is no moment."""
    return max(0.0, (as_time(now()) - as_time(moment)).total_seconds()) if moment else None
