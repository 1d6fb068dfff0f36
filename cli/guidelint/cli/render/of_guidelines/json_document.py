"""One JSON document, a guideline per line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.render.of_guidelines.problem_json import head, problem_json, statistics
from guidelint.cli.render.terminal.visible import in_a_line

if TYPE_CHECKING:
    from guidelint.cli.render.of_guidelines.linted import Linted


def page(linted: Linted, *, colour: bool) -> str:  # noqa: ARG001 - programs see none
    """Write an object with the guidelines, and the totals last."""
    lines = [
        in_a_line(
            {
                "file": found.filename,
                "problems": [problem_json(problem) for problem in linted.shown(found)],
                "and_more": found.and_more,
            }
        )
        for found in linted.guidelines
    ]
    guidelines, counts = ",\n".join(lines), in_a_line(statistics(linted))
    return f'{in_a_line(head())[:-1]}, "guidelines": [\n{guidelines}\n], "statistics": {counts}}}\n'
