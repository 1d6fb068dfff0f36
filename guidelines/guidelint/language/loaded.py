"""A guideline as it was read, with what is unwise about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from guidelint.language.form.guideline import Guideline
    from guidelint.language.form.written import WrittenGuideline
    from guidelint.language.text.problem import GuidelineProblems
    from guidelint.language.text.tree import Node


@dataclass(frozen=True, slots=True)
class Loaded:
    """A guideline, and the warnings about its text."""

    guideline: Guideline
    warnings: GuidelineProblems
    """None of them keeps it from being used; often there are none. Notes are among them where they were asked for."""
    written: WrittenGuideline
    """The same as it was written."""
    root: Node
    """Where everything stands in the text."""
    tree: Node
    """The same before what is used again was put where it is used, with what it has of a base."""
    met: AbstractSet[tuple[str, str]]
    """Code and message of everything that was met in the text, what is allowed there too."""
    texts: str
    """The text, and those of all guidelines that it extends."""
    folder: Path | None
    """Where its pictures lie; None: it was read without any."""
