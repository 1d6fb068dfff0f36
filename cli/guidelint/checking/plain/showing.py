"""Records under the names that stay, made in whichever process they are judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from guidelint.checking.link import task_link
from guidelint.checking.plain.from_record import plain
from guidelint.checking.record import Judged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.checking.plain.from_record import Plain
    from guidelint.checking.record import Shown
    from guidelint.validation.judging.plan import Plan, Route


class PlainPiece(NamedTuple):
    """What was shown of some records."""

    shown: tuple[Plain, ...]
    passed: int
    held_back: int = 0


@dataclass(slots=True)
class PlainShowing:
    """Gives records, or none of them where nobody asks."""

    asked: Plainly
    _routes: Mapping[str, Mapping[str, Route]] = field(init=False)
    _held: list[Plain] = field(init=False)

    def __post_init__(self) -> None:
        self._routes = {str(plan.guideline): plan.routes for plan in self.asked.plans}
        self.begin(None)

    def begin(self, most: int | None) -> None:
        """Begin anew; all findings are shown."""
        del most
        self._held = []

    def show(self, record: Shown) -> None:
        """Keep a record until it is taken."""
        if not self.asked.counts_alone:
            routes = self._routes[record.verdict.guideline] if isinstance(record, Judged) else {}
            self._held.append(plain(record, routes, task_link(self.asked.server, record)))

    def taken(self) -> PlainPiece:
        """Give what was kept, and begin anew."""
        piece = PlainPiece(tuple(self._held), sum(len(one.findings) for one in self._held))
        self.begin(None)
        return piece


@dataclass(frozen=True, slots=True)
class Plainly:
    """How records are shown; another process can be told it."""

    plans: tuple[Plan, ...]
    server: str
    """Address of Label Studio; empty: not known."""
    counts_alone: bool = False
    """Nobody asks for verdicts, but how many there are."""

    def __call__(self) -> PlainShowing:
        """Begin to show."""
        return PlainShowing(self)
