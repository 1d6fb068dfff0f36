"""A lock between processes that the system takes back however its holder ends."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


@contextlib.contextmanager
def one_at_a_time(file: Path) -> Generator[None]:
    """Wait until no other process is within; on file systems that cannot lock, go on at once."""
    with file.open("ab") as held:
        with contextlib.suppress(OSError):
            _lock(held.fileno())
        yield


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - there is none elsewhere

        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - there is none on Windows

        fcntl.flock(descriptor, fcntl.LOCK_EX)
