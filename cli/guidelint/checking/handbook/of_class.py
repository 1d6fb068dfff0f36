"""What stands at a class beside what annotators read in the editor: its keys there, and its codes elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from guidelint.annotation.tool import OUTLINES
from guidelint.labelstudio.config.class_buttons import buttons_on
from guidelint.labelstudio.config.tags import UNTYPED
from guidelint.labelstudio.config.tool_switch import SHOWN_AS
from guidelint.labelstudio.instructions.classes import COUNTS, DOES_NOT_COUNT
from guidelint.labelstudio.instructions.elements import authored, listed, told
from guidelint.language.form.places.places import HOW_TO_DRAW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.labelstudio.instructions.places import Rows
    from guidelint.language.form.fields import Term
    from guidelint.language.form.guideline import Guideline

_KEY: Final = "Key in the editor"
_BORDER: Final = "Border"
_INNER: Final = "The line itself belongs to it."
_CODES: Final = "Codes"
_CALLED: Final = "Also called"
COUNTED: Final = frozenset({HOW_TO_DRAW, _BORDER, _KEY, COUNTS, DOES_NOT_COUNT})
"""Rows of what a class is, which stand before pictures of it."""
_SPELT: Final = {"shift": "Shift", "ctrl": "Ctrl", "alt": "Alt"}


def with_keys_and_codes(rows: Mapping[str, list[ET.Element]], guideline: Guideline, name: str) -> Rows:
    """Tell by which keys a class is chosen beside how it is drawn, and last which codes and other names it has."""
    item = guideline.classes[name]
    keys, codes = list(_keys(guideline, name)), list(listed(map(_code, item.codes)))
    also = [authored("div", ", ".join(item.aliases))] if item.aliases else []
    border = [told("div", _INNER)] if item.border == "inner" and not OUTLINES.isdisjoint(item.draw) else []
    new = {_BORDER: border, _KEY: keys}
    beside = placed_after(rows, {name: said for name, said in new.items() if said}, frozenset({HOW_TO_DRAW}))
    return beside | ({_CODES: codes} if codes else {}) | ({_CALLED: also} if also else {})


def placed_after(rows: Mapping[str, list[ET.Element]], new: Rows, after: frozenset[str]) -> Rows:
    """Put rows behind the last of some that stand first."""
    at = next((at for at, name in enumerate(rows) if name not in after), len(rows))
    every = list(rows.items())
    return dict([*every[:at], *new.items(), *every[at:]])


def _code(code: Term) -> ET.Element:
    return authored("li", f"{code.scheme} {code.value}, {code.meaning}")


def _keys(guideline: Guideline, name: str) -> Iterator[ET.Element]:
    several = len(guideline.classes[name].draw) > 1
    for _, buttons in buttons_on(guideline):
        for tool in guideline.classes[name].draw:
            key = buttons.key.get((name, tool), UNTYPED)
            if name in buttons.classes and key != UNTYPED:
                line = ET.Element("div")
                line.text = f"{SHOWN_AS[tool]} " if several else ""
                ET.SubElement(line, "kbd").text = "+".join(_SPELT.get(one, one.upper()) for one in key.split("+"))
                yield line
        if name in buttons.classes:
            return
