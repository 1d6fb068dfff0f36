"""Compiling beside the work: a process of low priority that fills the folder of kept code and ends with its parent.

A process, not a thread: numba holds the interpreter's lock for long while it compiles.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading

from guidelint.geometry.kernels import kept
from guidelint.geometry.kernels.one_at_a_time import one_at_a_time

LOWEST = 19
"""Niceness: whoever wants the processor has it."""


class Compiler:
    """One such process. It lives as long as this end of its standard input is open, so no longer than this process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self._process.poll() is None

    @property
    def done(self) -> bool:
        """Whether it came to its end and everything is kept."""
        return self._process.poll() == 0

    def end(self) -> None:
        """End it; what it has compiled so far is kept."""
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()


def compile_beside() -> Compiler | None:
    """Start compiling what is not kept yet; None when nothing can be kept or no process can be started."""
    if not kept.why_not():
        with contextlib.suppress(OSError):
            return Compiler()
    return None


def compile_here() -> None:
    """Compile in this process whatever is not kept, and keep it."""
    from guidelint.geometry.kernels.loops import load_all  # noqa: PLC0415 - loads numba

    load_all()
    if not kept.why_not():
        kept.mark_complete()


def _end_with_parent() -> None:
    """Wait for the other end of standard input to close, which it does however the parent ends."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


def main() -> None:
    """Compile everything, after whoever is doing so already."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if sys.platform != "win32":
        os.nice(LOWEST)
    if kept.why_not():
        os._exit(1)
    with one_at_a_time(kept.folder() / "lock"):
        compile_here()
    os._exit(0)


if __name__ == "__main__":
    main()
