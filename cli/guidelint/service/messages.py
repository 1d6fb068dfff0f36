"""What the judging process tells the receiver."""

from __future__ import annotations

from typing import Literal

import msgspec


class Told(msgspec.Struct, omit_defaults=True):
    """One line on standard output."""

    shown: tuple[int, ...] = ()
    """Rows whose verdict can be seen in Label Studio."""
    done: tuple[int, ...] = ()
    """Rows that no longer keep anybody waiting: dealt with, set aside, or put off."""
    state: State | None = None
    """How the process stands, whenever that has changed."""


class State(msgspec.Struct, frozen=True):
    """How the judging process stands."""

    judging: bool = False
    """Whether it looks at the inbox, and the store lets it."""
    kernels: Literal["base", "fast"] = "base"
    """Which kernels it judges on."""
    compiling: bool = False
    """Whether compiled ones are being made beside it; judging goes on meanwhile."""
