"""Style sheet of the labeling config: the files of ``editor_style`` in their order, and what one guideline adds."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from guidelint.labelstudio.config.colours import colors
from guidelint.labelstudio.config.contrast import dark_on
from guidelint.labelstudio.config.height import room_below, room_beside
from guidelint.labelstudio.config.tool_switch import switch_of, switch_style

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Guideline

_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)


def style(guideline: Guideline) -> str:
    """Write the style sheet, without the characters <, > and &, which the editor escapes inside Style."""
    room = f".gl-frame {{ --gl-below: {room_below(guideline)}; --gl-beside: {room_beside(guideline)} }}"
    return "\n".join((_common(), *_ink(guideline), *switch_style(switch_of(guideline.classes)), room, ""))


@cache
def _common() -> str:
    folder = files("guidelint.labelstudio.config") / "editor_style"
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
