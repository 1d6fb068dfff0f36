"""Parts of a guideline in the making, as every source tells them, and what stands where it tells too little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.sketch.yaml_text import TO_DO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FEWEST: Final = 2
"""A question has so many options or more."""
MOST_STEPS: Final = 100
"""So many steps of a scale are written; one with more is no scale that people know."""
_MOST_CHARACTERS: Final = 500


def one_or_all(items: Sequence[str]) -> str | list[str]:
    """Write a single item by itself."""
    return items[0] if len(items) == 1 else list(items)


def any_text() -> dict[str, object]:
    """Ask for a text, whatever it says."""
    return {"text": {"max_length": _MOST_CHARACTERS}}


def steps_to(last: int) -> dict[str, str]:
    """Write the steps of a scale of which no more than the last is told."""
    return {str(step): str(step) for step in range(1, min(max(last, FEWEST), MOST_STEPS) + 1)}


def scale_of(steps: Mapping[str, object]) -> dict[str, object]:
    """Ask for a step; in which direction they go, only the author knows."""
    return {"scale": dict(steps), "higher_means": TO_DO}


def filled_up(options: Mapping[str, object]) -> dict[str, object]:
    """Give a question the options that it lacks, to be written."""
    others = {f"other-{number}": f"{TO_DO} {number}" for number in range(len(options) + 1, FEWEST + 1)}
    return {**options, **others}
