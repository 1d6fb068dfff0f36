"""Evidence as a JSON value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.evidence import Quantity

if TYPE_CHECKING:
    from guidelint.validation.rule.evidence import Evidence


def evidence_json(value: Evidence) -> object:
    """Give a quantity with its unit, all else as it is."""
    return {"value": value.value, "unit": value.unit} if isinstance(value, Quantity) else value
