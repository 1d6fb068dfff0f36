"""Where an export is read from: a file, or standard input."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

STANDARD_INPUT = "standard input"


class Readable(Protocol):
    """Bytes that are given as they come."""

    def read1(self, size: int = -1, /) -> bytes:
        """Give what is there, at most so many bytes; nothing at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read."""

    name: str
    path: Path | None = None
    """None: standard input, unless there is a problem."""
    problem: str = ""
    """Why there is nothing to read."""
    below: Path | None = None
    """The folder that was named, where the file was found in one."""

    def __post_init__(self) -> None:
        """Spell out what is no text in the name of a file, so that everything can be written about it."""
        object.__setattr__(self, "name", self.name.encode(errors="backslashreplace").decode())

    @property
    def size_bytes(self) -> int | None:
        """Bytes of a file; None: not known."""
        try:
            return None if self.path is None else self.path.stat().st_size
        except OSError:
            return None

    @property
    def is_read_once(self) -> bool:
        """Whether this process alone can read it, and once: a pipe, or what stands in no file."""
        if self.problem:
            return False
        return self.path is None or (self.path.exists() and not self.path.is_file())

    @contextmanager
    def opened(self) -> Generator[Readable]:
        """Open it. Raises OSError."""
        if self.path is None:
            yield sys.stdin.buffer  # type: ignore[misc]  # always buffered, which its type does not say
            return
        with self.path.open("rb") as file:
            yield file


def source_of(given: Source | Path) -> Source:
    """Take a file by its path."""
    return given if isinstance(given, Source) else Source(str(given), given)
