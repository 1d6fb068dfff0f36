"""What stands in no file, read as if it did."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.source import Source

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from guidelint.annotation.decoding.files.source import Readable


@dataclass(frozen=True, slots=True)
class InMemory(Source):
    """What stands in no file."""

    content: Iterable[bytes] = ()

    @contextmanager
    def opened(self) -> Generator[Readable]:
        """Give it piece by piece."""
        yield _Pieces(iter(self.content))


class _Pieces:
    """Bytes that are made as they are read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = BytesIO()

    def read1(self, size: int = -1, /) -> bytes:
        """Give what is there."""
        while not (taken := self._left.read1(size)):
            piece = next(self._pieces, b"")
            if not piece:
                return b""
            self._left = BytesIO(piece)
        return taken
