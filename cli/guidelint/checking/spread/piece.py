"""Some records of a chunk while they are judged: compared, counted and shown as those of a whole delivery are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from guidelint.checking.baseline.reading import Baseline
from guidelint.checking.record import Judged, TaskSeen, is_shown
from guidelint.checking.spread.contributed import contributed
from guidelint.checking.spread.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guidelint.checking.baseline.collection import Collection
    from guidelint.checking.baseline.comparison import Comparison
    from guidelint.checking.counting.totals import Totals
    from guidelint.checking.delivered.whole import Whole
    from guidelint.checking.record import Record
    from guidelint.checking.spread.contributed import Gathering
    from guidelint.checking.spread.setup import Setup, Showing

AT_ONCE = 2000
"""Records of a piece: so many are held at once."""
NOTHING = Baseline("")
"""Stands in what is sent for a baseline that whoever takes it has."""


@dataclass(slots=True)
class Piece:
    """Begins anew whenever what it holds is taken."""

    setup: Setup
    showing: Showing
    most: int | None
    """How many findings may still be shown."""
    wholes: Sequence[Whole]
    gatherings: Sequence[Gathering] = ()
    records: int = field(init=False)
    totals: Totals = field(init=False)
    comparison: Comparison | None = field(init=False)
    collection: Collection | None = field(init=False)
    tasks: list[TaskSeen] = field(init=False)

    def __post_init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self.records = 0
        self.totals = self.setup.totals.part()
        self.comparison = self.setup.comparison and self.setup.comparison.part()
        self.collection = self.setup.collection and self.setup.collection.part()
        self.tasks = []
        self.showing.begin(self.most)

    @property
    def is_full(self) -> bool:
        """Whether it is time to take what it holds."""
        return self.records >= AT_ONCE

    def take_in(self, record: Record) -> None:
        """Take a record. Raises BaselineError when more is found than a baseline holds."""
        self.records += 1
        one = self._compared(record) if isinstance(record, Judged) else record
        self.totals.count(one)
        if is_shown(one):
            self.showing.show(one)
        elif isinstance(one, TaskSeen) and self.setup.expects:
            self.tasks.append(replace(one, beside=()))

    def _compared(self, judged: Judged) -> Judged:
        if self.collection is not None:
            self.collection.add(judged)
        return judged if self.comparison is None else self.comparison.compared(judged)

    def taken(self) -> Told:
        """Give what it holds, and begin anew."""
        shown, whole = self.showing.taken(), self.wholes[0]
        told = Told(
            shown=shown.shown,
            passed=shown.passed,
            held_back=shown.held_back,
            most=self.most,
            totals=self.totals,
            comparison=self.comparison and replace(self.comparison, baseline=NOTHING),
            collection=self.collection and replace(self.collection, previous=NOTHING),
            tasks=self.tasks,
            firsts=whole.names.taken(),
            starts=whole.starts and whole.starts.taken(),
            reservations=[dict(one.reservations) for one in self.wholes],
            uses=tuple(supply.noted() for supply in self.setup.supplies),
            contributed=contributed(self.gatherings),
        )
        self.most = None if self.most is None else self.most - shown.passed
        self._begin()
        return told


def pieces(piece: Piece, records: Iterable[Record]) -> Iterator[Told]:
    """Take in records, and give what they come to, some at a time; at least once."""
    for record in records:
        piece.take_in(record)
        if piece.is_full:
            yield piece.taken()
    yield piece.taken()
