"""Which of the texts in task data name the image that is annotated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.imaging.image_name import IMAGE_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping


def own_image(data: Mapping[str, object], key: str) -> Mapping[str, object]:
    """Give of task data what names the image that is annotated; other images stand beside it, such as an earlier one.

    Without the key that the guideline names all of it may be.
    """
    if key not in data:
        return data
    return {name: value for name, value in data.items() if name == key or name.lower() in IMAGE_COLUMNS}
