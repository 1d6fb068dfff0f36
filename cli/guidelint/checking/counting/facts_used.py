"""What of the facts given beside the task data was of use: images that none is about, and records about no image."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING

from guidelint.checking.counting.oddities import FIRST, Named
from guidelint.imaging.supplied.supply import Supply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.checking.record import TaskSeen


@dataclass(slots=True)
class FactsUsed:
    """Counts that grow with every task."""

    supply: Supply
    images: int = 0
    """Images of tasks, each as often as it stands."""
    without: Named = field(default_factory=Named)
    """Images that nothing is told of."""
    _unused: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self._unused = bytearray(b"\1") * len(self.supply.records)

    def see(self, task: TaskSeen) -> None:
        """Note what was told of the images of a task."""
        self.images += len(task.beside)
        for beside in task.beside:
            for number, _ in beside.records:
                self._unused[number] = False
        if lacking := sum(not beside.records for beside in task.beside):
            self.without.add(f"task {task.task}" if task.task else f"record {task.record}", lacking)

    def part(self) -> FactsUsed:
        """Begin to count a part of the same run, to be merged; the facts themselves are not sent with it."""
        part = FactsUsed(Supply(self.supply.searched, self.supply.kind))
        part._unused = bytearray(b"\1") * len(self._unused)
        return part

    def merge(self, other: FactsUsed) -> None:
        """Count what was counted behind all this, with the same facts."""
        self.images += other.images
        self.without.merge(other.without)
        both = int.from_bytes(self._unused) & int.from_bytes(other._unused)
        self._unused[:] = both.to_bytes(len(self._unused))

    @property
    def found(self) -> int:
        """How many images something is told of."""
        return self.images - self.without.count

    @property
    def unused(self) -> int:
        """How many records are about no image."""
        return sum(self._unused)

    def first_unused(self) -> Iterator[str]:
        """Name records that are about no image."""
        yield from (record.place for record in compress(self.supply.records, self._unused))

    def as_json(self) -> dict[str, object]:
        """Give all of it under stable names."""
        first = [place for place, _ in zip(self.first_unused(), range(FIRST), strict=False)]
        return {
            "from": self.supply.searched,
            "images": self.images,
            "found": self.found,
            "without": self.without.as_json(),
            self.supply.kind: {"total": len(self.supply.records), "unused": {"total": self.unused, "first": first}},
        }
