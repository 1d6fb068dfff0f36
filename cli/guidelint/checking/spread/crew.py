"""Who judges chunks: this process, or several that are started for it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guidelint.annotation.decoding.files.part import Begin
    from guidelint.checking.spread.chunk import Before, Chunk
    from guidelint.checking.spread.told import Told


@dataclass(slots=True, eq=False)
class Job:
    """A chunk that is to be judged, and what has come of it so far."""

    chunk: Chunk
    before: Before
    feed: Callable[[], Iterator[Any]]
    """Gives what whoever judges it asks for: first what is known of the delivery, then contributions."""
    skip: int = 0
    """Pieces that were taken of an earlier try."""
    told: deque[Told] = field(default_factory=deque["Told"])
    taken: int = 0
    """Pieces that were taken of all tries."""
    after: Begin[Any] | None = None
    """Where the next part of its file begins, once it is done."""
    is_done: bool = False
    is_dropped: bool = False
    """Nobody asks for it any more."""
    deaths: int = 0
    """How many processes died while they judged it."""


class Crew(Protocol):
    """Judges chunks in any order; whoever takes what comes of it puts that in order."""

    @property
    def wants(self) -> int:
        """How many chunks it should be given at once, to be always busy."""
        ...

    def begin(self, job: Job) -> None:
        """Judge a chunk when there is time."""
        ...

    def again(self, job: Job) -> None:
        """Judge a chunk before all others."""
        ...

    def took(self, job: Job) -> None:
        """Hear that a piece of what was told was taken."""
        ...

    def wait(self) -> None:
        """Wait until something more is told. Raises what a judge raised, and LostProcessError."""
        ...


class LostProcessError(RuntimeError):
    """A process that judged a chunk was ended by something else, again and again."""
