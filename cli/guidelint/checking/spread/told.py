"""What a chunk comes to: what is shown of it, what was counted, and what is known of it for what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guidelint.checking.baseline.collection import Collection
    from guidelint.checking.baseline.comparison import Comparison
    from guidelint.checking.counting.totals import Totals
    from guidelint.checking.kept.task_starts import TaskStarts
    from guidelint.checking.record import TaskSeen
    from guidelint.checking.spread.contributed import Contributed
    from guidelint.imaging.supplied.uses import Noted
    from guidelint.validation.judging.not_accepted import Reservation


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A piece of it, such as a thousand records."""

    shown: Any
    """What whoever shows records made of them."""
    passed: int
    """Findings that are shown."""
    held_back: int
    """Findings that are counted alone."""
    most: int | None
    """How many could be shown before this piece."""
    totals: Totals
    comparison: Comparison | None
    collection: Collection | None
    tasks: Sequence[TaskSeen]
    """Tasks, where somebody expects some."""
    firsts: Mapping[int, int]
    """Tasks that were seen first here, with what tells them from others of their id."""
    starts: TaskStarts | None
    reservations: Sequence[Mapping[str, Reservation]]
    uses: Sequence[Noted]
    """What each supply noted for which images it was used, in the order in which it did."""
    contributed: Contributed
