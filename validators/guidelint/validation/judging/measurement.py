"""What was measured and where the limit lies, taken out of the evidence of a finding: numbers for a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.validation.rule.evidence import LIMITS, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.validation.rule.evidence import Evidence

PLACES = frozenset({"position", "image"})
"""Names of whole numbers that count to a place and measure nothing."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """A number and the limit it was compared with, in one unit; None: there is none."""

    measured: float | None = None
    limit: float | None = None
    unit: str = ""


def measurement(evidence: Mapping[str, Evidence]) -> Measurement:
    """Find what was measured: the first number like the limit, or where there is no limit the first quantity."""
    numbers = {name: item for name, item in evidence.items() if isinstance(item, Quantity | int) and name not in PLACES}
    limit = next((item for name, item in numbers.items() if name in LIMITS), None)
    measured = next(_like(limit, [item for name, item in numbers.items() if name not in LIMITS]), None)
    unit = next((item.unit for item in (measured, limit) if isinstance(item, Quantity)), "")
    return Measurement(_value(measured), _value(limit), unit)


def _like(limit: Quantity | int | None, numbers: list[Quantity | int]) -> Iterator[Quantity | int]:
    """Numbers of the kind and unit of the limit; without a limit quantities before counts."""
    if limit is None:
        yield from sorted(numbers, key=lambda item: not isinstance(item, Quantity))
        return
    yield from (item for item in numbers if _unit(item) == _unit(limit))


def _unit(item: Quantity | int) -> str | None:
    return item.unit if isinstance(item, Quantity) else None


def _value(item: Quantity | int | None) -> float | None:
    return item.value if isinstance(item, Quantity) else item
