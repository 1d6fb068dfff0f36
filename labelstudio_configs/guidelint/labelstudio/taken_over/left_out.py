"""What of a labeling config is not taken over, each once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET


@dataclass(slots=True)
class LeftOut:
    """What was left out, and why."""

    _said: dict[str, None] = field(default_factory=dict[str, None])

    def say(self, element: ET.Element, why: str) -> None:
        """Note that something of an element is not taken over."""
        self._said[f"{named(element)}: {why}"] = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)


def named(element: ET.Element) -> str:
    """Name an element as its author would look for it."""
    name = element.get("name") or element.get("value") or ""
    return f"{element.tag} {name[:60]!r}" if name else element.tag
