"""Days, as a guideline writes them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from guidelint.validation.rule.parameters.free_text import FreeText

DAY_PATTERN = (
    r"^[12]\d{3}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-9]))$"
)
Day = Annotated[str, FreeText("day"), Field(pattern=DAY_PATTERN)]
"""A day, e.g. 2024-01-31; texts compare as the days do."""
