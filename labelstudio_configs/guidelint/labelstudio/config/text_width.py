"""How wide words are on the page, near enough to tell what needs a second line."""

from __future__ import annotations

from typing import Final
from unicodedata import east_asian_width

ABREAST: Final = 3
"""Questions side by side below the image, in a window of 1280 px."""
BELOW_PX: Final = 215
"""Width of one of them."""
BESIDE_PX: Final = 140
"""Width of a question in the column beside the image, where that is narrowest."""
TITLE_PX: Final = 12
"""Size of the letters of titles and options."""
END_PX: Final = 11
"""Size of the letters at the ends of a scale."""


def text_px(text: str, size_px: int) -> int:
    """Width of a line: a letter is about half as wide as high, an East Asian one as wide as high."""
    return sum(size_px if east_asian_width(letter) in "WF" else size_px // 2 for letter in text)
