"""What was found in all guidelines of a run, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.text.problem import counted

if TYPE_CHECKING:
    from guidelint.cli.render.of_guidelines.linted import Linted


def totals(linted: Linted) -> str:
    """Say how much was read, and how much is told of it."""
    more = "more than " * any(found.and_more for found in linted.guidelines)
    told = f"{more}{counted(linted.levels)}" if any(linted.levels.values()) else "nothing to tell"
    return f"{linted.what}: {told}.\n"
