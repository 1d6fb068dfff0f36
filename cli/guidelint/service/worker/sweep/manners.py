"""How a sweep behaves beside other work: it gives way to annotators, ends when told to, and shows that it goes on."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

GIVES_WAY_S = 0.05
"""So long at most before each task: beside annotators bulk gets slower by that, and never stands still."""
LOOKS_AGAIN_S = 0.02


class SweepEnded(Exception):  # noqa: N818 - what happened
    """The sweep is broken off because the program ends."""


def _nobody_waits() -> bool:
    return False


@dataclass
class Manners:
    """Asked before and told after each piece of a sweep."""

    somebody_waits: Callable[[], bool] = _nobody_waits
    """Whether anything is to be done that an annotator may wait for."""
    stop: threading.Event = field(default_factory=threading.Event)
    judging_since_s: float | None = None
    """When judging of the present task began; None: nothing is judged now."""
    _judges: int = 0
    """The thread that does."""

    def go_on(self) -> None:
        """Raise SweepEnded when the program is to end."""
        if self.stop.is_set():
            raise SweepEnded

    def give_way(self) -> None:
        """Let annotators go first, for a moment. Raises SweepEnded."""
        until_s = time.monotonic() + GIVES_WAY_S
        while self.somebody_waits() and time.monotonic() < until_s:
            self.stop.wait(LOOKS_AGAIN_S)
            self.go_on()
        self.go_on()

    def before_task(self) -> None:
        """Give way, then note that judging begins. Raises SweepEnded."""
        self.give_way()
        self._judges, self.judging_since_s = threading.get_ident(), time.monotonic()

    def anew(self) -> None:
        """Reckon from now what this thread judges, if it does: it has waited for something else."""
        if self.judging_since_s is not None and self._judges == threading.get_ident():
            self.judging_since_s = time.monotonic()

    def after_task(self) -> None:
        """Note that judging ended, however it did."""
        self.judging_since_s = None
