"""What is done in one go: all that the inbox holds of one task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.service.store.hints.inbox_rows import INTERACTIVE

if TYPE_CHECKING:
    from guidelint.service.store.base.task_key import TaskKey


@dataclass(frozen=True, slots=True)
class Job:
    """All that is pending for one task."""

    key: TaskKey
    seqs: tuple[int, ...]
    """Rows of the inbox that are dealt with together."""
    starts: int
    """How often work on one of them began without ending."""
    waits: int
    """How often Label Studio was away when it was tried."""
    lane: int = INTERACTIVE
    """The most urgent lane of its rows."""
