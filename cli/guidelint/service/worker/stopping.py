"""Ending at once, with work pending: nothing is lost, and nobody waits for it."""

from __future__ import annotations

import ctypes
import logging
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from guidelint.service.log import note
from guidelint.service.store.base.faults import in_words
from guidelint.service.store.hints import claims, inbox

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import FrameType

    import sqlalchemy as sa

    from guidelint.service.store.hints.job import Job

ENDS_WITHIN_S = 0.6
"""So long work that is nearly done may take; Label Studio may be slow, and is not waited for."""
LET_GO_WITHIN_S = 0.3
"""So long the store may take to note that work was broken off; otherwise the claims end by themselves."""
_PR_SET_PDEATHSIG = 1
"""Of prctl(2)."""


def all_ended(threads: Sequence[threading.Thread]) -> bool:
    """Wait a moment for threads that were told to end; whether all have."""
    give_up_at = time.monotonic() + ENDS_WITHIN_S
    for thread in threads:
        thread.join(max(0.0, give_up_at - time.monotonic()))
    return not any(thread.is_alive() for thread in threads)


def within(seconds: float, call: Callable[[], None]) -> None:
    """Call, and wait no longer than this for it to return."""
    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(seconds)


def give_back(engine: sa.Engine, jobs: Mapping[str, Job]) -> None:
    """Give back what was claimed and begun. ``jobs``: by their owners."""
    try:
        with engine.begin() as connection:
            for owner, job in jobs.items():
                inbox.take_back(connection, job)
                claims.release(connection, job.key, owner)
    except SQLAlchemyError as error:
        note("claims could not be given back; they end by themselves", logging.WARNING, reason=in_words(error))


def stop_on_signals(stop: Callable[[], None]) -> None:
    """Stop in an orderly way when somebody signals this process itself; Ctrl-C is meant for the receiver."""

    def stopping(_number: int, _frame: FrameType | None) -> None:
        stop()

    signal.signal(signal.SIGTERM, stopping)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def die_with_parent() -> None:
    """Have the kernel end this process when the receiver is gone, however it ended and whatever this one is at.

    Elsewhere than on Linux the end of standard input has to do: it is noticed as soon as Python runs.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
