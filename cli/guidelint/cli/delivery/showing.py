"""Records shown wherever they are judged, piece by piece, for the page of the run to join."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from guidelint.cli.delivery.cap import Cap
from guidelint.cli.render.format import Format, renderer
from guidelint.cli.render.renderer import Sheet

if TYPE_CHECKING:
    from guidelint.checking.record import Shown
    from guidelint.cli.render.renderer import Renderer
    from guidelint.validation.judging.plan import Plan


class ShownPiece(NamedTuple):
    """What was shown of some records."""

    shown: Any
    passed: int
    held_back: int


@dataclass(slots=True)
class PageShowing:
    """Shows records on a page of its own."""

    look: Look
    _sheet: Sheet = field(init=False)
    _out: StringIO = field(init=False)
    _page: Renderer = field(init=False)
    _cap: Cap = field(init=False)

    def begin(self, most: int | None) -> None:
        """Take a new page."""
        self._out, self._cap = StringIO(newline=""), Cap(most)
        self._sheet = self.look.sheet(self._out)
        self._page = renderer(self.look.format, self._sheet)

    def show(self, record: Shown) -> None:
        """Show a record, or as much of it as may be shown."""
        if (shown := self._cap.cut(record, self._sheet)) is not None:
            self._page.show(shown)

    def taken(self) -> ShownPiece:
        """Give what was shown."""
        return ShownPiece(self._page.piece(self._out.getvalue()), self._cap.passed, self._cap.held_back)


@dataclass(frozen=True, slots=True)
class Look:
    """How records are shown; another process can be told it."""

    format: Format
    plans: tuple[Plan, ...]
    colour: bool
    quiet: bool
    server: str
    compares: bool
    width: int

    @classmethod
    def of(cls, named: Format, sheet: Sheet) -> Look:
        """Take what is the same for a page elsewhere."""
        return cls(named, sheet.plans, sheet.colour, sheet.quiet, sheet.server, sheet.compares, sheet.width)

    def __call__(self) -> PageShowing:
        """Begin to show."""
        return PageShowing(self)

    def sheet(self, out: StringIO) -> Sheet:
        """Take something to write on."""
        return Sheet(
            out,
            self.plans[0],
            self.colour,
            self.quiet,
            self.server,
            rewritable=True,
            compares=self.compares,
            width=self.width,
            also=self.plans[1:],
        )
