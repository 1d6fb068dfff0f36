"""What a rule asks for, in a sentence for annotators."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.rule import Rule

_UNITS: Final = {"mm": "mm", "mm2": "mm²", "ml": "ml", "px": "pixels", "deg": "°"}
_WHOLES: Final = {"image": "of the image", "diagonal": "of the image diagonal"}
_BOUNDS: Final = {"min": "at least", "max": "at most"}


def limits(rule: Rule) -> str:
    """Say the rule in its own words, or its first sentence and the numbers that this guideline gives it."""
    if rule.model_fields_set and (told := rule.told()):
        return told
    sentence = (inspect.getdoc(type(rule)) or "").partition("\n")[0].rstrip(".")
    given = ", ".join(_numbers(rule))
    return f"{sentence}: {given}." if given else f"{sentence}."


def _numbers(rule: Rule) -> Iterator[str]:
    for name in type(rule).model_fields:
        value: object = getattr(rule, name)
        if name in rule.model_fields_set and isinstance(value, int | float) and not isinstance(value, bool):
            yield _number(name, value)


def _number(name: str, value: float) -> str:
    """``max_gap_mm`` and 1 become "gap at most 1 mm", ``min_image_fraction`` and 0.1 "at least 10 % of the image"."""
    words = name.split("_")
    if words[-1] == "fraction" and words[-2] in _WHOLES:
        whole = _WHOLES[words[-2]]
        return f"{_number('_'.join(words[:-2]), 100 * value)} % {whole}"
    unit = _UNITS.get(words[-1], "")
    bound = next((_BOUNDS[word] for word in words if word in _BOUNDS), "")
    rest = [word for word in words if word not in _BOUNDS and word not in _UNITS]
    return " ".join((*rest, bound, f"{value:g}", unit)).strip().replace("  ", " ")
