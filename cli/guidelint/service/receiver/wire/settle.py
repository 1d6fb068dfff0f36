"""Telling somebody who waits in an event loop how something ended that was done in another thread."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import asyncio

Found = TypeVar("Found")


def settle(answer: asyncio.Future[Found], outcome: Found | Exception) -> None:
    """Give what was found, or raise what was raised; nobody need wait any more, nor their loop be there."""
    with contextlib.suppress(RuntimeError):  # the loop was closed
        answer.get_loop().call_soon_threadsafe(_end, answer, outcome)


def _end(answer: asyncio.Future[Found], outcome: Found | Exception) -> None:
    if answer.done():
        return
    if isinstance(outcome, Exception):
        answer.set_exception(outcome)
        answer.exception()  # whoever asked may have given up: nobody need be told then
    else:
        answer.set_result(outcome)
