"""Of many records that cannot be read the first are told one by one, and the rest is counted: words cost time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.decoder import UnreadRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.decoding.decoder import RecordText

MOST_TOLD = 200
"""So many of one kind are told in a file."""


@dataclass(slots=True)
class ToldFirst:
    """Unreadable records of one kind in a file."""

    kind: str
    """What they are, in the plural."""
    told: int = 0
    untold: int = 0

    @property
    def tells(self) -> bool:
        """Whether the next is told; else nobody needs its reason."""
        return self.told < MOST_TOLD

    def tell(self, reason: str, position: int = 0, text: RecordText | None = None) -> Iterator[UnreadRecord]:
        """Tell one, or count it."""
        if self.tells:
            self.told += 1
            yield UnreadRecord(reason=reason, position=position, text=text)
        else:
            self.untold += 1

    def rest(self) -> Iterator[UnreadRecord]:
        """Say how many were only counted."""
        if self.untold:
            count = f"{self.untold:,} more {self.kind} of the file cannot be read"
            remedy = "They are counted, and not told one by one: mend those that are told, and check again"
            yield UnreadRecord(reason=f"{count}. {remedy}", times=self.untold)
