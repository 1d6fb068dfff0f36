"""A part of what a guideline tells people: the one document from which every page about it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree import ElementTree as ET


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands beneath it, in the elements of ``elements``; whoever writes a page chooses levels."""

    key: str
    """What it is, whatever its title says: ``classes``, ``sources``; of what an author names, its title."""
    title: str
    content: tuple[ET.Element, ...] = ()
    rows: Mapping[str, list[ET.Element]] = field(default_factory=dict[str, "list[ET.Element]"])
    """What is told of each of several things, by their names."""
    parts: tuple[Part, ...] = ()
    """Parts beneath it."""
    of: str = ""
    """Class that it is about; empty: none."""
    is_authored: bool = False
    """Whether its title is the author's, and runs in the direction of its own script."""

    @property
    def is_empty(self) -> bool:
        """Whether it tells nothing."""
        return not (self.content or self.rows or self.parts)
