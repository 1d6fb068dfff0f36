"""Names for what had none: lower-case words from what people call it, each once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from guidelint.annotation.tool import TOOLS
from guidelint.language.lint.names.image import IMAGE
from guidelint.language.text.suggest import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 56
"""Leaves room for a number behind."""
_SIGNS = {">=": "from", "≥": "from", "<=": "up to", "≤": "up to", ">": "above", "<": "below", "%": "percent"}
"""Signs that tell names apart, and which no name has."""


_WORD = re.compile(r"[_\W]+|(?<=[a-z])(?=[A-Z])")


def in_words(name: str) -> str:
    """Write the name of a control as a title: ``internalStructure`` becomes ``Internal structure``."""
    words = " ".join(word for word in _WORD.split(name) if word)
    return (words[:1].upper() + words[1:].lower())[:200] or name


class Names:
    """Gives names, none of them twice."""

    def __init__(self, otherwise: str, taken: Iterable[str] = ()) -> None:
        self._otherwise = otherwise
        self._taken = {IMAGE, *TOOLS, *taken}

    def name(self, words: str) -> str:
        """Make a name of words; where nothing of them can stand in one, of what it is."""
        for sign, word in _SIGNS.items():
            words = words.replace(sign, f" {word} ")
        made = tidy(words)[:LONGEST].strip("-")
        if not made[:1].isalpha():
            made = f"{self._otherwise}-{made}"[:LONGEST].strip("-")
        number, name = 1, made
        while name in self._taken:
            number += 1
            name = f"{made}-{number}"
        self._taken.add(name)
        return name
