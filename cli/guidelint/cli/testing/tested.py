"""What came of the examples of guidelines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.cli.render.of_guidelines.linted import FOUND, Linted

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Tested(Linted):
    """Files of examples, each with what is told of it."""

    of: int = 0
    """How many guidelines they are of."""
    examples: int = 0
    """How many examples were run."""
    may_be_empty: bool = False
    """Whether nothing to run is no failure."""
    tried: int = 0
    """How many small changes of the guidelines were tried."""
    unnoticed: int = 0
    """How many of them no example notices."""
    is_weak: bool = False
    """Whether too many of them are."""

    @property
    def numbers(self) -> Mapping[str, int]:
        """How many things were read, by what they are."""
        changes = {"changes": self.tried, "unnoticed": self.unnoticed} if self.tried else {}
        return {"guidelines": self.of, "examples": self.examples, **changes}

    @property
    def what(self) -> str:
        """Say how many examples were run."""
        examples = f"{self.examples} example{'s' * (self.examples != 1)}"
        noticed = f", {self.tried - self.unnoticed} of {self.tried} changes noticed" if self.tried else ""
        return f"{examples} of {self.of} guideline{'s' * (self.of != 1)}{noticed}"

    @property
    def status(self) -> int:
        """Exit status; where nothing was run, nothing was shown."""
        is_empty = not (self.examples or self.may_be_empty)
        return FOUND if is_empty or self.is_weak or any(map(self.fails, self.guidelines)) else 0
