"""How much of the window's height the questions below the image take: the image gets the rest.

Reckoned for a window of 1280 × 900, where three questions stand side by side, with the sizes of the style sheet.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from guidelint.guideline.model import Attribute, Guideline

ABREAST: Final = 3
"""Questions side by side."""
_WIDTH_PX: Final = 215
"""Width of one of them."""
_LINE_PX, _BUTTON_PX, _ENDS_PX, _FIELD_PX, _TEXT_PX = 16, 23, 14, 28, 52
"""Heights: a line of a title, a row of buttons, the words at both ends of a scale, a number's field, a text's."""
_AROUND_BUTTON_PX: Final = 16
_GAP_PX: Final = 3
_BETWEEN_ROWS_PX: Final = 4
_BETWEEN_PARTS_PX: Final = 6
_BANNER_PX: Final = 26
"""A folded verdict, kept free always: the editor does not fit the image anew when one appears."""
_LETTER_PX, _WIDE_LETTER_PX = 6, 12


def room_below(guideline: Guideline) -> str:
    """Length for the style sheet.

    All that is asked of one region has a place, up to the dock's own limit. What is asked of the image has, too, as far
    as it leaves the image two thirds of the window; the rest is scrolled to.
    """
    asked = tuple(guideline.attributes.values())
    region = max((_height(item for item in asked if name in item.of) for name in guideline.classes), default=0)
    image = _height(item for item in asked if not item.per_region)
    return f"calc({_BANNER_PX}px + max(min(45vh, {region}px), min(30vh, {region + image}px)))"


def _height(questions: Iterable[Attribute]) -> int:
    heights = [question_height_px(item) for item in questions]
    rows = [max(heights[at : at + ABREAST]) for at in range(0, len(heights), ABREAST)]
    return sum(rows) + _BETWEEN_ROWS_PX * (len(rows) - 1) + _BETWEEN_PARTS_PX if rows else 0


def question_height_px(item: Attribute) -> int:
    """Height of a question with its title and its options."""
    title = ceil(_text_px(item.title) / _WIDTH_PX) * _LINE_PX
    match item.kind:
        case "scale":
            return title + _BUTTON_PX + _ENDS_PX
        case "choice" | "multi-choice":
            rows = _rows([_text_px(option.title) + _AROUND_BUTTON_PX for option in item.options.values()])
            return title + rows * (_BUTTON_PX + _GAP_PX) - _GAP_PX
        case "number":
            return title + _FIELD_PX
        case "text":
            return title + _TEXT_PX


def _rows(widths_px: Sequence[int]) -> int:
    """Rows that buttons of these widths take, filled one after the other."""
    rows, used = 1, 0
    for width in widths_px:
        if used and used + width > _WIDTH_PX:
            rows, used = rows + 1, 0
        used += width + _GAP_PX
    return rows


def _text_px(text: str) -> int:
    return sum(_WIDE_LETTER_PX if east_asian_width(letter) in "WF" else _LETTER_PX for letter in text)
