"""Small changes of a guideline that none of its examples notices, told where the guideline says what is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.examples.mutation.noticed import noticing
from guidelint.language.text.problem import GuidelineProblems, Problem
from guidelint.language.text.tree import key_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.checking.examples.mutation.mutant import Mutant
    from guidelint.checking.examples.mutation.noticed import Noticing
    from guidelint.checking.examples.run import Prepared, Runner
    from guidelint.language.loaded import Loaded
    from guidelint.language.text.tree import Node

_REMEDY = "Add an example that tells both apart: `guidelint test --draw` draws one."
_BY_VISITS = "Add an example with `visits:` that tells both apart."


def unnoticed(runner: Runner, examples: Sequence[Prepared], read: Loaded) -> tuple[Noticing, GuidelineProblems]:
    """Try every small change, and tell those that nothing notices."""
    tried = noticing(runner, examples)
    told = (_problem(one, read.root) for one in tried.unnoticed)
    return tried, GuidelineProblems(told, read.warnings.text, read.warnings.filename)


def _problem(mutant: Mutant, root: Node) -> Problem:
    place = key_span(root, tuple(mutant.clause.split(".")))
    message = f"no example notices when {mutant.clause} {_changed(mutant)}"
    return Problem("unnoticed-change", message, place, _BY_VISITS if mutant.of_visits else _REMEDY, level="warning")


def _changed(mutant: Mutant) -> str:
    return f"says otherwise: {mutant.change.what}" if mutant.change.what.startswith("`") else mutant.change.what
