"""A receiver without a network that takes broken deliveries, many at once, and what it answered."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from tests.service.bench import SECRET, SERVER
from tests.service.hook_mutations import Delivery, good_body
from tests.service.test_receiver import Asleep

from guidelint.labelstudio.connection.webhook_event import BadEvent, decode_event
from guidelint.service.log import logger
from guidelint.service.receiver.receiver import Receiver
from guidelint.service.settings import Settings
from guidelint.service.store.base.tables import inbox
from guidelint.service.store.hints import inbox as hints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.applications import Starlette

AT_ONCE = 200
"""So many deliveries share a commit, as when many annotators submit."""
ANSWERS = frozenset({200, 202, 400, 401, 404, 413})
"""What a receiver with a sound store may answer; Label Studio never sees 500."""
TAKEN = 202


@dataclass
class Fuzzed:
    """What came of it."""

    sent: int = 0
    answers: Counter[int] = field(default_factory=Counter[int])
    odd: list[tuple[int, Delivery]] = field(default_factory=list[tuple[int, Delivery]])
    """Deliveries with an answer that must not be."""
    good_refused: int = 0
    """Good deliveries that were not taken right after a refused one."""
    faults: list[str] = field(default_factory=list[str])
    """What the log says of requests that failed."""
    taken: int = 0
    """Hints of all deliveries that were acknowledged."""
    stored: int = 0
    """Rows of the inbox."""


class _Faults(logging.Handler):
    """Notes whatever is logged with an exception."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__()
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            self._faults.append(repr(record.exc_info[1])[:300])


def fuzz(engine: sa.Engine, broken: Iterator[Delivery], count: int) -> Fuzzed:
    """Send so many broken deliveries; each that is refused is followed by a good one."""
    found = Fuzzed()
    listener = _Faults(found.faults)
    logger.addHandler(listener)
    try:
        asyncio.run(_fuzz(engine, broken, count, found))
    finally:
        logger.removeHandler(listener)
    return found


async def _fuzz(engine: sa.Engine, broken: Iterator[Delivery], count: int, found: Fuzzed) -> None:
    settings = Settings(store="", servers={SERVER: "token"}, secret=SECRET, hold_ms=0)
    app = Receiver(settings, engine, Asleep()).app()
    async with app.router.lifespan_context(app):
        while found.sent < count:
            batch = list(islice(broken, min(AT_ONCE, count - found.sent)))
            found.sent += len(batch)
            await asyncio.gather(*(_one(app, delivery, found) for delivery in batch))
            found.stored += _emptied(engine)


async def _one(app: Starlette, delivery: Delivery, found: Fuzzed) -> None:
    answer = await answered(app, delivery)
    found.answers[answer] += 1
    if answer not in ANSWERS:
        found.odd.append((answer, delivery))
    if answer == TAKEN:
        found.taken += _hints(delivery.body)
    else:
        good = Delivery(good_body(found.sent))
        found.good_refused += await answered(app, good) != TAKEN
        found.taken += 1


def _hints(body: bytes) -> int:
    try:
        return len(hints.rows_of(SERVER, decode_event(body)))
    except BadEvent:
        raise AssertionError(f"it was taken, and is no event: {body[:200]!r}") from None


async def answered(app: Starlette, delivery: Delivery) -> int:
    """Status of the answer to a delivery."""
    size = len(delivery.body) // delivery.parts + 1
    parts = [delivery.body[start : start + size] for start in range(0, len(delivery.body) or 1, size)]
    messages: list[dict[str, Any]] = [
        {"type": "http.request", "body": part, "more_body": number + 1 < len(parts) or delivery.breaks_off}
        for number, part in enumerate(parts)
    ]
    messages.append({"type": "http.disconnect"})
    status: list[int] = []

    async def receive() -> dict[str, Any]:
        return messages.pop(0) if len(messages) > 1 else messages[0]

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            status.append(message["status"])

    await app(_scope(delivery), receive, send)
    (one,) = status
    return one


def _scope(delivery: Delivery) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": delivery.path,
        "raw_path": delivery.path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": list(delivery.headers),
        "client": ("127.0.0.1", 5),
        "server": ("127.0.0.1", 8099),
    }


def _emptied(engine: sa.Engine) -> int:
    """Take all rows out, so that the store stays small; how many they were."""
    with engine.begin() as connection:
        return connection.execute(sa.delete(inbox)).rowcount
