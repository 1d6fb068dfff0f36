"""What was measured: every measure is taken of the same operands once, by whichever rule, condition or gathering asks.

A measure is kept as long as its operands live, so it goes with the submission or the subject that they belong to; and
no more is kept than so many bytes, what was measured first goes first. What an operand is by itself (the box of a mask,
the outline of a region) is kept with it instead, by ``once``: asking here takes longer than such an answer.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, fields, is_dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, TypeVar
from weakref import ref

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")
Key = tuple[object, ...]
MOST_BYTES = 2**25
"""So much of what was measured is kept."""
ENTRY_BYTES = 500
"""What keeping a number takes, about."""


@dataclass(frozen=True, slots=True, eq=False)
class _Measured:
    value: Any
    size_bytes: int
    operands: tuple[ref[Any], ...]
    """Hold nothing; each tells the memo when its operand is gone."""


class Memo:
    """Measures by what was measured of what."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Key, _Measured] = OrderedDict()
        self._bytes = 0
        self._turn = RLock()

    def ask(self, measure: Callable[..., T], *operands: Any, by: tuple[Hashable, ...] = ()) -> T:
        """Give ``measure(*operands, *by)``, which is taken when it is first asked for.

        ``operands``: objects that do not change, told apart by identity; ``by``: values such as a spacing or a limit.
        What the measure raises is not kept. Nobody may change what is given: others are given the same.
        """
        key = (measure, by, *map(id, operands))
        found = self._kept.get(key)
        if found is None:
            found = self._keep(key, measure(*operands, *by), operands)
        value: T = found.value
        return value

    @property
    def size_bytes(self) -> int:
        """How much is kept, about."""
        return self._bytes

    def forget(self) -> None:
        """Keep nothing any more."""
        with self._turn:
            self._kept.clear()
            self._bytes = 0

    def _keep(self, key: Key, value: object, operands: tuple[object, ...]) -> _Measured:
        def gone(_: object) -> None:
            self._forget(key)

        size_bytes = ENTRY_BYTES + _size_bytes(value)
        found = _Measured(value, size_bytes, tuple(ref(operand, gone) for operand in operands))
        with self._turn:
            self._forget(key)
            self._kept[key] = found
            self._bytes += size_bytes
            while self._bytes > self._most_bytes:
                self._forget(next(iter(self._kept)))
        return found

    def _forget(self, key: Key) -> None:
        with self._turn:
            if found := self._kept.pop(key, None):
                self._bytes -= found.size_bytes


def _size_bytes(value: object) -> int:
    """Bytes of the arrays in a result; numbers and words are counted with their entry."""
    if isinstance(value, (int, float, str)):
        return 0
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, (tuple, list)):
        return sum(map(_size_bytes, value))
    if is_dataclass(value):
        return sum(_size_bytes(getattr(value, each.name)) for each in fields(value))
    return 0


memo: Final = Memo()
"""Of this process."""
