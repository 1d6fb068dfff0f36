"""What is known about the service at one moment, before anything is concluded from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.service.messages import State
from guidelint.service.store.hints.waiting import Waiting

if TYPE_CHECKING:
    from guidelint.service.messages import ServerLook
    from guidelint.service.store.hints.held import Held
    from guidelint.service.store.missing import Missing


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on something is no longer right."""

    oldest_pending_s: float = 120.0
    """An annotator who waits longer for a verdict waits too long."""
    last_sweep_s: float = 600.0
    """A project that was not swept for longer may have lost submissions that nobody knows of."""
    heard_s: float = 30.0
    """The judging process says every few seconds that it lives."""
    looked_s: float = 90.0
    """Every Label Studio is looked at every few seconds, or as often as its time-outs allow."""
    refused_s: float = 600.0
    """So long a delivery with a wrong secret counts, unless one with the right secret comes after it."""


@dataclass(frozen=True, slots=True)
class Server:
    """One Label Studio as the receiver knows it."""

    address: str
    look: ServerLook | None = None
    looked_s: float = 0.0
    """So many seconds ago it was looked at."""
    refused_s: float | None = None
    """So many seconds ago a delivery came from there with a wrong secret, and none with the right one since."""
    refused: int = 0
    """How many did."""


@dataclass(frozen=True, slots=True)
class Swept:
    """One project that follows a guideline, and its last sweep."""

    server: str
    project: int
    swept_s: float | None
    """So many seconds ago; None: never."""
    problem: str = ""
    is_known: bool = True
    """Whether it was pushed with this store; otherwise a sweep came upon it."""
    pushed_s: float | None = None
    """So many seconds ago it was pushed for the first time; None: never."""
    missing: Missing | None = None
    """Since when Label Studio says that it is not there; None: it is."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A write to the store that was tried."""

    fault: str = ""
    """Reads on from "the store"; empty: it went well."""
    detail: str = ""
    services: int = 1
    """How many services work on it."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store says, when it can be read."""

    waiting: Waiting = field(default_factory=Waiting)
    held: tuple[Held, ...] = ()
    projects: tuple[Swept, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is known."""

    state: State = field(default_factory=State)
    heard_s: float | None = None
    """So many seconds ago the judging process was last heard of; None: it does not run."""
    servers: tuple[Server, ...] = ()
    trial: Trial = field(default_factory=Trial)
    """How a write to the store went that was tried just now."""
    stored: Stored | None = None
    """None: the store cannot be read."""
    oldest_pending_s: float | None = None
    sweeps: bool = True
    """Whether this service sweeps by itself."""
    limits: Limits = field(default_factory=Limits)
