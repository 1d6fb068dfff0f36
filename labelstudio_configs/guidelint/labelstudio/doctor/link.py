"""One link of a setup, and how it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

State = Literal["fine", "unclear", "broken"]


@dataclass(frozen=True, slots=True)
class Link:
    """A link, what was seen, and what to do."""

    name: str
    state: State
    said: str
    remedy: str = ""

    def on(self, where: str) -> Link:
        """Say where the link is."""
        return replace(self, name=f"{where}, {self.name}")


def fine(name: str, said: str) -> Link:
    """Build a link that holds."""
    return Link(name, "fine", said)


def unclear(name: str, said: str, remedy: str) -> Link:
    """Build a link that could not be examined, or that deserves a look."""
    return Link(name, "unclear", said, remedy)


def broken(name: str, said: str, remedy: str) -> Link:
    """Build a link that does not hold."""
    return Link(name, "broken", said, remedy)
