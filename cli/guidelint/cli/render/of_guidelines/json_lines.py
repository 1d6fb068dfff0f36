"""One JSON object per line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.render.of_guidelines.problem_json import head, problem_json, statistics
from guidelint.cli.render.terminal.visible import in_a_line

if TYPE_CHECKING:
    from guidelint.cli.render.of_guidelines.linted import Linted


def page(linted: Linted, *, colour: bool) -> str:  # noqa: ARG001 - programs see none
    """Write by what was read, then every problem, then the totals."""
    values = [
        {"type": "run", **head()},
        *({"type": "problem", "file": file, **problem_json(problem)} for file, problem in linted.every),
        {"type": "statistics", **statistics(linted)},
    ]
    return "".join(f"{in_a_line(value)}\n" for value in values)
