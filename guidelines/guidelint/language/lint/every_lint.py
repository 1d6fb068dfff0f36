"""All lints by code: those in the rooms beside, each a file."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import guidelint.language.lint
from guidelint.language.lint.draft import Draft
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from guidelint.language.examples.kept import Kept
    from guidelint.language.form.written import WrittenBody
    from guidelint.language.lint.flaw import Flaw
    from guidelint.language.text.problem import Problem, ProblemLevel
    from guidelint.language.text.tree import Node, Parts


def flaws(written: WrittenBody, root: Node, parts: Parts) -> Iterator[tuple[Lint, Flaw]]:
    """Find what is wrong, then what is unwise; ``written`` may lack what could not be read, ``root`` does not."""
    return _found(Draft(written, root, parts), "error", "warning")


def notes(
    written: WrittenBody, root: Node, parts: Parts, lines: Sequence[str], examples: tuple[Kept, ...] = ()
) -> Iterator[Problem]:
    """Find what a critical colleague would ask for in a guideline that could be read, and in its examples."""
    found = _found(Draft(written, root, parts, examples), "note")
    return (flaw.problem(lint.code, lint.level, root, lines) for lint, flaw in found)


def _found(draft: Draft, *levels: ProblemLevel) -> Iterator[tuple[Lint, Flaw]]:
    """Find flaws, those of the first level first: where there are more than are told, the others are left out."""
    for level in levels:
        for lint in lints().values():
            if lint.level == level:
                yield from ((lint, flaw) for flaw in lint.find(draft))


@cache
def lints() -> Mapping[str, Lint]:
    """Every lint by its code. Raises TypeError when two share one."""
    found: dict[str, Lint] = {}
    for name in _modules():
        lint = getattr(importlib.import_module(name), "LINT", None)
        if isinstance(lint, Lint):
            if lint.code in found:
                raise TypeError(f"two lints are called {lint.code}")
            found[lint.code] = lint
    return MappingProxyType(dict(sorted(found.items())))


def _modules() -> Iterator[str]:
    base = "guidelint.language.lint"
    for room in pkgutil.iter_modules(guidelint.language.lint.__path__, f"{base}."):
        if room.ispkg:
            path = importlib.import_module(room.name).__path__
            yield from (module.name for module in pkgutil.iter_modules(path, f"{room.name}."))
