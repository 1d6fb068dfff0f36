"""A delivery judged record by record, compared with what is known, and counted: what check and the API share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.checking.record import Judged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.checking.baselines_of_run import Baselines
    from guidelint.checking.counting.totals import Totals
    from guidelint.checking.delivery import Delivery
    from guidelint.checking.record import Record


@dataclass(frozen=True, slots=True)
class Checked:
    """A delivery while it is judged."""

    delivery: Delivery
    baselines: Baselines
    totals: Totals
    """Whole once all records are given."""

    def records(self) -> Iterator[Record]:
        """Give every record as it comes. Raises BaselineError when more is found than a baseline holds."""
        for each in self.delivery.records():
            record = self.baselines.compared(each) if isinstance(each, Judged) else each
            self.totals.count(record)
            yield record
