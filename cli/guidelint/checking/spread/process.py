"""A process that judges chunks for another one."""

from __future__ import annotations

import signal
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from guidelint.checking.spread.crew import Job
from guidelint.checking.spread.here import judged
from guidelint.checking.spread.judge import Judge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from guidelint.checking.spread.chunk import Before, Chunk
    from guidelint.checking.spread.setup import Setup

AHEAD = 4
"""So many pieces are told before one must have been taken."""
Order = tuple[str, Any]
"""A word and what belongs to it."""


def work(connection: Connection[Order, Order], setup: Setup) -> None:
    """Judge what is asked for, until nobody is there to ask; whoever ends that process by Ctrl-C ends this one, too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Process(connection, Judge(setup, setup.showing())).run()


@dataclass(slots=True)
class _Process:
    connection: Connection[Order, Order]
    judge: Judge
    _chunks: deque[tuple[Chunk, Before, int]] = field(default_factory=deque["tuple[Chunk, Before, int]"])
    _fed: deque[Any] = field(default_factory=deque[Any])
    _untaken: int = 0

    def run(self) -> None:
        try:
            while True:
                while not self._chunks:
                    self._hear()
                self._judge(*self._chunks.popleft())
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return

    def _judge(self, chunk: Chunk, before: Before, skip: int) -> None:
        self._untaken = 0
        job = Job(chunk, before, self._asked_for, skip)
        try:
            for told in judged(self.judge, job):
                while self._untaken >= AHEAD:
                    self._hear()
                self.connection.send(("told", told))
                self._untaken += 1
        except (EOFError, BrokenPipeError, ConnectionResetError):
            raise
        except Exception as error:  # noqa: BLE001 - raised where somebody hears of it
            self.connection.send(("failed", error))
            return
        self.connection.send(("done", job.after))

    def _asked_for(self) -> Iterator[Any]:
        while True:
            self.connection.send(("more", None))
            while not self._fed:
                self._hear()
            if (one := self._fed.popleft()) is None:
                return
            yield one

    def _hear(self) -> None:
        word, what = self.connection.recv()
        if word == "judge":
            self._chunks.append(what)
        elif word == "taken":
            self._untaken -= 1
        else:
            self._fed.append(what)
