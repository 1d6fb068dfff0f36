"""What becomes of that which measures exactly a limit."""

from __future__ import annotations

from typing import Final, Literal, get_args

from guidelint.validation.rule.parameters.meaning import Meaning

Fate = Literal["kept", "departs"]
STRICTER: Final[tuple[Fate, ...]] = get_args(Fate)
"""From the laxest to the strictest."""


class LimitItself(Meaning):
    """What becomes of that which measures exactly a limit of the same rule."""

    __slots__ = ()
