"""How much height questions and class buttons take: the image gets the rest of the window.

Reckoned for a window of 1280 × 900, where three questions stand side by side, with the sizes of the style sheet.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.config.escaping import title_of
from guidelint.labelstudio.config.scale import ends_of
from guidelint.labelstudio.config.text_width import ABREAST, BELOW_PX, TITLE_PX, text_px

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from guidelint.language.form.guideline import Attribute, Guideline

_LINE_PX: Final = 16
"""Height of a line of a title."""
_BUTTON_PX: Final = 23
"""Height of a row of buttons."""
_END_PX, _TWO_LINES_PX = 14, 26
"""Heights of the words at both ends of a scale."""
_FIELD_PX, _TEXT_PX = 25, 56
"""Heights of a number's field and of a text's."""
_AROUND_BUTTON_PX, _GAP_PX = 16, 3
_BETWEEN_ROWS_PX, _BETWEEN_PARTS_PX = 4, 6
_NAME_PX: Final = 90
"""Width that the name of a class has on its button."""
_CLASS_PX, _CLASS_LINE_PX, _HEADING_PX = 12, 15, 21
"""Heights: of a class button without its words, of a line of them, of a heading."""
_ABOVE_CLASSES_PX: Final = 58
"""The switch of tool, and the field to find a class."""
_BANNER_PX: Final = 26
"""A folded verdict, kept free always: the editor does not fit the image anew when one appears."""


def room_below(guideline: Guideline) -> str:
    """Length for the style sheet.

    All that is asked of one region has a place, up to the dock's own limit. What is asked of the image has, too, as far
    as it leaves the image three quarters of the window; the rest is scrolled to.
    """
    asked = tuple(item for item in guideline.attributes.values() if item.is_entered)
    region = max((_height(item for item in asked if name in item.of) for name in guideline.classes), default=0)
    image = _height(item for item in asked if not item.per_region and not item.on)
    return f"calc({_BANNER_PX}px + max(min(45vh, {region}px), min(26vh, {region + image}px)))"


def room_beside(guideline: Guideline) -> str:
    """Height of the column of class buttons beside the image, which an image that is less high does not cut off."""
    classes = guideline.classes.values()
    lines = sum(ceil(text_px(item.title, TITLE_PX) / _NAME_PX) for item in classes)
    headings = len({item.group for item in classes} - {None})
    return f"{_ABOVE_CLASSES_PX + headings * _HEADING_PX + len(classes) * _CLASS_PX + lines * _CLASS_LINE_PX}px"


def around_image(guideline: Guideline) -> str:
    """Height of what stands above and below each of several images: its title, a row of classes, what it is asked."""
    asked = _height(
        item for item in guideline.attributes.values() if item.is_entered and item.on and not item.per_region
    )
    return f"{_LINE_PX + _CLASS_PX + _CLASS_LINE_PX + _BETWEEN_ROWS_PX + asked}px"


def _height(questions: Iterable[Attribute]) -> int:
    heights = [question_height_px(item) for item in questions]
    rows = [max(heights[at : at + ABREAST]) for at in range(0, len(heights), ABREAST)]
    return sum(rows) + _BETWEEN_ROWS_PX * (len(rows) - 1) + _BETWEEN_PARTS_PX if rows else 0


def question_height_px(item: Attribute) -> int:
    """Height of a question with its title and its options."""
    title = ceil(text_px(title_of(item), TITLE_PX) / BELOW_PX) * _LINE_PX
    match item.kind:
        case "scale":
            return title + _BUTTON_PX + (_END_PX if ends_of(item.options).fit(BELOW_PX) else _TWO_LINES_PX)
        case "choice" | "multi-choice":
            widths = [text_px(option.title, TITLE_PX) + _AROUND_BUTTON_PX for option in item.options.values()]
            return title + _rows(widths) * (_BUTTON_PX + _GAP_PX) - _GAP_PX
        case "number":
            return title + _FIELD_PX
        case "text":
            return title + _TEXT_PX


def _rows(widths_px: Sequence[int]) -> int:
    """Rows that buttons of these widths take, filled one after the other."""
    rows, used = 1, 0
    for width in widths_px:
        if used and used + width > BELOW_PX:
            rows, used = rows + 1, 0
        used += width + _GAP_PX
    return rows
