"""What the judging process tells the receiver."""

from __future__ import annotations

import msgspec


class Told(msgspec.Struct, omit_defaults=True):
    """One line on standard output."""

    shown: tuple[int, ...] = ()
    """Rows whose verdict can be seen in Label Studio."""
    done: tuple[int, ...] = ()
    """Rows that no longer keep anybody waiting: dealt with, set aside, or put off."""
