"""Whether the pixels of a segmentation are those of the image that it refers to, as is told beside the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.parts.plane import Plane
from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.imaging.agreement import agree
from guidelint.imaging.header import header_facts
from guidelint.imaging.items import FRAME_KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.imaging.facts import ImageFacts
    from guidelint.imaging.given import Given
    from guidelint.imaging.keys import ImageKeys

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
    mine, theirs = _plane(own, image), _plane(image, image)
    if mine is None or theirs is None:
        return
    away_mm = float(np.linalg.norm(mine.corners_mm - theirs.corners_mm, axis=1).max())
    if away_mm > _ROUNDED_PX * min(theirs.row_mm, theirs.column_mm):
        told = f"a corner of the segmentation lies {away_mm:.1f} mm from that of its image"
        raise PayloadError(f"{told} ({image.sources['position']}). {_REMEDY}")


def _plane(own: ImageFacts, image: ImageFacts) -> Plane | None:
    """Give the plane of a grid; what it does not tell, or rounds, is as the image has it. None: that is not known."""
    position = own.place.position_mm or image.place.position_mm
    orientation = _unless_told("orientation", image.place.orientation, own.place.orientation)
    spacing = _unless_told("pixel_spacing", image.spacing, own.spacing)
    if image.place.position_mm is None or orientation is None or spacing is None or not image.rows or not image.columns:
        return None
    along, down, normal = (
        np.array(way) for way in (orientation.along_row, orientation.down_column, orientation.normal)
    )
    size = (image.rows, image.columns)
    return Plane(np.array(position), along, down, normal, spacing.row_mm, spacing.column_mm, size)


def _unless_told(name: str, image: T | None, own: T | None) -> T | None:
    """Give what an image has, unless a grid tells otherwise."""
    return image if own is None or (image is not None and agree(name, image, own)) else own
