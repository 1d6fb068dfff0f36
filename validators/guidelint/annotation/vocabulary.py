"""The names a delivery may use, and what they mean in the guideline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from guidelint.annotation.tool import Tool
from guidelint.imaging.keys import ImageKeys

if TYPE_CHECKING:
    from guidelint.geometry.raster import Boundary

AttributeKind = Literal["choice", "multi-choice", "scale", "number", "text"]
Per = Literal["region", "image"]
Border = Literal["inner", "outer"]


class ClassEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What decoding needs to know of a class."""

    title: str
    """Name that annotators see."""
    tools: tuple[Tool, ...]
    """Tools it may be drawn with."""
    labels: tuple[str, ...] = ()
    """Every label that means this class: its key, its title, its aliases."""
    border: Border = "inner"
    """``outer``: the outline itself is not part of the object, so pixel centres on it do not count."""
    excluded_from: str | None = None
    """Class from whose regions an area of this class is subtracted."""
    together_with: tuple[str, ...] = ()
    """Classes whose labels a region may bear beside its own; what one class says of another holds for both."""
    on: tuple[str, ...] = ()
    """Named images of a task that it may be drawn on; none: every one."""

    @property
    def boundary(self) -> Boundary:
        """Whether pixels on the outline of its regions belong to them."""
        return "outside" if self.border == "outer" else "inside"


class AttributeEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What decoding needs to know of an attribute."""

    title: str
    """The question as annotators see it."""
    kind: AttributeKind
    """Kind of answer."""
    per: Per
    """Whether regions are asked, or the whole image."""
    controls: tuple[str, ...] = ()
    """Every control name that carries it: its key and its aliases."""
    options: dict[str, tuple[str, ...]] = {}
    """Option key → every value that means it (key, title, aliases); empty for number and text."""
    option_titles: dict[str, str] = {}
    """Option key → its title."""
    unit: str = ""
    """Unit of a number."""


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """Labels, controls and task-data keys of one guideline."""

    classes: dict[str, ClassEntry]
    """Classes by key."""
    attributes: dict[str, AttributeEntry] = {}
    """Questions by key."""
    geometry_controls: dict[str, tuple[str, ...]] = {}
    """Our control name (a tool) → every control name that stands for it."""
    image: ImageKeys = ImageKeys()
    """Keys of the task data under which image facts are delivered."""
    asked_of: dict[str, tuple[str, ...]] = {}
    """Question → named images of a task that are asked it, each by itself."""
    one_grid: bool = False
    """Whether the named images of a task show the same pixels: regions are then compared across them."""
    object_name: Literal["meta.text", "none"] = "meta.text"
    """Where the name of the physical object stands that joins the regions of a series."""
    priority: tuple[str, ...] = ()
    """Classes of which a pixel belongs to the first whose region it lies in."""

    @property
    def image_titles(self) -> dict[str, str]:
        """Every name of an image of a task, where they are named → its title."""
        return {name: image.title for image in self.image.of_task for name in (image.name, *image.aliases)}

    @property
    def controls(self) -> tuple[str, ...]:
        """Every control name: those of drawing tools, then those of questions."""
        drawing = (name for names in self.geometry_controls.values() for name in names)
        asking = (name for entry in self.attributes.values() for name in entry.controls)
        return tuple(dict.fromkeys((*drawing, *asking)))
