"""What a lint is: a code, why it matters, an example of it and one without, and how it is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    """``warning`` where somebody could mean what is written: it is told, and the guideline compiles."""
    is_consequence: bool = False
    """Whether it may only follow from what is broken inside, which is told."""
