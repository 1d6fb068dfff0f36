"""A guideline with everything that it uses again put where it is used, each copy at the place of its original."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.language.reuse.attribute_sets import with_asked_sets
from guidelint.language.reuse.kinds import with_kinds
from guidelint.language.reuse.notebook import Notebook, TooMuchError
from guidelint.language.reuse.vocabularies import with_vocabularies
from guidelint.language.text.tree import Branch

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from guidelint.language.text.problem import Problem
    from guidelint.language.text.tree import KeyPath, Node


@dataclass(frozen=True, slots=True)
class Expanded:
    """What came of a tree."""

    root: Node | None
    """None: more would come of it than can be read."""
    problems: tuple[Problem, ...] = ()
    causes: AbstractSet[KeyPath] = frozenset()
    """Paths about which nothing more is said: what is wrong there follows from a problem."""


def expanded(root: Node) -> Expanded:
    """Put everything where it is used."""
    if not isinstance(root, Branch):
        return Expanded(root)
    notebook = Notebook()
    try:
        whole = with_asked_sets(with_kinds(with_vocabularies(root, notebook), notebook), notebook)
    except TooMuchError as error:
        return Expanded(None, (error.problem,))
    return Expanded(whole, tuple(notebook.problems), notebook.causes)
