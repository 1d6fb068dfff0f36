"""Where the top-level objects of a JSON text open and close, told from quotes and braces alone, block by block."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.intp]

_QUOTE, _BACKSLASH, _OPEN, _CLOSE = b'"\\{}'


class Structure:
    """Remembers what one block means for the next."""

    def __init__(self) -> None:
        self._depth = 0
        self._in_string = False
        self._escaping = False

    def edges(self, block: bytes) -> list[int]:
        """Positions in the block of the braces that open or close a top-level object, in turn and in order."""
        codes = np.frombuffer(block, np.uint8)
        quotes = self._quotes(codes, block)
        braces = (codes >= _OPEN).nonzero()[0]  # and little else
        braces = braces[(codes[braces] == _OPEN) | (codes[braces] == _CLOSE)]
        in_string = (np.searchsorted(quotes, braces) + self._in_string) % 2 == 1
        self._in_string = (quotes.size + self._in_string) % 2 == 1
        braces = braces[~in_string]
        edges: list[int] = self._top_level(braces, np.where(codes[braces] == _OPEN, 1, -1)).tolist()
        return edges

    def _top_level(self, braces: Positions, steps: npt.NDArray[np.int_]) -> Positions:
        if braces.size == 0:
            return braces
        depths = self._depth + np.cumsum(steps)
        depths -= np.minimum.accumulate(np.minimum(depths, 0))  # a stray closing brace closes nothing
        before = np.r_[self._depth, depths[:-1]]
        self._depth = int(depths[-1])
        edges: Positions = braces[((before == 0) & (depths == 1)) | ((before == 1) & (depths == 0))]
        return edges

    def _quotes(self, codes: npt.NDArray[np.uint8], block: bytes) -> Positions:
        """Quotation marks that are not escaped."""
        quotes: Positions = (codes == _QUOTE).nonzero()[0]
        if not self._escaping and b"\\" not in block:
            return quotes
        escaped = self._escaped(np.flatnonzero(codes == _BACKSLASH), codes.size)
        self._escaping = bool(escaped[codes.size])
        return quotes[~escaped[quotes]]

    def _escaped(self, backslashes: Positions, size: int) -> npt.NDArray[np.bool_]:
        """Positions (size + 1,) after a backslash that is not itself escaped: every second one of a run escapes."""
        escaped = np.zeros(size + 1, np.bool_)
        if self._escaping:
            backslashes = np.r_[-1, backslashes]
        if backslashes.size:
            first = np.flatnonzero(np.r_[True, np.diff(backslashes) != 1])
            place = np.arange(backslashes.size) - np.repeat(first, np.diff(np.r_[first, backslashes.size]))
            escaped[backslashes[place % 2 == 0] + 1] = True
        return escaped
