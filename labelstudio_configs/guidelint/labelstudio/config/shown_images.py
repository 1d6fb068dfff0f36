"""The images that the editor shows: the one of a task, or each that a guideline names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guidelint.language.compile.vocabulary import control_on, named_images

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.form.guideline import Attribute, ClassDefinition, Guideline

IMAGE: Final = "image"
"""Name of the image in the config (``to_name`` in results), where a guideline names none."""


@dataclass(frozen=True, slots=True)
class ShownImage:
    """One image in the editor."""

    name: str
    """Its name in the config."""
    key: str
    """Key of the task data that holds it."""
    title: str = ""
    """What annotators call it; empty: it is the only one."""

    def control(self, name: str) -> str:
        """Name the control of a tool or a question on it."""
        return control_on(name, self.name) if self.title else name

    def is_among(self, names: tuple[str, ...]) -> bool:
        """Whether it is one of those that a class or a question names; none: every one is."""
        return not names or self.name in names


def shown_images(guideline: Guideline) -> tuple[ShownImage, ...]:
    """List them in the order of the guideline."""
    named = tuple(ShownImage(image.name, image.key, image.title) for image in named_images(guideline))
    return named or (ShownImage(IMAGE, guideline.images.keys.get("image", IMAGE)),)


def classes_on(image: ShownImage, guideline: Guideline) -> Mapping[str, ClassDefinition]:
    """Give the classes that may be drawn on an image."""
    return {name: item for name, item in guideline.classes.items() if image.is_among(item.on)}


def asked_on(item: Attribute, guideline: Guideline) -> Iterator[ShownImage]:
    """Yield the images on which a question has a control; one about the whole task has it on the first."""
    images = shown_images(guideline)
    if not item.per_region and not item.on:
        yield images[0]
        return
    for image in images:
        drawn = any(image.is_among(guideline.classes[name].on) for name in item.of)
        if image.is_among(item.on) and (drawn or not item.per_region):
            yield image


def question_control(name: str, image: ShownImage, guideline: Guideline) -> str:
    """Name the control that asks a question on an image; empty: none does there."""
    item = guideline.attributes[name]
    if not item.per_region and not item.on:
        return name
    return image.control(name) if image in tuple(asked_on(item, guideline)) else ""
