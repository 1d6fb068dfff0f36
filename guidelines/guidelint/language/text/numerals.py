"""Numbers as people write them: with a unit, a comma, a percent sign, a dash for a minus."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from guidelint.language.text.scalar import scalar_of

_NUMBER = r"[-+]?(?:\d+(?:[.,]\d+)?|[.,]\d+)"
_WITH_UNIT = re.compile(rf"({_NUMBER})\s*([^\W\d_]+[23²³]?\.?)")
_PERCENT = re.compile(rf"({_NUMBER})\s*%")
_RANGE = re.compile(rf"({_NUMBER})\s*(?:-|to|bis|\.\.+|\u2013|\u2014)\s*({_NUMBER})")
_BOUND = re.compile(rf"([<>]=?|=|[≤≥≈~±]|about|approx\.?|ca\.?|max\.?|min\.?)\s*({_NUMBER})")
_GROUPED = re.compile(r"(-?\d{1,3})((?:[ '’_]\d{3})+)(\.\d+)?")
_MINUS = re.compile(rf"[\u2212\u2010-\u2015\ufe63]\s*({_NUMBER})")
_SHARES = {"fraction", "iou", "dice", "kept"}
_RATIO = re.compile(r"(\d{1,4})\s*/\s*([1-9]\d{0,3})")
_WORDS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)  # noqa: SIM905 - reads as a row
}
_ENDLESS = {"none", "no", "unlimited", "infinite", "infinity", "inf", ".inf", "∞", "any", "no limit"}
_OTHER_HOURS: dict[str, float] = {
    **dict.fromkeys(("std", "stunde", "stunden", "heure", "heures", "hodina", "hodiny", "hodin"), 1),
    **dict.fromkeys(("d", "day", "days", "tag", "tage", "tagen", "jour", "jours", "den", "dny", "dní"), 24),
    **dict.fromkeys(("week", "weeks", "woche", "wochen", "semaine", "semaines"), 168),
}
_UNITS: dict[str, dict[str, float]] = {
    "mm": {"mm": 1, "millimetre": 1, "millimeter": 1, "cm": 10, "m": 1000, "µm": 0.001, "um": 0.001},
    "mm2": {"mm2": 1, "cm2": 100, "qmm": 1, "sqmm": 1, "mm": 1},
    "mm3": {"mm3": 1, "cm3": 1000, "ml": 1000, "cc": 1000, "mm": 1},
    "hours": {"h": 1, "hr": 1, "hrs": 1, "hour": 1, "hours": 1, **_OTHER_HOURS},
    "minutes": {"min": 1, "mins": 1, "minute": 1, "minutes": 1, "h": 60, "hour": 60, "hours": 60, "s": 1 / 60},
    "s": {"s": 1, "sec": 1, "seconds": 1, "ms": 0.001, "min": 60, "minutes": 60},
    "px": {"px": 1, "pixel": 1, "pixels": 1, "px2": 1, "pixel2": 1, "pixels2": 1, "sqpx": 1},
}
"""Unit in a key's name → unit behind a number → factor."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Why a value is no number, and the number that it stands for where that is plain."""

    why: str
    advice: str
    number: str | None = None


def meant_number(written: str, name: str) -> Meant:
    """Find out which number was meant under a key."""
    text = " ".join(unicodedata.normalize("NFKC", written).replace("\u2212", "-").split())
    return (
        _with_a_sign(written.strip(), name)
        or _with_a_comma(text)
        or _with_a_unit(text, name)
        or _in_other_words(text)
        or Meant("", f"Write it in digits, like `{name}: {'0.5' if _SHARES & set(name.split('_')) else '10'}`.")
    )


def _with_a_sign(text: str, name: str) -> Meant | None:
    if isinstance(scalar_of(text), int | float) and not isinstance(scalar_of(text), bool):
        return _write(text, "it stands in quotation marks, which makes it text")
    if found := _MINUS.fullmatch(text):
        return _write(f"-{_plain(found[1])}", f"`{text[0]}` is a dash, not a minus")
    if found := _BOUND.fullmatch(text):
        return _write(_plain(found[2]), f"`{found[1]}` is no part of a number")
    if found := _PERCENT.fullmatch(text):
        return _percent(_plain(found[1]), name)
    return None


def _percent(number: str, name: str) -> Meant:
    if set(name.split("_")) & {"percent", "kvp"}:
        return _write(number, "the percent sign is no part of a number")
    return _write(f"{float(number) / 100:g}", "a percent sign is no part of a number, and a share counts from 0 to 1")


def _with_a_comma(text: str) -> Meant | None:
    if re.fullmatch(r"[-+]?\d{1,3},\d{3}", text):
        one, thousand = text.replace(",", "."), text.replace(",", "")
        return Meant("a comma is no part of a number", f"Write `{thousand}` for thousands, or `{one}` with a point.")
    if re.fullmatch(r"[-+]?\d*,\d+", text):
        return _write(_plain(text), "the decimal comma is no part of a number")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        return _write(text.replace(",", ""), "commas between thousands are no part of a number")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", text):
        return _write(text.replace(".", "").replace(",", "."), "points between thousands are no part of a number")
    if found := _GROUPED.fullmatch(text):
        number = re.sub(r"[^\d.-]", "", found[0])
        return _write(number, "thousands are not set apart in a number")
    return None


def _with_a_unit(text: str, name: str) -> Meant | None:
    found = _WITH_UNIT.fullmatch(text)
    if found is None:
        return None
    number, unit = _plain(found[1]), found[2].rstrip(".").lower().replace("μ", "µ")
    for wanted, factors in _UNITS.items():
        if wanted in name.split("_") and unit in factors:
            converted = f"{round(float(number) * factors[unit], 9):.12g}"
            rest = "" if factors[unit] == 1 else f", which is in {wanted}"
            return _write(converted, f"the unit stands in the name of `{name}`{rest}, not behind the number")
    if counted := next((unit for unit in name.split("_") if unit in _UNITS), None):
        words = "pixels" if counted == "px" else counted
        return Meant(f"`{name}` counts in {words}", f"Write how many {words} it is, as a number alone.")
    return Meant(f"`{found[2]}` is no part of a number", f"Write the number alone: `{number}`.", number)


def _in_other_words(text: str) -> Meant | None:
    if text.lower() in _WORDS:
        return _write(str(_WORDS[text.lower()]), "numbers are written in digits")
    if text.lower() in _ENDLESS:
        return Meant("", "Where there is no limit, leave the key out.")
    if found := _RATIO.fullmatch(text):
        return _write(f"{int(found[1]) / int(found[2]):.6g}", "a fraction is written as a decimal number")
    if found := _RANGE.fullmatch(text):
        return Meant("it is a range of numbers", f"Write one number, `{_plain(found[1])}` or `{_plain(found[2])}`.")
    if re.fullmatch(r"\+?0*\d+(\.\d+)?", text):
        return _write(text.lstrip("+").lstrip("0") or "0", "a plus or a zero at the front makes it text")
    return None


def _plain(number: str) -> str:
    """Write a number as YAML does."""
    text = number.replace(",", ".").lstrip("+")
    return f"0{text}" if text.startswith(".") else text


def _write(number: str, why: str) -> Meant:
    return Meant(why, f"Write `{number}`.", number)
