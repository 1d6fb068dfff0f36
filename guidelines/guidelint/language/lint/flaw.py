"""Flaws: problems found in what a guideline means, told by path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.tree import key_span, value_span

if TYPE_CHECKING:
    from guidelint.language.text.problem import ProblemLevel
    from guidelint.language.text.tree import KeyPath, Node


def in_words(path: KeyPath) -> str:
    """Say where something stands, from the outermost key."""
    return ": ".join(map(str, path))


@dataclass(frozen=True, slots=True)
class Flaw:
    """A problem at a path of the file; which one, its lint says."""

    message: str
    path: KeyPath
    help: str = ""
    at: Literal["key", "value"] = "value"
    better: str | None = None
    """What to write in its place, where that is plain."""

    def problem(self, code: str, level: ProblemLevel, root: Node) -> Problem:
        """Look up where the path stands in the text."""
        span = key_span(root, self.path) if self.at == "key" else value_span(root, self.path)
        edit = None if self.better is None else Edit(span, self.better)
        return Problem(code, self.message, span, self.help, edit, level)
