"""All that a process needs to judge chunks of one delivery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from guidelint.checking.baseline.collection import Collection
    from guidelint.checking.baseline.comparison import Comparison
    from guidelint.checking.counting.totals import Totals
    from guidelint.checking.delivery import Delivery
    from guidelint.checking.record import Shown
    from guidelint.imaging.supplied.supply import Supply


class Showing(Protocol):
    """What shows records, in whichever process they are judged; what it makes of them is put together elsewhere."""

    def show(self, record: Shown) -> None:
        """Show a record."""
        ...

    def begin(self, most: int | None) -> None:
        """Begin anew; ``most``: so many findings may be shown, None: all."""
        ...

    def taken(self) -> Piece:
        """Give what was shown since then."""
        ...


class Piece(Protocol):
    """What was shown of some records."""

    @property
    def shown(self) -> Any:
        """What whoever puts pieces together understands."""
        ...

    @property
    def passed(self) -> int:
        """Findings that are shown."""
        ...

    @property
    def held_back(self) -> int:
        """Findings that are not."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What is the same for all chunks."""

    delivery: Delivery
    """How the delivery is judged; its files are not among it."""
    supplies: Sequence[Supply]
    """What notes for which images it was used."""
    totals: Totals
    """To be counted anew for each chunk."""
    comparison: Comparison | None
    collection: Collection | None
    expects: bool
    """Whether somebody expects tasks."""
    showing: Callable[[], Showing]
