"""What was measured of a finding when its entry was written, and what is measured now."""

from __future__ import annotations

from math import isclose, isfinite
from typing import TYPE_CHECKING

from guidelint.validation.judging.measurement import Measurement, measurement

if TYPE_CHECKING:
    from guidelint.checking.known import Entry
    from guidelint.validation.judging.finding import Finding

NOISE = 1e-9
"""What the last digits of two computers may differ by, relative to the number."""
_MULTIPLES = "step"
"""Evidence that a number must be a multiple of: it lies on no side of it."""
_MOST_DECIMALS = 15


def measured(finding: Finding) -> Measurement:
    """Give what is measured and the limit that it lies beyond; what is no number, or no limit, is None.

    Of things that count each by itself none at all is the limit, where there is no other.
    """
    numbers = measurement(finding.evidence)
    if numbers.limit is None and finding.members:
        return Measurement(numbers.measured, 0, numbers.unit)
    limit = None if _MULTIPLES in finding.evidence else numbers.limit
    return Measurement(_finite(numbers.measured), _finite(limit), numbers.unit)


def measured_then(entry: Entry) -> Measurement:
    """Give what an entry says was measured."""
    return Measurement(entry.measured, entry.limit, entry.unit)


def _finite(value: float | None) -> float | None:
    return None if value is None or not isfinite(value) else value


def change(entry: Entry, now: Measurement) -> tuple[str, bool]:
    """Say what keeps an entry from covering what is measured now, and whether that is worse; empty: it covers it.

    Worse is farther in the direction in which the number lies beyond its limit now. Where no limit gives a direction,
    or the units differ, any other number is new.
    """
    if entry.measured is None and now.measured is None:
        return "", False
    if entry.measured is None or now.measured is None or entry.unit != now.unit:
        return f"was {_said(entry.measured, entry.unit)}, is {_said(now.measured, now.unit)}", False
    if isclose(entry.measured, now.measured, rel_tol=NOISE):
        return "", False
    was, is_ = _apart(entry.measured, now.measured)
    told = f"was {_with_unit(was, now.unit)}, is {_with_unit(is_, now.unit)}"
    if now.limit is None:
        return f"{told}, and no limit tells which is better", False
    is_worse = (now.measured - entry.measured) * (now.measured - now.limit) > 0
    return (told, True) if is_worse else ("", False)


def _said(value: float | None, unit: str) -> str:
    return "not measured" if value is None else _with_unit(_plain(value, 1), unit)


def _with_unit(number: str, unit: str) -> str:
    return f"{number} {unit}" if unit else number


def _apart(was: float, now: float) -> tuple[str, str]:
    """Write two numbers with as few decimals as tell them apart."""
    for decimals in range(1, _MOST_DECIMALS):
        texts = _plain(was, decimals), _plain(now, decimals)
        if texts[0] != texts[1]:
            return texts
    return repr(was), repr(now)


def _plain(value: float, decimals: int) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:.{decimals}f}"
