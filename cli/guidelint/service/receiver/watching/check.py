"""One line of ``/ready``: what was looked at, how it stands, and what that means in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Standing = Literal["yes", "no", "told"]
"""``told``: worth knowing, and no reason to be not ready."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line."""

    about: str
    state: Standing
    says: str
    """Names no server, project, task or person."""
    detail: str = ""
    """May name them; only for those who know the secret."""
    server: int | None = None
    """Which Label Studio, by its place in the settings, from 1."""

    def json(self, *, in_detail: bool) -> dict[str, str | int]:
        """Give it as plain values."""
        line: dict[str, str | int] = {"check": self.about}
        if self.server is not None:
            line["server"] = self.server
        line |= {"state": self.state, "says": self.says}
        return line | ({"detail": self.detail} if in_detail and self.detail else {})


def yes(about: str, says: str, detail: str = "", server: int | None = None) -> Check:
    """Say that something is as it should be."""
    return Check(about, "yes", says, detail, server)


def no(about: str, says: str, detail: str = "", server: int | None = None) -> Check:
    """Say that something is not as it should be, and somebody has to see to it."""
    return Check(about, "no", says, detail, server)


def told(about: str, says: str, detail: str = "", server: int | None = None) -> Check:
    """Say what is worth knowing."""
    return Check(about, "told", says, detail, server)
