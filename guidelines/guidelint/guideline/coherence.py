"""Contradictions between parts: names that lead nowhere, names claimed twice, limits that leave nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from guidelint.guideline.problem import Problem
from guidelint.guideline.tree import Node, Path, key_span, value_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.guideline.written import WrittenBody


@dataclass(frozen=True, slots=True)
class Flaw:
    """A problem at a path of the file."""

    code: str
    message: str
    path: Path
    help: str = ""
    at: Literal["key", "value"] = "value"

    def problem(self, root: Node) -> Problem:
        """The problem with its place."""
        span = key_span(root, self.path) if self.at == "key" else value_span(root, self.path)
        return Problem(self.code, self.message, span, self.help)


def flaws(written: WrittenBody, root: Node) -> Iterator[Flaw]:
    """Every contradiction."""
    yield from ()
