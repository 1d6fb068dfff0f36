"""Whether the pixels of a segmentation are those of the image that it refers to, as is told beside the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import numpy as np

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.parts.plane import Plane
from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.imaging.agreement import agree
from guidelint.imaging.header import header_facts
from guidelint.imaging.items import FRAME_KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.geometry.spacing import Spacing
    from guidelint.imaging.facts import ImageFacts
    from guidelint.imaging.given import Given
    from guidelint.imaging.keys import ImageKeys
    from guidelint.imaging.slice_place import Orientation, Point

T = TypeVar("T")
_ROUNDED_PX: Final = 0.5
"""How far a corner may lie from that of the image: where it is nearer, every pixel is still its own."""
_REMEDY: Final = "Resample it onto the image, or let it refer to the right one"


def refuse_other_grid(data: Mapping[str, object], keys: ImageKeys, given: Given) -> None:
    """Raise PayloadError where the pixels of a frame are not those of its image. ``data``: what the frame tells."""
    if given.supply is None:
        return
    which = {key: data[key] for key in (keys.image, keys.sop_uid, FRAME_KEY) if key in data}
    told = TaskImage(which, keys, given)
    for record in (record for beside in told.beside for _, record in beside.records):
        if record.frames and FRAME_KEY in data:
            raise PayloadError(f"it is drawn on frame {data[FRAME_KEY]}, and {record.place} has {len(record.frames)}")
    own, image = header_facts(data, keys), told.facts((0, 0))
    _refuse_other_size(own, image)
    _refuse_elsewhere(own, image)


def _refuse_other_size(own: ImageFacts, image: ImageFacts) -> None:
    sizes = [f"{one.columns} × {one.rows}" for one in (own, image) if one.columns and one.rows]
    if len(set(sizes)) > 1:
        mine, theirs = sizes
        told = f"the segmentation has {mine} pixels, and its image {theirs} ({image.sources['rows']})"
        raise PayloadError(f"{told}. {_REMEDY}")


def _refuse_elsewhere(own: ImageFacts, image: ImageFacts) -> None:
    theirs = _Place(
        image.place.position_mm or own.place.position_mm,
        image.place.orientation or own.place.orientation,
        image.spacing or own.spacing,
    )
    mine = _Place(
        _unless_rounded("position", own.place.position_mm, theirs.position),
        _unless_rounded("orientation", own.place.orientation, theirs.orientation),
        _unless_rounded("pixel_spacing", own.spacing, theirs.pixel_spacing),
    )
    differing = [name for name in _Place._fields if getattr(mine, name) != getattr(theirs, name)]
    away_mm = _apart_mm(mine, theirs, (own.rows or 1, own.columns or 1)) if differing else 0.0
    if away_mm:
        told = f"a corner of the segmentation lies {away_mm:.1f} mm from that of its image"
        raise PayloadError(f"{told} ({image.sources[differing[0]]}). {_REMEDY}")


class _Place(NamedTuple):
    """Where a grid lies, by the names of facts; None: not known."""

    position: Point | None
    orientation: Orientation | None
    pixel_spacing: Spacing | None

    def plane(self, size: tuple[int, int]) -> Plane | None:
        """Give the plane of a grid of so many rows and columns; None: it is not known."""
        if self.position is None or self.orientation is None or self.pixel_spacing is None:
            return None
        ways = self.orientation.along_row, self.orientation.down_column, self.orientation.normal
        along, down, normal = (np.array(way) for way in ways)
        steps = self.pixel_spacing.row_mm, self.pixel_spacing.column_mm
        return Plane(np.array(self.position), along, down, normal, *steps, size)


def _unless_rounded(name: str, own: T | None, image: T | None) -> T | None:
    """Give what a grid tells, unless it tells nothing or rounds what the image has."""
    return image if own is None or (image is not None and agree(name, image, own)) else own


def _apart_mm(mine: _Place, theirs: _Place, size: tuple[int, int]) -> float:
    """Tell how far a corner lies from that of the image; 0: near enough, or one of them is not known."""
    one, other = mine.plane(size), theirs.plane(size)
    if one is None or other is None:
        return 0.0
    away_mm = float(np.linalg.norm(one.corners_mm - other.corners_mm, axis=1).max())
    return away_mm if away_mm > _ROUNDED_PX * min(other.row_mm, other.column_mm) else 0.0
