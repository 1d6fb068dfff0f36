"""So many things, of which a sentence names the first few."""

from __future__ import annotations

from dataclasses import dataclass, field

from guidelint.validation.rule.wording import both

NAMED = 6
"""So many are named in a sentence."""


@dataclass(slots=True)
class Tally:
    """Counts things, and remembers the names of the first few."""

    count: int = 0
    first: list[str] = field(default_factory=list[str])

    def add(self, name: str) -> bool:
        """Count one more; tell whether it is named."""
        self.count += 1
        if self.count <= NAMED:
            self.first.append(name)
        return self.count <= NAMED

    @property
    def named(self) -> str:
        """Name the first few, and say how many more there are."""
        more = self.count - len(self.first)
        return both((*self.first, *([f"{more} more"] if more else [])))
