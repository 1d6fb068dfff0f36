"""Sizes that titles of classes state: `Nodule ≥ 3 mm`, `Nodule < 3 mm`, `Polyp 6–9 mm`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guidelint.language.lint.numbers.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft

_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_SIZE: Final = re.compile(
    rf"(?:(?P<sign>≥|>=|=>|≤|<=|=<|>|<)\s*(?P<value>{_NUMBER})"
    rf"|(?P<one>{_NUMBER})\s*(?:mm|cm)?\s*(?:-|–|to)\s*(?P<other>{_NUMBER}))\s*(?P<unit>mm|cm)\b(?!\s*[²³23^])"
)
_IN_MM: Final = {"mm": 1.0, "cm": 10.0}


@dataclass(frozen=True, slots=True)
class Sized:
    """A class whose title states its size."""

    name: str
    of: str
    """The title without the size: what the class shares with those beside it."""
    said: str
    """The size as it is written."""
    mm: Interval


def sized(draft: Draft) -> Iterator[Sized]:
    """Yield the classes whose titles state one size."""
    for name, part in draft.written.classes.items():
        found = list(_SIZE.finditer(part.title))
        if len(found) == 1:
            (one,) = found
            of = " ".join(f"{part.title[: one.start()]} {part.title[one.end() :]}".casefold().split())
            yield Sized(name, of, one[0], _interval(one))


def _interval(found: re.Match[str]) -> Interval:
    factor = _IN_MM[found["unit"]]
    if found["sign"] is None:
        low, high = sorted(_value(found[end]) * factor for end in ("one", "other"))
        return Interval(low, high)
    value, sign = _value(found["value"]) * factor, found["sign"]
    is_open = sign in {"<", ">"}
    if sign in {"≥", ">=", "=>", ">"}:
        return Interval(low=value, without_low=is_open)
    return Interval(high=value, without_high=is_open)


def _value(written: str) -> float:
    return float(written.replace(",", "."))
