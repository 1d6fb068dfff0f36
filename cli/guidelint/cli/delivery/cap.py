"""The most findings that a run shows; all of them are counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from guidelint.checking.record import Unread

if TYPE_CHECKING:
    from guidelint.checking.record import Shown
    from guidelint.cli.render.renderer import Sheet


@dataclass(slots=True)
class Cap:
    """Lets so many findings through; a record that could not be read is one."""

    most: int | None = None
    """None: all."""
    held_back: int = 0
    passed: int = 0

    def cut(self, record: Shown, sheet: Sheet) -> Shown | None:
        """Give a record with no more findings than may still be shown; None when it has some and none may."""
        if self.most is None:
            return record
        count = 1 if isinstance(record, Unread) else sum(1 for _ in sheet.findings(record))
        passing = min(count, self.most - self.passed)
        self.passed += passing
        self.held_back += count - passing
        if passing == count:
            return record
        if not passing or isinstance(record, Unread):
            return None
        findings = tuple(islice(sheet.findings(record), passing))
        return replace(record, verdict=replace(record.verdict, findings=findings))
