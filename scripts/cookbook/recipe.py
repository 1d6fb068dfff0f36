"""A recipe of the cookbook: a task in the words of who has it, the part of a guideline that does it, and works."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from guidelint.language.reference.problem_explanations import with_part
from guidelint.language.text.parse import parse
from guidelint.language.text.tree import as_json
from locks import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RECIPES = ROOT / "docs" / "recipes"
CHAPTERS = "chapters.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """All works of a recipe handed in together, and the verdict that the whole must get."""

    title: str
    verdict: str
    by: str = ""
    """Rule that it departs from; empty: none."""
    seconds: float | None = None
    """How long each annotation took; None: nobody knows."""
    untouched: int = 0
    """How many tasks there are beside, which nobody annotated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What must not be written, and the code of what is told of it."""

    title: str
    guideline: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What stands in the file of a recipe."""

    name: str
    title: str
    guideline: str
    """A part of a guideline, or the whole of one that extends another."""
    examples: Mapping[str, Any]
    """Works, as examples are written, each with a title."""
    common: Mapping[str, Any] = field(default_factory=dict[str, Any])
    text: str = ""
    """What else there is to say."""
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    """Files that works name: name → text."""
    together: Together | None = None
    refused: Refused | None = None

    @property
    def whole(self) -> str:
        """The guideline, whole."""
        return whole(self.guideline)

    @property
    def works(self) -> str:
        """The works as a file of examples."""
        return json.dumps({"common": self.common, "examples": self.examples})


def whole(part: str) -> str:
    """Put a part into the smallest guideline; what extends another is whole by itself."""
    return part if part.startswith("guidelint:") else with_part(part)


def recipe(name: str) -> Recipe:
    """Read a recipe."""
    read = _read(RECIPES / f"{name}.yaml")
    together, refused = read.pop("together", None), read.pop("refused", None)
    return Recipe(
        name=name,
        **read,
        together=None if together is None else Together(**together),
        refused=None if refused is None else Refused(**refused),
    )


def chapters() -> dict[str, list[str]]:
    """List the names of recipes, in their order, by chapter."""
    read: dict[str, list[str]] = _read(RECIPES / CHAPTERS)
    return read


def _read(path: Path) -> Any:
    parsed = parse(path.read_text(encoding="utf-8"))
    if parsed.root is None or parsed.problems:
        raise ValueError(f"{path}: {parsed.problems}")
    return as_json(parsed.root)
