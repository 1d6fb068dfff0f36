"""Points and lines as areas, so that two of them are compared as outlines are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np

from guidelint.annotation.shape import Ellipse, KeyPoint, Polygon

if TYPE_CHECKING:
    from guidelint.annotation.region import Region
    from guidelint.annotation.shape import Points
    from guidelint.annotation.submission import Submission

REACH: Final = 0.03
"""So far from a point, as a share of the longer side of its image, another one is still the same."""
LEAST_IOU: Final = 0.2
"""Discs of this reach whose centres are 1.07 of it apart overlap by so much."""


def with_areas(submission: Submission) -> Submission:
    """Give a disc in place of each point, and a band in place of each line."""
    return replace(submission, regions=tuple(map(_with_area, submission.regions)))


def _with_area(region: Region) -> Region:
    reach = REACH * max(region.image_shape)
    match region.shape:
        case KeyPoint(x=x, y=y):
            return msgspec.structs.replace(region, shape=Ellipse(x, y, reach, reach))
        case Polygon(points=points, is_line=True) if len(points) > 1:
            return msgspec.structs.replace(region, shape=Polygon(_band(points, reach)))
        case _:
            return region


def _band(line: Points, reach: float) -> Points:
    """Give the outline of all that lies so near a line, but for what is beyond its ends."""
    along = np.gradient(line, axis=0)
    length = np.hypot(along[:, 0], along[:, 1])
    across = np.stack([-along[:, 1], along[:, 0]], axis=1) * (reach / np.where(length > 0, length, 1))[:, None]
    return np.concatenate([line + across, (line - across)[::-1]])
