"""Examples of the guideline that one extends: what the base does not accept must not be accepted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.language.examples.read import problem_of
from guidelint.language.library import is_path
from guidelint.language.text.problem import GuidelineProblems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.cli.testing.of_one import OfOne
    from guidelint.validation.judging.plan import Plan

_REMEDY = "Look which part of the guideline accepts it: an extension may ask for more, and never for less."


def base_of(guideline: str, of: OfOne) -> str:
    """Name the guideline that one extends, as it is found from here; empty: it extends none."""
    narrowed = of.read.guideline.narrowed
    if narrowed is None or not is_path(narrowed.base):
        return "" if narrowed is None else narrowed.base
    return str(Path(guideline).parent / narrowed.base)


def accepted_here(base: OfOne, plan: Plan) -> Iterator[GuidelineProblems]:
    """Judge the examples of a base by the plan of what extends it, and tell those that it accepts."""
    for prepared in base.as_expected:
        found = prepared.found
        if found.example.verdict != "accepted" and base.runner.judged(prepared, plan).decision == "accepted":
            what = f"{plan.guideline} accepts it, and the guideline that it extends does not"
            problem = problem_of(found, "unexpected-verdict", what, _REMEDY, "verdict")
            yield GuidelineProblems([problem], found.source.text, found.source.filename)
