"""The compiled JSON Schema that the annotations of a delivery are held against, where somebody asks."""

from __future__ import annotations

from pathlib import Path

from guidelint.labelstudio.config.result_schema import submission_schema
from guidelint.labelstudio.decoding.result_check import ResultCheck
from guidelint.language.library import find_loaded
from guidelint.validation.judging.plan import PlanError

BESIDE = "submission.schema.json"
"""Where a compiled schema stands, beside its plan."""


def chosen_schema(guideline: str) -> ResultCheck:
    """Compile the schema of a guideline, or read the one beside a plan. Raises PlanError and what finding it raises."""
    if not guideline.lower().endswith(".json"):
        return ResultCheck(submission_schema(find_loaded(guideline).guideline))
    place = Path(guideline).with_name(BESIDE)
    try:
        return ResultCheck(place.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        why = f"a plan does not tell the schema, and {place} cannot be read as one"
        raise PlanError(f"{why}. Compile the guideline again, or give its YAML or name") from error
