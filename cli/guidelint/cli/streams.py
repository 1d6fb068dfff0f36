"""The standard streams of a process: whoever calls may have closed them, or given them where nothing can be written."""

from __future__ import annotations

import errno
import os
import sys
from typing import TextIO

NOT_WRITABLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""What the system says of a stream that takes nothing more."""
_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))


def fill_closed() -> None:
    """Put an empty stream in the place of each that was closed; Python leaves nothing there."""
    for name, mode in _STREAMS:
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end


def tell(text: str) -> None:
    """Write to standard error; that it cannot be written changes nothing of what was found."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Let what is still held back for a stream go nowhere, so that closing it at the end does not fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
