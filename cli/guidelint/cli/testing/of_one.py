"""A guideline with its examples while they are run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.language.text.problem import GuidelineProblems

if TYPE_CHECKING:
    from guidelint.checking.examples.run import Prepared, Runner
    from guidelint.language.examples.read import Found
    from guidelint.language.loaded import Loaded


@dataclass(slots=True)
class OfOne:
    """A guideline, its examples, and what is told of them."""

    runner: Runner
    read: Loaded
    chosen: tuple[Found, ...]
    files: list[GuidelineProblems] = field(default_factory=list[GuidelineProblems])
    tried: int = 0
    unnoticed: int = 0

    @property
    def as_expected(self) -> tuple[Prepared, ...]:
        """Examples that get the verdict that they expect."""
        sound = (one for one in self.chosen if next(self.runner.problems(one), None) is None)
        return tuple(map(self.runner.prepared, sound))
