"""The plan that a command was asked to judge by: a YAML file, a guideline of the library, or a compiled plan."""

from __future__ import annotations

from pathlib import Path

from guidelint.language.compile.plan import compile_plan
from guidelint.language.library import find
from guidelint.rules.catalogue import catalogue
from guidelint.validation.judging.plan import Plan, PlanError

MAX_PLAN_BYTES = 16 * 2**20
"""Largest plan that is read."""


def chosen_plan(guideline: str) -> Plan:
    """Plan of a path to YAML, of ``name`` or ``name@version`` in the library, or of a path to ``plan.json``.

    Raises GuidelineProblems, NoSuchGuidelineError or PlanError.
    """
    if guideline.endswith(".json"):
        return Plan.from_json(_read(Path(guideline)), catalogue())
    return compile_plan(find(guideline), catalogue())


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            text = file.read(MAX_PLAN_BYTES + 1)
    except OSError as error:
        raise PlanError(f"{path} cannot be read: {(error.strerror or 'unreadable').lower()}") from error
    if len(text) > MAX_PLAN_BYTES:
        raise PlanError(f"{path} is larger than {MAX_PLAN_BYTES // 2**20} MiB, the most that is read of a plan")
    return text
