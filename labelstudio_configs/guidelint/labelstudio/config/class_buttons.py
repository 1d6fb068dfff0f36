"""Class buttons of one tool: under their headings, each shown at its positions of the switch."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from guidelint.labelstudio.config.colours import colors
from guidelint.labelstudio.config.escaping import shown
from guidelint.labelstudio.config.keys import hotkeys
from guidelint.labelstudio.config.shown_images import classes_on, shown_images
from guidelint.labelstudio.config.tool_switch import Switch, switch_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guidelint.annotation.tool import Tool
    from guidelint.labelstudio.config.shown_images import ShownImage
    from guidelint.language.form.guideline import ClassDefinition, Guideline


@dataclass(frozen=True, slots=True)
class Buttons:
    """The buttons of all tools."""

    classes: Mapping[str, ClassDefinition]
    """Classes in the order of their headings."""
    color: Mapping[str, str]
    key: Mapping[tuple[str, Tool], str]
    switch: Switch

    def count(self, tool: Tool) -> int:
        """How many classes can be drawn with a tool."""
        return len(self._drawn_with(tool))

    def of_several_tools_at_once(self) -> bool:
        """Whether at some position buttons of different tools stand together: then each group must say its tool."""
        return any(len(self._tools_at(position)) > 1 for position in self.switch.positions or (None,))

    def style_classes(self, tool: Tool) -> Iterator[str]:
        """Yield when the whole group is shown, and whether Shift goes with each of its keys."""
        names = self._drawn_with(tool)
        yield from self.switch.style_classes(self._shown_at(names, tool))
        if all(self.key[name, tool].startswith("shift+") for name in names):
            yield "gl-shift"

    def of(self, tool: Tool) -> Iterator[ET.Element]:
        """Yield the buttons of one tool with their headings."""
        for heading, names in groupby(self._drawn_with(tool), lambda name: self.classes[name].group):
            yield from self._under(heading, list(names), tool)

    def _under(self, heading: str | None, names: list[str], tool: Tool) -> Iterator[ET.Element]:
        if heading:
            view = self._place("gl-group", names, tool)
            ET.SubElement(view, "Header", {"value": shown(heading), "size": "5"})
            yield view
        for _, run in groupby(names, lambda name: self._shown_at([name], tool)):
            together = list(run)
            labels = [ET.Element("Label", self._label(name, tool)) for name in together]
            yield from self._unless_always_shown(labels, together, tool)

    def _unless_always_shown(self, labels: list[ET.Element], names: list[str], tool: Tool) -> Iterable[ET.Element]:
        if self._shown_at(names, tool) == self._shown_at(self._drawn_with(tool), tool):
            return labels
        view = self._place("gl-run", names, tool)
        view.extend(labels)
        return [view]

    def _place(self, kind: str, names: list[str], tool: Tool) -> ET.Element:
        shown_at = self.switch.style_classes(self._shown_at(names, tool))
        return ET.Element("View", {"className": " ".join((kind, *shown_at))})

    def _tools_at(self, position: Tool | None) -> set[Tool]:
        return {
            tool
            for item in self.classes.values()
            for tool in item.draw
            if position is None or position in self.switch.shown_at(item, tool)
        }

    def _drawn_with(self, tool: Tool) -> list[str]:
        return [name for name, item in self.classes.items() if tool in item.draw]

    def _shown_at(self, names: Iterable[str], tool: Tool) -> frozenset[Tool]:
        return frozenset(at for name in names for at in self.switch.shown_at(self.classes[name], tool))

    def _label(self, name: str, tool: Tool) -> dict[str, str]:
        item = self.classes[name]
        return {
            "value": shown(item.title),
            "alias": name,
            "background": self.color[name],
            "hotkey": self.key[name, tool],
            "hint": shown(item.definition),
        }


def buttons_on(guideline: Guideline) -> Iterator[tuple[ShownImage, Buttons]]:
    """Arrange the classes of each image; no two buttons share a key, and the first of a class has the class's own."""
    color, switch = colors(guideline.classes), switch_of(guideline.classes)
    on = {image: by_heading(classes_on(image, guideline)) for image in shown_images(guideline)}
    every = {(image, name): item for image, classes in on.items() for name, item in classes.items()}
    first = {name: image for image, name in reversed(every)}
    keys = hotkeys(
        {
            (image, name): item if first[name] == image else item.model_copy(update={"hotkey": None})
            for (image, name), item in every.items()
        }
    )
    for image, classes in on.items():
        own: dict[tuple[str, Tool], str] = {
            (name, tool): keys[(image, name), tool] for name, item in classes.items() for tool in item.draw
        }
        yield image, Buttons(classes, color, own, switch)


def by_heading(classes: Mapping[str, ClassDefinition]) -> dict[str, ClassDefinition]:
    """Put classes under one heading together, headings in the order of their first class; those without one first."""
    headings = list(dict.fromkeys((None, *(item.group for item in classes.values()))))
    return dict(sorted(classes.items(), key=lambda named: headings.index(named[1].group)))
