"""Who holds a claim: which process, on which machine, begun when; so that a dead one is known where it lived."""

from __future__ import annotations

import os
import socket
import time
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
_START = 19
"""Place of the start time in ``/proc/PID/stat``, counted after the name, which may hold anything."""


def owner_here() -> str:
    """Name this process: no other has the same name, on this machine or another, now or later."""
    pid = os.getpid()
    return f"{socket.gethostname()[:20]}:{machine_here()}:{pid}:{_begun(pid)}:{time.time_ns() % 10**9}"


def machine_here() -> str:
    """Name the run of this machine and the space of its process ids; empty where neither can be told."""
    with suppress(OSError):
        boot = (PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii")[:8]
        return f"{boot}-{(PROC / 'self/ns/pid').stat().st_ino}"
    return ""


def is_dead(owner: str) -> bool:
    """Whether the process of an owner is known to have ended; of other machines nothing is known."""
    parts = owner.split(":")
    here = machine_here()
    if len(parts) < 4 or not here or parts[1] != here or not parts[2].isdigit():  # noqa: PLR2004 - up to the start time
        return False
    return _begun(int(parts[2])) != parts[3]


def _begun(pid: int) -> str:
    """When a process began, as its system counts; empty: there is none."""
    with suppress(OSError, IndexError):
        stat = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
        return stat.rpartition(")")[2].split()[_START]
    return ""
