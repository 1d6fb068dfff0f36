"""Problems: what is wrong with the text of a guideline, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.guideline.span import Span


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a guideline. Never about an annotation; that is a ``Finding``."""

    code: str
    """Name that ``guidelint explain`` knows."""
    message: str
    """What is wrong, as one sentence without a full stop."""
    span: Span
    """Where it stands."""
    help: str = ""
    """What to do next."""

    @property
    def line(self) -> int:
        """Line as editors count, from 1."""
        return self.span.line + 1

    @property
    def column(self) -> int:
        """Column as editors count, from 1."""
        return self.span.column + 1


class GuidelineProblems(Exception):  # noqa: N818 - a state of the text, not a fault of the program
    """A text is not a guideline; all its problems, sorted by position."""

    def __init__(self, problems: tuple[Problem, ...], text: str, filename: str) -> None:
        super().__init__(f"{filename}: {len(problems)} problem{'s' * (len(problems) != 1)}")
        self.problems = tuple(sorted(set(problems), key=lambda problem: (problem.span, problem.code, problem.message)))
        self.text = text
        self.filename = filename
