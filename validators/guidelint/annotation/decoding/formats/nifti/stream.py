"""The bytes of a file in pieces of the length that is asked for, whatever blocks they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Stream:
    """Reads on; never holds more than was asked for, and one block."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks: Iterator[bytes] = iter(blocks)
        self._left = b""

    def read(self, count: int) -> bytes:
        """Give so many bytes; fewer where the file ends."""
        parts, missing = list[bytes](), count
        while missing > 0 and (block := self._left or next(self._blocks, b"")):
            parts.append(block[:missing])
            self._left = block[missing:]
            missing -= len(parts[-1])
        return b"".join(parts)

    def skip(self, count: int) -> None:
        """Pass over so many bytes, holding none of them."""
        while count > 0 and (passed := len(self.read(min(count, 2**17)))):
            count -= passed
