"""What is noted while a guideline is expanded: problems, what follows from them, and how much was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from guidelint.language.text.problem import Problem
from guidelint.language.text.tree import walk

if TYPE_CHECKING:
    from guidelint.language.text.span import Span
    from guidelint.language.text.tree import KeyPath, Node

MOST_PARTS: Final = 100_000
"""Parts that may come of reuse: a text of 1 MiB holds about as many."""


class TooMuchError(Exception):
    """More comes of a text than can be read; holds the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(slots=True)
class Notebook:
    """Notes of an expansion."""

    problems: list[Problem] = field(default_factory=list[Problem])
    causes: set[KeyPath] = field(default_factory=set["KeyPath"])
    """Paths about which nothing more is said: what is wrong there follows from a problem."""
    parts: int = 0
    _sizes: dict[int, tuple[Node, int]] = field(default_factory=dict[int, "tuple[Node, int]"])

    def tell(self, problem: Problem, *causes: KeyPath) -> None:
        """Note a problem, and what follows from it."""
        self.problems.append(problem)
        self.causes.update(causes)

    def count(self, node: Node, place: Span) -> None:
        """Count what is put into another place. Raises TooMuchError."""
        if id(node) not in self._sizes:
            self._sizes[id(node)] = (node, sum(1 for _ in walk(node)))
        self.count_parts(self._sizes[id(node)][1], place)

    def count_parts(self, parts: int, place: Span) -> None:
        """Count so many parts more. Raises TooMuchError."""
        self.parts += parts
        if self.parts > MOST_PARTS:
            message = f"what is used again here and before makes more than {MOST_PARTS:,} parts"
            remedy = "Use it in fewer places, or make several guidelines of this one."
            raise TooMuchError(Problem("too-large", message, place, remedy))
