"""The plan that a command was asked to judge by: a YAML file, a guideline of the library, or a compiled plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import find_loaded
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.plan import Plan, PlanError

if TYPE_CHECKING:
    from collections.abc import Callable

    from guidelint.language.text.problem import GuidelineProblems

MAX_PLAN_BYTES = 16 * 2**20
"""Largest plan that is read."""


def _nobody(warnings: GuidelineProblems) -> None:
    """Tell nobody."""


def chosen_plan(guideline: str, warned: Callable[[GuidelineProblems], None] = _nobody) -> Plan:
    """Plan of a path to YAML, of ``name`` or ``name@version`` in the library, or of a path to ``plan.json``.

    ``warned`` is told the warnings about the text, where there are any.
    Raises GuidelineProblems, NoSuchGuidelineError or PlanError.
    """
    if guideline.endswith(".json"):
        return Plan.from_json(_read(Path(guideline)), catalogue())
    read = find_loaded(guideline)
    if read.warnings.problems:
        warned(read.warnings)
    return compile_plan(read.guideline, catalogue())


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            text = file.read(MAX_PLAN_BYTES + 1)
    except OSError as error:
        raise PlanError(f"{path} cannot be read: {(error.strerror or 'unreadable').lower()}") from error
    if len(text) > MAX_PLAN_BYTES:
        raise PlanError(f"{path} is larger than {MAX_PLAN_BYTES // 2**20} MiB, the most that is read of a plan")
    return text
