"""Files below a folder, within bounds of number, depth and time."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_FILES = 200_000
"""So many files of one folder are looked at."""
DEEPEST = 32
"""So many folders inside one another are gone down."""
FIRST = 5
"""So many files that are none are named."""
LONGEST_S = 1800.0
"""So long one folder is looked through."""


@dataclass(slots=True)
class Walk:
    """Goes through a folder in order of names, hidden ones left out, and remembers what it did not look at."""

    folder: Path
    most_files: int = MOST_FILES
    deepest: int = DEEPEST
    longest_s: float = LONGEST_S
    clock: Callable[[], float] = monotonic
    problems: list[str] = field(default_factory=list[str])
    """What was not looked at, in sentences with a remedy."""

    def files(self) -> Iterator[Path]:
        """Give each file; a folder that links lead to is gone through once, and what would wait for ever is told."""
        others: list[str] = []
        for path in self._named():
            if _may_be_opened(path):
                yield path
            else:
                others.append(path.relative_to(self.folder).as_posix())
        if others:
            named = ", ".join(others[:FIRST]) + (f" and {len(others) - FIRST} more" if len(others) > FIRST else "")
            self.problems.append(f"{self.folder}: pipes, sockets and devices are not opened: {named}. Take them out")

    def _named(self) -> Iterator[Path]:
        begun, count = self.clock(), 0
        for parent, names in self._folders():
            for name in names:
                if count == self.most_files:
                    self._stopped(f"{self.most_files:,} files were looked at, the most of one folder")
                    return
                if self.clock() - begun > self.longest_s:
                    self._stopped(f"{self.longest_s / 60:.0f} minutes were spent, the most on one folder")
                    return
                count += 1
                yield Path(parent, name)

    def _stopped(self, reason: str) -> None:
        self.problems.append(f"{self.folder}: {reason}; the rest was not. Give a folder that holds less")

    def _folders(self) -> Iterator[tuple[str, list[str]]]:
        closed: list[OSError] = []
        known = {self.folder.resolve()}
        for parent, folders, names in os.walk(self.folder, onerror=closed.append, followlinks=True):
            folders[:] = sorted(name for name in folders if self._goes_down(Path(parent, name), known))
            yield parent, sorted(name for name in names if not name.startswith("."))
        for error in closed:
            why = (error.strerror or "closed").lower()
            self.problems.append(f"{error.filename} cannot be read: {why}. Ask whoever owns it to let you read it")

    def _goes_down(self, folder: Path, known: set[Path]) -> bool:
        if folder.name.startswith("."):
            return False
        if len(folder.relative_to(self.folder).parts) > self.deepest:
            self.problems.append(f"{folder} lies more than {self.deepest} folders down. Give it by itself")
            return False
        real = folder.resolve()
        is_new = real not in known
        known.add(real)
        return is_new


def _may_be_opened(path: Path) -> bool:
    """Whether it is a regular file; of what cannot be looked at, opening it tells why."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True
