"""A key with another unit than the one that is known: the number behind it changes with the unit."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from guidelint.language.form.allowed_keys import field_name, part_at
from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.span import Span
from guidelint.language.text.tree import Leaf, key_span, node_at
from guidelint.validation.rule.parameters.quantity import Amount
from guidelint.validation.rule.parameters.said import meaning

if TYPE_CHECKING:
    from pydantic import BaseModel

    from guidelint.language.text.tree import KeyPath, Node

_PERCENT = ("percent", "percentage", "pct", "perc", "%")
_FACTORS: dict[str, dict[str, float | None]] = {
    "mm": {"cm": 10, "m": 1000, "um": 0.001, "µm": 0.001, "px": None, "pixel": None, "pixels": None, "fraction": None},
    "mm²": {"cm2": 100, "um2": 1e-6, "µm2": 1e-6, "px": None, "px2": None, "pixels": None, "fraction": None},
    "ml": {"l": 1000, "cm3": 1, "mm3": 0.001, "ul": 0.001, "µl": 0.001},
    "pixels": {"px2": 1, "pixel": 1, "pixels": 1, "mm": None, "mm2": None, "cm": None, "um": None, "µm": None},
    "fraction": {"share": 1, "ratio": 1, "part": 1, "px": None, "px2": None, "mm": None, "mm2": None},
    "seconds": {"seconds": 1, "sec": 1, "ms": 0.001, "min": 60, "minutes": 60, "h": 3600, "hours": 3600},
    "hours": {"h": 1, "hrs": 1, "days": 24, "d": 24, "weeks": 168, "minutes": 1 / 60, "min": 1 / 60},
    "minutes": {"min": 1, "hours": 60, "h": 60, "days": 1440, "seconds": 1 / 60, "s": 1 / 60},
}
"""Unit of a type, or what it counts → unit that was written → factor; None where the one does not follow."""
_A_FRACTION = "as a fraction: 1 is all of it, 0.1 a tenth"


def other_unit(path: KeyPath, root: Node, model: type[BaseModel], meant: str, message: str) -> Problem | None:
    """Advise the known key with the number in its unit; None where the units do not differ."""
    amount = _amount(part_at(model, path[:-1]), meant)
    written = None if amount is None else _written(str(path[-1]), meant, _counted(amount))
    if amount is None or written is None:
        return None
    counted = f"`{meant}` counts {f'in {amount.unit}' if amount.unit else _A_FRACTION}"
    place, node = key_span(root, path), node_at(root, path)
    factor = _factor(written, _counted(amount))
    if factor is None or not isinstance(node, Leaf) or isinstance(node.value, bool | str | None):
        return Problem("unknown-key", message, place, f"{counted}: write the limit so, if that is what is meant.")
    better = f"{meant}: {round(node.value * factor, 9):.12g}"
    whole = Span(place.line, place.column, node.span.end_line, node.span.end_column)
    return Problem("unknown-key", message, place, f"{counted}: write `{better}`.", Edit(whole, better))


def _amount(part: type[BaseModel] | None, key: str) -> Amount | None:
    """Tell what the number behind a key counts."""
    name = field_name(part, key) if part else None
    return meaning(part, name, Amount) if part and name else None


def _counted(amount: Amount) -> str:
    """Give the unit, or what is counted where there is none; a share is a fraction."""
    return amount.unit or ("fraction" if amount.most == 1 else amount.quantity)


def _written(key: str, meant: str, wanted: str) -> str | None:
    """Give the unit in which the last word of a key counts, where that is another than the known key has."""
    word = unicodedata.normalize("NFKC", key).replace("μ", "µ").lower().split("_")[-1]
    is_known = wanted in _FACTORS and (word in _PERCENT or word in _FACTORS[wanted])
    return word if is_known and word != meant.rsplit("_", maxsplit=1)[-1] else None


def _factor(written: str, wanted: str) -> float | None:
    if written in _PERCENT:
        return 0.01 if wanted == "fraction" else None
    return _FACTORS[wanted][written]
