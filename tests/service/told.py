"""What a task must say of itself, reckoned apart from the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ORDER = ("returned", "unverified", "escalated", "accepted", "skipped")


def status_told(decisions: Sequence[str], overlap: int, taken_out: Sequence[str] = ()) -> str:
    """Status of a task of the workbench's guideline: no verdict while somebody else may read it.

    ``decisions``: on what stands. ``taken_out``: on what waits in the queue to be handed in again.
    """
    read = sum(decision != "skipped" for decision in decisions)
    readers = max(overlap, 2 if "escalated" in decisions else 1)
    if 0 < read < readers:
        return "being read"
    return next((decision for decision in ORDER if decision in {*decisions, *taken_out}), "")
