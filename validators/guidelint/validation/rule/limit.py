"""Limits that follow from facts of the image: as a number that says why, or as one that cannot be told."""

from __future__ import annotations

from typing import NoReturn

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.digits import as_written
from guidelint.validation.rule.wording import Worded


class OfImage(float, Worded):
    """A limit as the image gives it. A number like any other, and it knows why it is this one."""

    __slots__ = ("because",)
    because: str
    """Why it is this number, e.g. ``2 × slice thickness (0018,0050), here 5 mm``."""

    @classmethod
    def of(cls, value: float, because: str) -> OfImage:
        """Make a limit that says why."""
        made = cls(value)
        made.because = because
        return made

    def told(self, unit: str) -> str:
        """Write it with its unit, and why."""
        shown = f"{as_written(float(self))}\N{NO-BREAK SPACE}{unit}" if unit else as_written(float(self))
        return f"{shown} ({self.because})"


class NotKnown(Worded):
    """A limit that the image does not give: whoever compares with it is told why that cannot be."""

    def __init__(self, reason: str) -> None:
        """``reason``: for people, with what to do."""
        self.reason = reason

    def told(self, unit: str) -> str:
        """Raise NotMeasurable."""
        return self._cannot(unit)

    def _cannot(self, *_: object) -> NoReturn:
        raise NotMeasurable(self.reason)

    __lt__ = __le__ = __gt__ = __ge__ = _cannot
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __pow__ = _cannot
    __neg__ = __abs__ = __round__ = __float__ = __int__ = _cannot
