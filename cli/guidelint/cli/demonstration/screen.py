"""What the demonstration shows: steps with their times, a table that grows, and where to look."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from rich.console import Console

COLOURS = {"accepted": "green", "returned": "red", "escalated": "yellow", "unverified": "magenta", "skipped": "dim"}
_WIDTHS = (8, 38, 10, 6)
_DETAIL = 60
"""Characters kept of what an installer says."""


@dataclass
class Screen:
    """A console with running steps below and finished lines above."""

    console: Console
    began: float
    """Clock reading (seconds since the epoch) at which the command was called."""
    progress: Progress = field(init=False)

    def __post_init__(self) -> None:
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(20),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[detail]}"),
        )
        self.progress = Progress(*columns, console=self.console, transient=True)

    @property
    def seconds(self) -> float:
        """Time since the command was called."""
        return time.time() - self.began

    @contextmanager
    def step(self, title: str, total: int | None = None) -> Generator[Step]:
        """Show a step while it runs, and one line with its time when it is done."""
        began = time.monotonic()
        step = Step(self.progress, self.progress.add_task(title, total=total, detail=""))
        if not self.console.is_terminal:
            self.console.print(f"… {title}")
        try:
            yield step
        finally:
            self.progress.remove_task(step.task)
        self.console.print(f"[green]✓[/] {title} [dim]{time.monotonic() - began:.1f} s {escape(step.outcome)}[/]")

    def say(self, text: str) -> None:
        """Print a line of rich markup above the running steps."""
        self.console.print(text)

    def heading(self, *names: str) -> None:
        """Print the names of the columns."""
        self._line([f"[bold]{name}" for name in names])

    def row(self, who: str, what: str, decision: str, seconds: str, said: str) -> None:
        """Print one verdict."""
        colour = COLOURS.get(decision, "red")
        self._line([f"[dim]{escape(who)}", escape(what), f"[{colour}]{decision}", seconds, escape(said)])

    def _line(self, cells: Sequence[str]) -> None:
        table = Table.grid(padding=(0, 1), expand=True)
        for width in _WIDTHS:
            table.add_column(width=width, no_wrap=True, overflow="ellipsis")
        table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        table.add_row(*cells)
        self.console.print(table)


@dataclass
class Step:
    """A running step."""

    progress: Progress
    task: TaskID
    outcome: str = ""
    """What is told when it is done."""

    def detail(self, text: str) -> None:
        """Say what is being done."""
        self.progress.update(self.task, detail=escape(text.strip()[:_DETAIL]))

    def advance(self) -> None:
        """Count one thing done."""
        self.progress.advance(self.task)
