"""What follows, or why nothing does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guidelint.geometry.not_measurable import NotMeasurable

if TYPE_CHECKING:
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


Follows = Derived | NotMeasurable
"""What follows, or why nothing does."""
