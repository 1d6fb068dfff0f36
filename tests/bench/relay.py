"""A relay in front of a server that counts the requests which pass, and changes nothing."""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.service.processes import free_port

if TYPE_CHECKING:
    from collections.abc import Generator

_REQUEST = re.compile(rb"\A([A-Z]+) (/[^ ?]*)[^ ]* HTTP/1\.1\r\n")
_NUMBER = re.compile(r"/\d+")


@dataclass
class Relay:
    """Where it listens, and what passed: method and path, each number as ``*``."""

    url: str
    passed: Counter[str] = field(default_factory=Counter[str])

    def count(self, sent: bytes) -> None:
        """Count a request by its first line; clients send it at the beginning of a write."""
        if found := _REQUEST.match(sent):
            self.passed[f"{found[1].decode()} {_NUMBER.sub('/*', found[2].decode())}"] += 1


@contextlib.contextmanager
def relay(upstream: str) -> Generator[Relay]:
    """Relay to a server until the block is left."""
    port, place = free_port(), urlsplit(upstream)
    made = Relay(f"http://127.0.0.1:{port}")

    async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, onward = await asyncio.open_connection(place.hostname, place.port)
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(_pass(reader, onward, made), _pass(there, writer, None))

    async def serve() -> None:
        async with await asyncio.start_server(serve_one, "127.0.0.1", port):
            started.set()
            await stopped.wait()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    loop, stopped, started = asyncio.new_event_loop(), asyncio.Event(), threading.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    started.wait()
    try:
        yield made
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, counts: Relay | None) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(2**16):
            if counts is not None:
                counts.count(data)
            writer.write(data)
            await writer.drain()
    with contextlib.suppress(ConnectionError):
        writer.close()
