"""What follows, or why nothing does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guidelint.annotation.region import as_number, option
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.measured_in import apart
from guidelint.validation.rule.evidence import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.annotation.region import Value

NONE_ASKED: Final = "none of the questions that it follows from is asked here"


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows."""

    value: Value
    """Key of an option, or a number."""
    because: str
    """The arithmetic, in words."""
    besides: tuple[str, ...] = ()
    """Options that are as good an answer, since what was measured lies so near to their band."""

    def plain(self, unit: str) -> str | Quantity:
        """Give it as the guideline keys it, for programs."""
        return self.value if isinstance(self.value, str) else Quantity(self.value, unit)

    def is_same(self, entered: Value, tolerance: float) -> bool:
        """Whether it is what was entered; a number, to within a tolerance."""
        if isinstance(self.value, str):
            return option(entered) in {self.value, *self.besides}
        number = as_number(entered)
        return number is not None and apart(number, self.value) <= tolerance

    def leading(self, shown: Callable[[Value], str]) -> str:
        """Say the arithmetic, and the option to which it leads, as it is shown."""
        return f"{self.because} → {shown(self.value)}" if isinstance(self.value, str) else self.because


Follows = Derived | NotMeasurable
"""What follows, or why nothing does."""
