"""Flaws: problems found in what a guideline means, told by path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.taken_out import taken_out
from guidelint.language.text.tree import key_span, value_span

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    fix: Literal["better", "take-out"] | None = None
    """What `guidelint lint --fix` does by itself: write what is better, or take out what means nothing."""

    def problem(self, code: str, level: ProblemLevel, root: Node, lines: Sequence[str]) -> Problem:
        """Look up where the path stands in the text."""
        span = key_span(root, self.path) if self.at == "key" else value_span(root, self.path)
        edit = None if self.better is None else Edit(span, self.better)
        fix = edit if self.fix == "better" else taken_out(root, self.path, lines) if self.fix else None
        return Problem(code, self.message, span, self.help, edit, level, fix)
