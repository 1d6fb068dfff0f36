"""Style sheet of the labeling config: the files of ``editor_style`` in their order, and what one guideline adds."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from math import ceil
from typing import TYPE_CHECKING

from guidelint.labelstudio.config.colours import colors
from guidelint.labelstudio.config.contrast import dark_on
from guidelint.labelstudio.config.height import around_image, room_below, room_beside
from guidelint.labelstudio.config.tool_switch import switch_of, switch_style

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Guideline

_SEVERAL = 2
_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)


def style(guideline: Guideline) -> str:
    """Write the style sheet, without the characters <, > and &, which the editor escapes inside Style."""
    room = f".gl-frame {{ --gl-below: {room_below(guideline)}; --gl-beside: {room_beside(guideline)} }}"
    own = (*_several(guideline), *_ink(guideline), *switch_style(switch_of(guideline.classes)), room)
    return "\n".join((_sheets("editor_style"), *own, ""))


def _several(guideline: Guideline) -> tuple[str, ...]:
    """Lay out several images, in two columns where there is room."""
    count = len(guideline.images.of_task)
    if count < _SEVERAL:
        return ()
    return (
        _sheets("of_several_images"),
        f".gl-images {{ --gl-rows: {ceil(count / 2)}; --gl-around: {around_image(guideline)} }}",
    )


@cache
def _sheets(name: str) -> str:
    folder = files("guidelint.labelstudio.config") / name
    sheets = sorted((file for file in folder.iterdir() if file.name.endswith(".css")), key=lambda file: file.name)
    return _COMMENT.sub("", "\n" + "".join(file.read_text("utf-8") for file in sheets)).rstrip()


def _ink(guideline: Guideline) -> list[str]:
    """Write dark on light colours: the editor itself writes white on every selected class, and knows it by colour."""
    light = sorted({color for color in colors(guideline.classes).values() if dark_on(color)})
    if not light:
        return []
    chosen = ", ".join(f'[style*="{color}"]' for color in light)
    button = f".gl .gl-classes .lsf-label_selected:is({chosen})"
    return [f"{button}, {button} .lsf-label__hotkey {{ color: #000 }}"]
