"""Whether a guideline's words run from right to left: the language has no field for it, its letters tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from unicodedata import bidirectional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.guideline import Guideline

_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
"""Bidirectional classes of letters that run from right to left: Hebrew and others, Arabic (Unicode, UAX 9)."""


def right_to_left(guideline: Guideline) -> bool:
    """Whether more letters of the titles run from right to left than from left to right."""
    kinds = [bidirectional(letter) for title in _titles(guideline) for letter in title]
    return sum(kind in _RIGHT_TO_LEFT for kind in kinds) > kinds.count("L")


def _titles(guideline: Guideline) -> Iterator[str]:
    yield guideline.title
    yield from (item.title for item in guideline.classes.values())
    for question in guideline.attributes.values():
        yield question.title
        yield from (option.title for option in question.options.values())
