"""For reading: every problem with its place, an excerpt of the text, the reason and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.render.of_guidelines.totals import totals
from guidelint.language.text.problem import GuidelineProblems
from guidelint.language.text.problem_text import report

if TYPE_CHECKING:
    from guidelint.cli.render.of_guidelines.linted import Linted


def page(linted: Linted, *, colour: bool) -> str:  # noqa: ARG001 - an excerpt points by carets
    """Write the problems of each guideline, and the totals."""
    shown = (
        GuidelineProblems(problems, found.text, found.filename)
        for found in linted.guidelines
        if (problems := linted.shown(found))
    )
    return "\n".join([*map(report, shown), "" if linted.quiet else totals(linted)])
