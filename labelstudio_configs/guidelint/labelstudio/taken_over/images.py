"""The images of a labeling config: the one of a task, or several, each by its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.language.compile.vocabulary import control_on
from guidelint.language.sketch.names import Names, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree import ElementTree as ET


@dataclass(frozen=True, slots=True)
class ImageTaken:
    """One of several images."""

    key: str
    """Its name in the guideline."""
    name: str
    """Its name in the config."""
    data_key: str
    """Key of the task data under which it stands."""

    def written(self) -> dict[str, object]:
        """Write it as a guideline does."""
        key = {"key": self.data_key} if self.data_key != self.key.replace("-", "_") else {}
        return {"title": in_words(self.name), **key, **({"aliases": [self.name]} if self.name != self.key else {})}


def images_of(root: ET.Element) -> dict[str, ImageTaken]:
    """Read the images of a config with several, by their names there; none: it has one."""
    images = [item for item in root.iter("Image") if item.get("name")]
    if not images[1:]:
        return {}
    names = Names("image")
    read = ((item.get("name", ""), _data_key(item)) for item in images)
    return {name: ImageTaken(names.name(name), name, key) for name, key in read}


def data_key_of_one(root: ET.Element) -> str:
    """Tell under which key the only image stands, where that is not the usual one."""
    image = root.find(".//Image")
    key = "" if image is None else _data_key(image)
    return key if key != "image" else ""


def base_name(control: ET.Element, images: dict[str, ImageTaken]) -> str:
    """Name what a control asks or draws with, without the image that it does so on."""
    name, image = control.get("name", ""), control.get("toName", "")
    base = name.removesuffix(control_on("", image))
    return base if image in images and base else name


def allowed(groups: Iterable[str], images: dict[str, ImageTaken]) -> list[str]:
    """List the images on which something is drawn; none: every one is."""
    found = {name for name in groups if name in images}
    return [image.key for name, image in images.items() if name in found] if len(found) < len(images) else []


def _data_key(image: ET.Element) -> str:
    return (image.get("value") or image.get("valueList") or "").removeprefix("$")
