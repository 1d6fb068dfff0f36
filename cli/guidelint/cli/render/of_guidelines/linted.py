"""What was found in guidelines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.language.text.problem import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.text.problem import GuidelineProblems, Problem, ProblemLevel

FOUND, USAGE = 1, 2
"""Exit statuses: something that counts is told; a file or an argument is not what it should be."""


@dataclass(frozen=True, slots=True)
class Linted:
    """Guidelines that were read, each with what is told of it, and those that could not be."""

    guidelines: tuple[GuidelineProblems, ...]
    unread: tuple[str, ...] = ()
    """Why, in words."""
    strict: bool = False
    """Whether warnings and notes count, too."""
    quiet: bool = False
    """Leave out what does not count."""

    def counts(self, problem: Problem) -> bool:
        """Whether it keeps a guideline from passing."""
        return self.strict or problem.level == "error"

    def fails(self, found: GuidelineProblems) -> bool:
        """Whether a guideline does not pass; among more than is told anything may be."""
        return found.and_more or any(map(self.counts, found.problems))

    def shown(self, found: GuidelineProblems) -> tuple[Problem, ...]:
        """Give what is shown of a guideline."""
        return tuple(problem for problem in found.problems if not self.quiet or self.counts(problem))

    @property
    def every(self) -> Iterator[tuple[str, Problem]]:
        """Yield what is shown of all of them, with the file."""
        for found in self.guidelines:
            yield from ((found.filename, problem) for problem in self.shown(found))

    @property
    def numbers(self) -> Mapping[str, int]:
        """How many things were read, by what they are."""
        return {"guidelines": len(self.guidelines)}

    @property
    def what(self) -> str:
        """Say how many guidelines were read."""
        return f"{len(self.guidelines)} guideline{'s' * (len(self.guidelines) != 1)}"

    @property
    def levels(self) -> Mapping[ProblemLevel, int]:
        """How many of each level there are."""
        counted = Counter(problem.level for found in self.guidelines for problem in found.problems)
        return {level: counted[level] for level in LEVELS}

    @property
    def status(self) -> int:
        """Exit status."""
        if self.unread:
            return USAGE
        return FOUND if any(map(self.fails, self.guidelines)) else 0
