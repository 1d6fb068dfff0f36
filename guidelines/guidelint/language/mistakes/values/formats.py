"""Values of a fixed form: one of some words, a version, a colour, a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.language.form.fields import (
    COLOUR_PATTERN,
    HOST_PATTERN,
    HOTKEY_PATTERN,
    VERSION_PATTERN,
    WHOLE_ADDRESS_PATTERN,
)
from guidelint.language.mistakes.values.named import named
from guidelint.language.text.slips.quotes import CLOSING, OPENING
from guidelint.language.text.suggest import did_you_mean, tidy
from guidelint.language.text.tree import Row
from guidelint.validation.rule.parameters.day import DAY_PATTERN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from guidelint.language.mistakes.at import At
    from guidelint.language.text.problem import Problem

_OTHER_WORDS = {
    "rectangle": ("bbox", "bboxes", "box", "boxes", "bounding-box", "boundingbox", "rect", "square", "rectanglelabels"),
    "polygon": ("contour", "outline", "polyline", "freehand", "polygonlabels", "polygons"),
    "brush": ("mask", "paint", "segmentation", "segment", "pixel", "pixels", "brushlabels", "semantic"),
    "keypoint": ("point", "points", "landmark", "dot", "marker", "keypoints", "key-point", "keypointlabels"),
    "ellipse": ("circle", "oval", "ellipselabels"),
    "vector": ("line", "lines", "arrow", "curve"),
    "released": ("approved", "final", "published", "done", "active", "valid"),
    "in-review": ("review", "pending", "submitted"),
    "draft": ("wip", "new", "work-in-progress"),
    "retired": ("deprecated", "obsolete", "archived", "withdrawn", "old"),
    "error": ("fatal", "critical", "err", "severe", "high", "major", "block", "blocker"),
    "warning": ("warn", "medium", "minor"),
    "note": ("info", "information", "notice", "hint", "low"),
}
"""Words of a guideline, and what else people call the same."""
_BETWEEN = re.compile(r"\s*[,;/+&|]\s*|\s+(?:and|or)\s+")
_OFF = {"off", "none", "ignore", "ignored", "disabled", "disable", "no", "false", "skip", "silent", "hidden", "aus"}
_SPACES = re.compile(r"\s+")
_SHORT_COLOUR = re.compile(r"#?([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])")
_COLOURS = {
    "red": "#e53935",
    "green": "#43a047",
    "blue": "#1e88e5",
    "yellow": "#fdd835",
    "orange": "#fb8c00",
    "purple": "#8e24aa",
    "black": "#000000",
    "white": "#ffffff",
    "grey": "#757575",
    "gray": "#757575",
}


def not_one_of(at: At) -> Problem:
    """Word a value that is none of those there are."""
    allowed = at.allowed
    if at.name == "guidelint":
        message = f"`{at.written}` is no version of the language"
        return at.problem("unknown-format", message, "Write `guidelint: 1`.", "1")
    message = f"`{at.written}` is not something {at.subject} can be"
    if isinstance(at.node, Row):
        return at.problem("wrong-type", f"a list stands in the list of {at.subject}", "Take the inner brackets away.")
    if several := _several(at.text, allowed):
        joint = ", ".join(several)
        if isinstance(at.place[-1], int):
            return at.problem("unknown-value", message, f"Put commas between several: `{joint}`.", joint)
        return at.problem("unknown-value", message, f"Write several as a list: `[{joint}]`.", f"[{joint}]")
    if at.name == "level" and tidy(at.text) in _OFF:
        remedy = "The mildest is `note`, which only informs; a rule of the guideline's own is left out by deleting it."
        return at.problem("unknown-value", message, remedy, "note")
    meant = _meant(at.text, allowed)
    advice = f"Did you mean `{meant}`?" if meant else did_you_mean(at.written, allowed)
    return at.problem("unknown-value", message, advice, meant)


def _several(text: str, allowed: list[str]) -> list[str]:
    """Find the allowed words that stand in one text together; none where one of them is not allowed."""
    for between in (_BETWEEN, _SPACES):
        words = [_meant(word, allowed) for word in between.split(text.strip(" ()"))]
        if len(words) > 1 and all(words):
            return [word for word in words if word]
    return []


def _meant(word: str, allowed: list[str]) -> str | None:
    """Find the allowed word that another one stands for, or that differs by its spelling only."""
    plain = tidy(word)
    return next((name for name in allowed if plain == name or plain in _OTHER_WORDS.get(name, ())), None)


def pattern(at: At) -> Problem:
    """Word a value that has not the form of its key."""
    return _OF_PATTERNS.get(at.error.get("ctx", {}).get("pattern", ""), _name)(at)


def _day(at: At) -> Problem:
    """Word a day that is written otherwise than year, month, day, or that no calendar has."""
    message = f"`{at.written}` is not a day"
    parts = re.fullmatch(r"([12]\d{3})[./-](\d{1,2})[./-](\d{1,2})", at.text.strip())
    better = "-".join((parts[1], parts[2].zfill(2), parts[3].zfill(2))) if parts else ""
    if re.fullmatch(DAY_PATTERN, better) and better != at.text:
        return at.problem("wrong-value", message, f"Write `{better}`.", better)
    return at.problem("wrong-value", message, "Write year, month and day with hyphens, e.g. `2026-03-31`.")


def _version(at: At) -> Problem:
    numbers = re.fullmatch(r"[vV]?\s*(\d{1,5})(?:[.,](\d{1,5}))?(?:[.,](\d{1,5}))?", at.text.strip(" ,;."))
    message, rule = f"`{at.written}` is not a version", "A version is three whole numbers"
    if numbers is None:
        return at.problem("wrong-value", message, f"{rule}, e.g. `1.0.0`.")
    better = ".".join(str(int(part or 0)) for part in numbers.groups())
    return at.problem("wrong-value", message, f"{rule}: write `{better}`.", better)


def _colour(at: At) -> Problem:
    better = _colour_meant(at.text.strip().strip(OPENING + CLOSING))
    message = f"`{at.written}` is not a colour"
    remedy = f"Write `'{better or '#e53935'}'`: `#` and six digits or letters from a to f, in quotation marks."
    return at.problem(
        "wrong-value", message, remedy if better else "Write e.g. `color: '#e53935'`.", better and f"'{better}'"
    )


def _host(at: At) -> Problem:
    """Word a host that is written as an address."""
    better = re.sub(r"^[a-z]*:?/*|/.*$", "", at.text.strip().lower()) if "/" in at.text else at.text.strip().lower()
    message = f"`{at.written}` is not a host"
    return at.problem("wrong-value", message, f"Write its name alone, e.g. `{better or 'docs.example.org'}`.")


def _address(at: At) -> Problem:
    """Word a person who is not named by an e-mail address."""
    message = f"`{at.written}` is not an e-mail address"
    remedy = (
        "Write the address with which they sign in to the annotation tool, e.g. `name@example.org`; one in each entry."
    )
    return at.problem("wrong-value", message, remedy)


def _hotkey(at: At) -> Problem:
    """Word a key that not every keyboard has, or several at once."""
    better = next(iter(re.findall(r"[A-Za-z0-9]", at.text)[-1:]), "q")
    message = f"{at.subject} is one letter or digit that every keyboard has, not `{at.written}`"
    return at.problem("wrong-value", message, f"Write e.g. `{at.name}: {better}`.")


def _colour_meant(text: str) -> str | None:
    if short := _SHORT_COLOUR.fullmatch(text):
        return "#" + "".join(digit * 2 for digit in short.groups()).lower()
    if re.fullmatch(r"#?[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?", text):
        return f"#{text.lstrip('#')[:6].lower()}"
    return _COLOURS.get(text.lower())


def _name(at: At) -> Problem:
    message = f"`{at.written}` is not a name: names are lower-case words joined by hyphens"
    parts = [tidy(part) for part in _BETWEEN.split(at.text)]
    if len(parts) > 1 and all(parts):
        better = f"[{', '.join(parts)}]"
        return at.problem("bad-name", message, f"Write several as a list: `{better}`.", better)
    if (other := named(at)) is not None:
        return at.problem("bad-name", message, other.remedy, other.name)
    better = tidy(at.text)
    if not re.match("[a-z]", better):
        return at.problem("bad-name", message, "Write it in letters from a to z, beginning with a letter.")
    return at.problem("bad-name", message, f"Write `{better}`.", better)


_OF_PATTERNS: Mapping[str, Callable[[At], Problem]] = {
    DAY_PATTERN: _day,
    VERSION_PATTERN: _version,
    COLOUR_PATTERN: _colour,
    HOST_PATTERN: _host,
    HOTKEY_PATTERN: _hotkey,
    WHOLE_ADDRESS_PATTERN: _address,
}
"""Forms that values have; what has any other is a name."""
