"""Parameters that say more about another one."""

from __future__ import annotations

from dataclasses import dataclass

from guidelint.validation.rule.parameters.meaning import Meaning


@dataclass(frozen=True, slots=True)
class Refines(Meaning):
    """Has an effect only beside what it refines."""

    of: str
    """Parameter beside it without which it says nothing."""
    value: str = ""
    """Value that the other one must have; empty: any."""
