"""Which guidelines a baseline belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.checking.asked.adjustment import Run
    from guidelint.checking.baseline.reading import Baseline
    from guidelint.validation.judging.plan import Plan

_BETWEEN = ", "


def names_of(runs: Sequence[Run]) -> str:
    """Name the guidelines of a run; versions of one have its name."""
    return _BETWEEN.join(_names([run.plan for run in runs]))


def is_of(baseline: Baseline, runs: Sequence[Run]) -> bool:
    """Whether a baseline was written by any of the guidelines of a run, or does not say by which."""
    named = baseline.guideline
    return not named or not {*named.split(_BETWEEN)}.isdisjoint(_names([run.plan for run in runs]))


def head_of(plans: Sequence[Plan]) -> tuple[str, str]:
    """Name the guidelines of a run, and their versions."""
    return _BETWEEN.join(_names(plans)), _BETWEEN.join(plan.guideline.version for plan in plans)


def _names(plans: Sequence[Plan]) -> list[str]:
    return [*dict.fromkeys(plan.guideline.name for plan in plans)]
