"""A part of a file: from behind one record to behind another, so that several can be read at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from guidelint.annotation.decoding.files.blocks import BLOCK_BYTES
from guidelint.annotation.decoding.files.text_point import Point

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

B = TypeVar("B")
_START = Point()


@dataclass(frozen=True, slots=True)
class Begin(Generic[B]):
    """A place between two records, and all that counts of what stands before it."""

    before: B
    """What the decoder knows by then, in its own words."""
    byte: int = 0
    records: int = 0
    """How many were told before."""
    point: Point = _START
    """The same place by line and column, where that is asked for."""


@dataclass(slots=True)
class Part(Generic[B]):
    """Read from behind one record to behind another."""

    begin: Begin[B]
    end: int | None = None
    """It ends behind the last record of the block that ends here, or the next with any; None: where the file ends."""
    foreseen: Begin[B] | None = None
    """Where the next one is thought to begin; None: nobody knows."""
    may_end: bool = True
    """Whether it is known yet what the file is; before that no part of it ends."""
    after: Begin[B] | None = None
    """Where the next one begins, once all is read; None: the file is at its end."""

    @property
    def is_first(self) -> bool:
        """Whether the file begins here."""
        return self.begin.byte == 0

    def reaches(self, byte: int) -> bool:
        """Whether the part may end at a byte."""
        return self.end is not None and byte >= self.end


@dataclass(frozen=True, slots=True)
class PartBlocks:
    """The text of a plain file from one byte on, in the blocks in which whoever reads all of it is given it."""

    path: Path
    begin: int
    problem: str = ""
    """There is none: what is plain cannot be damaged."""
    head: bytes = b""
    offset: int = 0

    def __iter__(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            file.seek(self.begin)
            at = self.begin
            while block := file.read(BLOCK_BYTES - at % BLOCK_BYTES):
                at += len(block)
                yield block
