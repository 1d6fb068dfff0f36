"""A line of YAML, taken apart without the parser: indentation, dash, key, value, comment."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KEY = r"[^\s:#'\"{}\[\]|>-][^:#'\"{}\[\]]*?|'[^']*'|\"[^\"]*\""
_LINE = re.compile(rf"(?P<indent>\s*)(?P<dash>(?:- +)*)(?:(?P<key>{_KEY}):(?P<gap>\s+|$))?(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``value`` is what stands behind the key, a comment left out."""

    text: str
    number: int
    """Counted from 0."""
    indent: str
    dash: str
    key: str
    """The word before a colon and a space; empty if there is none."""
    value: str
    start: int
    """Column where the value begins."""

    @property
    def column(self) -> int:
        """Column of the first letter."""
        return len(self.indent)

    @property
    def end(self) -> int:
        """Column behind the value."""
        return self.start + len(self.value)


def line_of(text: str, number: int) -> Line:
    """Take a line apart."""
    found = _LINE.match(text)
    assert found is not None  # noqa: S101 - the pattern matches every line
    value = _without_comment(found["value"])
    return Line(text, number, found["indent"], found["dash"], found["key"] or "", value, found.start("value"))


def wrong_joint(key: str, sign: str) -> str:
    """Say what is wrong with the sign between a key and its value."""
    match sign.strip():
        case ":":
            return f"there is no space after the colon of `{key}`"
        case "=":
            return f"`=` stands where a colon belongs after `{key}`"
        case _:
            return f"there is no colon after `{key}`"


def _without_comment(value: str) -> str:
    if value.startswith("#"):
        return ""
    if value[:1] in {"'", '"'}:
        return value.rstrip()
    return re.split(r"\s#", value, maxsplit=1)[0].rstrip()
