"""Colour on a terminal, and none elsewhere."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from guidelint.checking.counting.totals import Column
    from guidelint.validation.judging.verdict import Decision

_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}

DECISION_STYLES: dict[Decision, str] = {
    "unverified": "bold magenta",
    "returned": "bold red",
    "escalated": "bold yellow",
    "accepted": "bold green",
    "skipped": "dim",
}
COLUMN_STYLES: dict[Column, str] = {
    "error": "red",
    "warning": "yellow",
    "note": "blue",
    "escalates": "yellow",
    "not checked": "magenta",
    "rule failed": "magenta",
    "known": "dim",
}


def colourful(out: TextIO) -> bool:
    """Tell whether a stream is a terminal whose owner wants colour (https://no-color.org)."""
    return out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@dataclass(frozen=True, slots=True)
class Ink:
    """Writes in colour if there is colour."""

    colour: bool

    def __call__(self, text: str, style: str) -> str:
        """Give the text in a style such as ``bold red``."""
        if not self.colour or not text or not style:
            return text
        codes = ";".join(_CODES[word] for word in style.split())
        return f"\x1b[{codes}m{text}\x1b[0m"

    def linked(self, text: str, link: str) -> str:
        """Give a text that leads to an address: by a click (OSC 8) where there is colour, else with the address."""
        if not link:
            return text
        return f"\x1b]8;;{link}\x1b\\{text}\x1b]8;;\x1b\\" if self.colour else f"{text} · {link}"
