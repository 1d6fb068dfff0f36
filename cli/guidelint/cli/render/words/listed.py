"""What a finding is about, listed as people read it: many tasks in a line, and how many more there are."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from guidelint.annotation.natural_order import natural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.region_ref import RegionRef

PIECES = 100
"""So many names, or ranges of them, are listed for people."""
_RUN = 3
"""So many numbers in a row are written as a range."""
MOST_LETTERS = 32_000
"""So many letters fit into a cell of a spreadsheet, which holds 32,767."""


def listed(refs: Sequence[RegionRef], unlisted: int) -> str:
    """List tasks, where each thing stands on one of its own, else the things themselves."""
    tasks = sorted({ref.task for ref in refs}, key=natural)
    if len(tasks) < len(refs):
        return _joined([ref.title for ref in refs], unlisted)
    runs = list(_runs(tasks))
    shown = runs[:PIECES]
    left = sum(map(len, runs[PIECES:]))
    return f"tasks {_joined([_written(run) for run in shown], left + unlisted)}"


def in_a_cell(titles: Sequence[str], unlisted: int) -> str:
    """List as many as a cell of a spreadsheet holds."""
    shown, letters = 0, 0
    for title in titles:
        letters += len(title) + 2
        if letters > MOST_LETTERS:
            break
        shown += 1
    return _with_others(titles[:shown], len(titles) - shown + unlisted)


def _joined(names: Sequence[str], unlisted: int) -> str:
    shown = names[:PIECES]
    return _with_others(shown, len(names) - len(shown) + unlisted)


def _with_others(names: Sequence[str], others: int) -> str:
    return ", ".join(names) + (f" and {others} more" if others else "")


def _runs(tasks: Sequence[str]) -> Iterator[Sequence[str]]:
    """Part names in their order where the next is not the next number."""
    breaks = [at for at, (one, other) in enumerate(pairwise(tasks), 1) if not _follows(one, other)]
    for begin, end in pairwise((0, *breaks, len(tasks))):
        run = tasks[begin:end]
        yield from (run,) if len(run) >= _RUN else ((one,) for one in run)


def _follows(one: str, other: str) -> bool:
    short = one.isdecimal() and other.isdecimal() and len(other) < MOST_DIGITS
    return short and int(other) == int(one) + 1


def _written(run: Sequence[str]) -> str:
    return run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}"


MOST_DIGITS = 18
"""Longer numbers are names."""
