"""Groups of labels become classes: titles, tools, colours, keys, hints, limits of use."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.labelstudio.config.drawing_controls import TAG_OF
from guidelint.labelstudio.taken_over.images import allowed, base_name
from guidelint.language.sketch.names import Names
from guidelint.language.sketch.parts import one_or_all
from guidelint.language.sketch.yaml_text import TO_DO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from xml.etree import ElementTree as ET

    from guidelint.annotation.tool import Tool
    from guidelint.labelstudio.taken_over.images import ImageTaken
    from guidelint.labelstudio.taken_over.left_out import LeftOut

TOOL_OF_GROUP: Mapping[str, Tool] = {tag: tool for tool, tag in TAG_OF.items()}
TOOL_ALONE: Mapping[str, Tool] = {tag.removesuffix("Labels"): tool for tag, tool in TOOL_OF_GROUP.items()}
"""Tools without labels of their own, which go with a group of labels."""
_SHORT_COLOUR = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_KEY = re.compile(r"[A-Za-z0-9]")


@dataclass(slots=True)
class ClassTaken:
    """A class as the labels of one name tell it."""

    key: str
    title: str
    draw: list[Tool] = field(default_factory=list["Tool"])
    groups: set[str] = field(default_factory=set[str])
    """Names of the groups of labels in which it stands."""
    images: set[str] = field(default_factory=set[str])
    """Names of the images on which these groups draw."""
    names: dict[str, None] = field(default_factory=dict[str, None])
    """Every label that means it."""
    definition: str = TO_DO
    color: str = ""
    hotkey: str = ""
    max_count: int | None = None

    def written(self, images: dict[str, ImageTaken]) -> dict[str, object]:
        """Write it as a guideline does."""
        on = allowed(self.images, images)
        aliases = [name for name in self.names if name not in {self.key, self.title}]
        optional = {"color": self.color, "hotkey": self.hotkey, "aliases": aliases}
        return {
            "title": self.title,
            "definition": self.definition,
            "draw": one_or_all(self.draw),
            **({"on": one_or_all(on)} if on else {}),
            **({} if self.max_count is None else {"count": {"max": self.max_count}}),
            **{key: value for key, value in optional.items() if value},
        }


def classes_of(root: ET.Element, left_out: LeftOut) -> dict[str, ClassTaken]:
    """Read every label that draws something, by the key of its class."""
    names = Names("class")
    by_label: dict[str, ClassTaken] = {}
    hotkeys: dict[str, str] = {}
    for group, tools in _groups(root, left_out):
        for label in group.iter("Label"):
            shown, stored = label.get("value", "").strip(), label.get("alias", "").strip()
            if not (shown or stored) or shown.startswith("$"):
                left_out.say(label, "its name stands in the data of tasks; write the classes that it has")
                continue
            known = by_label.get(stored or shown) or by_label.get(shown or stored)
            taken = known or ClassTaken(names.name(stored or shown), _title(shown or stored))
            by_label |= {name: taken for name in (shown, stored) if name and name not in by_label}
            taken.names |= dict.fromkeys(name for name in (shown, stored) if name)
            taken.groups.add(group.get("name", ""))
            taken.images.add(group.get("toName", ""))
            taken.draw.extend(tool for tool in tools if tool not in taken.draw)
            _look(label, taken, hotkeys, left_out)
    return {taken.key: taken for taken in by_label.values()}


def controls_of(root: ET.Element, classes: Iterable[ClassTaken], images: dict[str, ImageTaken]) -> dict[str, Tool]:
    """Give the names of controls that draw a class, where they are not those of the tools themselves."""
    used: set[Tool] = {tool for item in classes for tool in item.draw}
    every: Mapping[str, Tool] = {**TOOL_OF_GROUP, **TOOL_ALONE}
    named = {item.get("name", ""): item for item in root.iter() if item.tag in every}
    named = {name: item for name, item in named.items() if name and base_name(item, images) != every[item.tag]}
    return {name: every[item.tag] for name, item in named.items() if every[item.tag] in used}


def _groups(root: ET.Element, left_out: LeftOut) -> Iterator[tuple[ET.Element, list[Tool]]]:
    """Yield groups of labels with the tools that draw them."""
    alone: list[Tool] = [tool for tag, tool in TOOL_ALONE.items() if root.find(f".//{tag}") is not None]
    for item in root.iter():
        if item.tag in TOOL_OF_GROUP:
            yield item, [TOOL_OF_GROUP[item.tag]]
        elif item.tag == "Labels":
            apart = "it stores labels apart from what is drawn, which known-control returns"
            left_out.say(item, apart if alone else "its labels draw nothing on an image")
            yield from [(item, alone)] if alone else []


def _look(label: ET.Element, taken: ClassTaken, hotkeys: dict[str, str], left_out: LeftOut) -> None:
    """Take colour, key, hint and limit of use of a label, where they can be."""
    if hint := label.get("hint", "").strip():
        taken.definition = hint[:4000]
    colour = _SHORT_COLOUR.sub(r"#\1\1\2\2\3\3", given) if len(given := _colour(label)) == len("#rgb") else given
    if _COLOUR.fullmatch(colour):
        taken.color = taken.color or colour
    elif colour:
        left_out.say(label, f"its colour {colour} is not written #rrggbb; another one is chosen")
    key = label.get("hotkey", "").strip()
    if _KEY.fullmatch(key) and hotkeys.setdefault(key.lower(), taken.key) == taken.key:
        taken.hotkey = taken.hotkey or key
    elif key:
        why = "chooses another class already" if _KEY.fullmatch(key) else "is more than a letter or a digit"
        left_out.say(label, f"its key {key} {why}; another one is chosen")
    if (most := label.get("maxUsages", "")).isdecimal() and int(most) > 0:
        taken.max_count = int(most)


def _colour(label: ET.Element) -> str:
    return label.get("background", "").strip().lower()


def _title(words: str) -> str:
    return " ".join(words.split())[:200]
