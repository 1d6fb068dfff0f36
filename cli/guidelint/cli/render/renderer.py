"""What an output format is."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from guidelint.checking.link import task_link
from guidelint.checking.record import Judged
from guidelint.cli.render.terminal.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidelint.checking.counting.totals import Totals
    from guidelint.checking.record import Shown
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Plan, Route


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a format writes on, and what it is about."""

    out: TextIO
    plan: Plan
    colour: bool = False
    quiet: bool = False
    """Leave out warnings, notes and what is known."""
    server: str = ""
    """Address of the Label Studio that the delivery comes from; empty: not known."""
    rewritable: bool = False
    """What stands before the records may be written anew after them: it is a file of our own."""
    compares: bool = False
    """Whether the run is compared with a baseline."""
    width: int = 0
    """Columns of the terminal; 0: it is none."""
    folder: Path = Path()
    """Where a format of several files writes them."""
    ending: ExitStack = field(default_factory=ExitStack)
    """What is closed when the run ends, and undone when it does not come to its end."""
    also: tuple[Plan, ...] = ()
    """Further guidelines of the run."""

    @property
    def plans(self) -> tuple[Plan, ...]:
        """All guidelines of the run."""
        return (self.plan, *self.also)

    def routes(self, record: Shown) -> Mapping[str, Route]:
        """Routes of the guideline that a verdict is by."""
        by = record.verdict.guideline if isinstance(record, Judged) else ""
        return next((plan.routes for plan in self.also if str(plan.guideline) == by), self.plan.routes)

    def under(self, record: Judged) -> str:
        """Say by which of several guidelines a verdict is: ``, under chest 2.0.0``; empty where there is one."""
        return f", under {visible(record.verdict.guideline)}" if self.also else ""

    def findings(self, judged: Judged) -> Iterable[Finding]:
        """Give the findings to show of a verdict."""
        return (finding for finding in judged.verdict.findings if not self.quiet or decides(judged, finding))

    def link(self, record: Shown) -> str:
        """Address of the task of a record in Label Studio, empty where it is not known."""
        return task_link(self.server, record)


def matters(finding: Finding) -> bool:
    """Whether a finding keeps its subject from being accepted."""
    return finding.outcome != "departs" or finding.level == "error" or finding.escalates_to is not None


def decides(judged: Judged, finding: Finding) -> bool:
    """Whether a finding has a say in how the run ends: it matters, and no baseline makes it known."""
    return matters(finding) and not judged.is_known(finding)


class Renderer(Protocol):
    """Writes records as they come, so that a delivery of any size can be written."""

    def begin(self) -> None:
        """Write what stands before all records."""
        ...

    def show(self, record: Shown) -> None:
        """Write one record."""
        ...

    def end(self, totals: Totals) -> None:
        """Write what stands after all records."""
        ...

    def piece(self, text: str) -> Any:
        """Give what records came to that were shown here, for another page to join; ``text``: what was written."""
        ...

    def join(self, piece: Any) -> None:
        """Write what records came to that were shown elsewhere."""
        ...


class Joining:
    """A format of which pieces stand one behind the other."""

    _sheet: Sheet

    def piece(self, text: str) -> str:
        """Give what was written."""
        return text

    def join(self, piece: str) -> None:
        """Write what was written elsewhere."""
        self._sheet.out.write(piece)


class Listing:
    """A format of which records stand in a list, with a comma between them."""

    _sheet: Sheet
    _separator: str

    def piece(self, text: str) -> str:
        """Give what was written, which begins on a line of its own."""
        return text

    def join(self, piece: str) -> None:
        """Write what was written elsewhere behind what stands here."""
        if piece:
            self._sheet.out.write(self._separator.removesuffix("\n") + piece)
            self._separator = BETWEEN


BETWEEN = ",\n"
"""Between two records of a list."""
