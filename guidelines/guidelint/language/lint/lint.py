"""What a lint is: a code, a level, why it matters and who says so, an example of it and one without, its check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.language.lint.draft import Draft
from guidelint.language.lint.flaw import Flaw

if TYPE_CHECKING:
    from guidelint.language.text.problem import ProblemLevel

Find = Callable[[Draft], Iterator[Flaw]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """One way in which a well-formed guideline can be wrong or unwise. One file per lint; its name is the code."""

    code: str
    """Name that ``guidelint explain`` knows."""
    means: str
    """What is wrong, in a sentence."""
    why: str
    """Why it matters, and what to do."""
    wrong: str
    """A part of a guideline that has the problem."""
    right: str
    """The same part without it."""
    find: Find
    """Finds it in a guideline."""
    level: ProblemLevel = "error"
    """``warning`` where somebody could mean what is written: it is told, and the guideline compiles. ``note`` where
    nothing is wrong and something is lacking that a good guideline has: `guidelint lint` tells it."""
    source: str = ""
    """Publication that asks for it, with its address; empty: none does."""
    is_consequence: bool = False
    """Whether it may only follow from what is broken inside, which is told."""

    @property
    def said_by(self) -> str:
        """Say who asks for it."""
        return self.source or _BY_ITSELF[self.level]


_BY_ITSELF: Mapping[ProblemLevel, str] = {
    "error": "What the keys of the language mean.",
    "warning": "A choice of this language.",
    "note": "A choice of this language.",
}
