"""A key with another unit than the one that is known: the number behind it changes with the unit."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from guidelint.language.text.problem import Edit, Problem
from guidelint.language.text.span import Span
from guidelint.language.text.tree import Leaf, key_span, node_at

if TYPE_CHECKING:
    from guidelint.language.text.tree import KeyPath, Node

_PERCENT = ("percent", "percentage", "pct", "perc", "%")
_FACTORS: dict[str, dict[str, float | None]] = {
    "mm": {"cm": 10, "m": 1000, "um": 0.001, "µm": 0.001, "px": None, "pixel": None, "pixels": None, "fraction": None},
    "mm2": {"cm2": 100, "um2": 1e-6, "µm2": 1e-6, "px": None, "px2": None, "pixels": None, "fraction": None},
    "px": {"px2": 1, "pixel": 1, "pixels": 1, "mm": None, "mm2": None, "cm": None, "um": None, "µm": None},
    "fraction": {"share": 1, "ratio": 1, "part": 1, "px": None, "px2": None, "mm": None, "mm2": None},
    "hours": {"h": 1, "hrs": 1, "days": 24, "d": 24, "weeks": 168, "minutes": 1 / 60, "min": 1 / 60},
    "minutes": {"min": 1, "hours": 60, "h": 60, "days": 1440, "seconds": 1 / 60, "s": 1 / 60},
}
"""Unit of a known key → unit that was written → factor; None where the one does not follow from the other."""
_WORDS = {"px": "in pixels", "fraction": "as a fraction: 1 is all of it, 0.1 a tenth"}


def other_unit(path: KeyPath, root: Node, meant: str, message: str) -> Problem | None:
    """Advise the known key with the number in its unit; None where the units do not differ."""
    units = _units(str(path[-1]), meant)
    if units is None:
        return None
    written, wanted = units
    counted = f"`{meant}` counts {_WORDS.get(wanted, f'in {wanted}')}"
    place, node = key_span(root, path), node_at(root, path)
    factor = _factor(written, wanted)
    if factor is None or not isinstance(node, Leaf) or isinstance(node.value, bool | str | None):
        return Problem("unknown-key", message, place, f"{counted}: write the limit so, if that is what is meant.")
    better = f"{meant}: {round(node.value * factor, 9):.12g}"
    whole = Span(place.line, place.column, node.span.end_line, node.span.end_column)
    return Problem("unknown-key", message, place, f"{counted}: write `{better}`.", Edit(whole, better))


def _units(written: str, meant: str) -> tuple[str, str] | None:
    """Give both units, where the last word of each key is one and they differ."""
    word = unicodedata.normalize("NFKC", written).replace("μ", "µ").lower().split("_")[-1]
    wanted = meant.rsplit("_", maxsplit=1)[-1]
    if wanted == word or wanted not in _FACTORS or (word not in _PERCENT and word not in _FACTORS[wanted]):
        return None
    return word, wanted


def _factor(written: str, wanted: str) -> float | None:
    if written in _PERCENT:
        return 0.01 if wanted == "fraction" else None
    return _FACTORS[wanted][written]
