"""Which image a file of masks is of, and who painted it: told by where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from guidelint.annotation.decoding.files.format_error import FormatError

if TYPE_CHECKING:
    from guidelint.annotation.decoding.files.source import Source
    from guidelint.annotation.decoding.legends.legend import Legend

_CLASSES, _OBJECTS = "SegmentationClass", "SegmentationObject"
"""Folders of CVAT and Pascal VOC: the same images by class, and by object."""


class MaskPlace(NamedTuple):
    """Of what a mask is, and by whom."""

    image: str
    """Its path in the folder of all masks."""
    annotator: str | None


def mask_place(source: Source, legend: Legend) -> MaskPlace:
    """Tell the image by the path below the folder of the legend, or the folder that was named; it bears a name.

    Raises FormatError for a mask of objects, whose colours are not those of the legend.
    """
    if source.path is None:
        return MaskPlace(source.name, legend.annotator or None)
    path, root = source.path.absolute(), legend.folder or source.below
    if _OBJECTS in path.parts[:-1]:
        raise FormatError(f"in {_OBJECTS} a colour is an object and no label. Name the folder {_CLASSES} instead")
    if root is None or not path.is_relative_to(root.absolute()):
        return MaskPlace(source.name, legend.annotator or path.parent.name or None)
    inside = path.relative_to(root.absolute())
    inside = Path(*inside.parts[1:]) if inside.parts[0] == _CLASSES else inside
    return MaskPlace(inside.as_posix(), legend.annotator or root.absolute().name or None)
