"""Columns of what follows from answers and nobody enters: one for each question, beside the other columns of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidelint.validation.judging.derived_value import DerivedValue
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.verdict import Verdict

PREFIX: Final = "gl_derived_"
"""Stands before the key of the question; every key of the task data that begins so is ours."""
BETWEEN: Final = " · "
MOST: Final = 100
"""So many values stand in one cell; the banner and ``check`` tell all."""

Cell = str | float


def column_of(question: str) -> str:
    """Give the key of the column of a question."""
    return PREFIX + question


def is_derived_column(key: str) -> bool:
    """Whether a key of the task data is that of such a column."""
    return key.startswith(PREFIX)


def derived_columns(verdicts: Iterable[Verdict]) -> dict[str, Cell]:
    """Write the columns of what follows; a question whose answer does not follow has none.

    One number stands as a number, in the unit of its question, so that Label Studio can sort by it. An option stands in
    the words of the guideline, and of several each with what it is of: ``1: TR4 · 2: TR5``.
    """
    told: dict[str, list[tuple[Finding, DerivedValue]]] = {}
    for finding in (finding for verdict in verdicts for finding in verdict.derived):
        if (value := finding.derived) is not None:
            told.setdefault(column_of(value.question), []).append((finding, value))
    return {key: _cell(values) for key, values in sorted(told.items())}


def _cell(told: list[tuple[Finding, DerivedValue]]) -> Cell:
    if len(told) == 1:
        ((finding, only),) = told
        if not _of(finding, only):
            return _number(only.value) if isinstance(only.value, float) else _plain(only.shown)
    listed = [": ".join(filter(None, (_of(finding, value), _plain(value.shown)))) for finding, value in told]
    more = [f"+{len(listed) - MOST} more"] if len(listed) > MOST else []
    return BETWEEN.join((*listed[:MOST], *more))


def _of(finding: Finding, value: DerivedValue) -> str:
    """Say of what it is the value: a region by its number, an image, a time point; empty: of all that is judged."""
    numbered = next((str(region.number) for region in finding.regions if region.number and not region.task), "")
    return numbered or value.time_point or (f"image {value.image}" if value.image is not None else "")


def _plain(shown: str) -> str:
    """Write only spaces that people type, so that a filter finds ``6 mm``."""
    return " ".join(shown.split())


def _number(value: float) -> float:
    return int(value) if value.is_integer() else value
