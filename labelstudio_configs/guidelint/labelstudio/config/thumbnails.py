"""A picture of each class in its button and beside its definition: small, and carried along in the sheet of style."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from guidelint.labelstudio.config.escaping import markup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from guidelint.language.form.guideline import Guideline

Thumbnails = Mapping[str, str]
"""Class → a picture of it, as a ``data:`` address."""
NO_THUMBNAILS: Final[Thumbnails] = MappingProxyType({})
MOST_BYTES: Final = 8_000
"""Longest address of one; what is longer is left out."""
MOST: Final = 24
"""So many classes have a picture, the first of the guideline."""
MOST_BUTTONS: Final = 8
"""With more classes than these their buttons stay as low as they are, so that all of them are in sight."""


def within_bounds(thumbnails: Thumbnails, guideline: Guideline) -> Thumbnails:
    """Keep those that are small enough, of the first classes."""
    named = [name for name in guideline.classes if len(thumbnails.get(name, "")) <= MOST_BYTES and name in thumbnails]
    return {name: thumbnails[name] for name in named[:MOST]}


def show_in_buttons(root: ET.Element, thumbnails: Thumbnails, guideline: Guideline) -> None:
    """Put each picture into the buttons of its class, before the title."""
    if len(guideline.classes) > MOST_BUTTONS:
        return
    for label in root.iter("Label"):
        name = label.get("alias", "")
        if name in thumbnails:
            label.set("html", f"{picture(name)}{markup(guideline.classes[name].title)}")


def picture(name: str) -> str:
    """Write where a picture stands: its place alone, since the editor strips pictures that are carried along."""
    return f'<span class="gl-thumb gl-thumb-{name}"></span>'


def thumbnail_rules(thumbnails: Thumbnails) -> Iterator[str]:
    """Write the rules of style that hold the pictures."""
    if thumbnails:
        yield (
            ".gl .gl-thumb { display: inline-block; inline-size: 40px; block-size: 30px; vertical-align: middle;"
            " margin-inline-end: 6px; border-radius: 3px; background-size: cover; background-position: center }"
        )
        yield "@container (max-width: 520px) { .gl .gl-classes .gl-thumb { display: none } }"
        yield ".gl .gl-definition .gl-thumb { inline-size: 160px; block-size: 120px; margin-block-end: 6px }"
    for name, address in thumbnails.items():
        yield f'.gl .gl-thumb-{name} {{ background-image: url("{address}") }}'
