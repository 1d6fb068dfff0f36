"""One of the guidelines that a delivery is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.checking.asked.adjustment import Run


@dataclass(frozen=True, slots=True)
class By:
    """A guideline as a run judges by it."""

    run: Run
    broken: Callable[[bytes], str] | None = None
    """Says how an annotation breaks its compiled schema; None: nobody asks."""
