"""Each class once: which tools a switch offers, and at which of its positions a class button is shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.annotation.tool import Tool
    from guidelint.language.form.guideline import ClassDefinition


SHOWN_AS: Final[dict[Tool, str]] = {
    "polygon": "Outline",
    "rectangle": "Box",
    "ellipse": "Ellipse",
    "keypoint": "Point",
    "brush": "Brush",
    "bitmask": "Mask",
    "vector": "Line",
}
"""What annotators call a tool."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Tools among which the annotator chooses, as far as classes can be drawn with several."""

    positions: tuple[Tool, ...]
    """Its positions, the one that holds at first before the others; none: no class has a choice."""

    def shown_at(self, item: ClassDefinition, tool: Tool) -> frozenset[Tool]:
        """Positions at which a tool's group shows a class.

        A class that cannot be drawn with the tool of the switch is drawn with the one it prefers, and stays in sight.
        """
        preferred = tool == item.draw[0]
        return frozenset(at for at in self.positions if at == tool or (preferred and at not in item.draw))

    def style_classes(self, shown_at: frozenset[Tool]) -> tuple[str, ...]:
        """Style classes of what is shown at these positions; none: it is always shown."""
        if shown_at >= frozenset(self.positions):
            return ()
        first = ("gl-at-first",) if self.positions[0] in shown_at else ()
        return ("gl-at", *first, *(f"gl-at-{tool}" for tool in self.positions if tool in shown_at))


def switch_of(classes: Mapping[str, ClassDefinition]) -> Switch:
    """Offer the tools that share classes; first the one that most of these classes prefer."""
    choices = [item.draw for item in classes.values() if len(set(item.draw)) > 1]
    preferred = Counter(draw[0] for draw in choices)
    offered: list[Tool] = [tool for tool in SHOWN_AS if any(tool in draw for draw in choices)]
    first = max(offered, key=preferred.__getitem__, default=None)
    return Switch(tuple(sorted(offered, key=lambda tool: tool != first)))


def switch_control(switch: Switch) -> ET.Element:
    """Write the switch as details of which one is open: the page keeps which, and no key of the editor goes astray."""
    return ET.Element("Markdown", {"className": "gl-switch-place", "value": _markup(switch)})


def _markup(switch: Switch) -> str:
    parts = Markup("").join(_position(tool, is_open=tool == switch.positions[0]) for tool in switch.positions)
    return str(Markup('<div class="gl-switch" role="group" aria-label="Draw with">{}</div>').format(parts))


def _position(tool: Tool, *, is_open: bool) -> Markup:
    return Markup('<details class="gl-sw gl-sw-{}" name="gl-tool"{}><summary>{}</summary></details>').format(
        tool, Markup(" open") if is_open else "", SHOWN_AS[tool]
    )


def switch_style(switch: Switch) -> Iterator[str]:
    """Rules of style: a class button stands once, with the tool of the switch or with its own.

    What is chosen by its key, or by selecting its region, is seen above the others whatever the switch says.
    """
    if switch.positions:
        yield from _rules(".gl:not(:has(.gl-sw[open]))", "gl-at-first")
    for tool in switch.positions:
        yield from _rules(f".gl:has(.gl-sw-{tool}[open])", f"gl-at-{tool}")


def _rules(while_: str, at: str) -> Iterator[str]:
    elsewhere, chosen = f"{while_} .gl-at:not(.{at})", ".lsf-label_selected"
    gone = (f":not(:has({chosen}))", f" .lsf-label:not({chosen})", " .gl-group")
    yield ", ".join(f"{elsewhere}{what}" for what in gone) + " { display: none }"
    yield f"{elsewhere} .gl-apart-only {{ display: block }}"
    yield f"{elsewhere} {{ order: -1 }}"
