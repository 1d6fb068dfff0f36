"""One region: a shape, its class, and what was said about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from guidelint.annotation.extent import (
    EVERYWHERE,
    Extent,
    around_box,
    around_ellipse,
    around_pixels,
    around_points,
)
from guidelint.annotation.region_ref import RegionRef
from guidelint.annotation.shape import Ellipse, KeyPoint, Malformed, Points, Polygon, Raster, Rectangle, Shape
from guidelint.annotation.tool import tool_in_words
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.once import once
from guidelint.geometry.raster import Boundary, ellipse_mask, ellipse_points, polygon_mask, rectangle_points
from guidelint.geometry.spacing import Spacing
from guidelint.imaging.keys import NamedImage
from guidelint.imaging.pixels.pixels import NO_PIXELS, Pixels

if TYPE_CHECKING:
    from guidelint.geometry.mask import Mask

Value = str | float
Origin = Literal["manual", "prediction", "prediction-changed"]
ROUNDING_PX = 1e-6
"""By so much the box of an ellipse and that of its vertices may differ."""
ORIGINS: Mapping[str, Origin] = {origin: origin for origin in get_args(Origin)}


class Answer(msgspec.Struct, frozen=True, dict=True):
    """What was answered under one attribute."""

    attribute: str
    """Attribute key of the guideline."""
    values: tuple[Value, ...]
    """Option keys, numbers or texts; an option that the guideline does not know stands as it was delivered."""
    control: str = ""
    """Control name as delivered."""
    delivered_type: str = ""
    """Type as delivered, e.g. ``rating``."""
    item: int | None = None
    """Which image of a task with several it is about, from 0; None: the task as a whole, or its region."""

    @once
    def said(self) -> tuple[Value, ...]:
        """What was answered, blank answers left out."""
        return tuple(value for value in self.values if str(value).strip())


def option(value: Value) -> str:
    """Name the option key that a value stands for: a rating of 5.0 is the step ``5``."""
    if isinstance(value, str):
        return value
    return str(int(value)) if float(value).is_integer() else str(value)


def as_number(value: Value) -> float | None:
    """Read a value as a number; None: it is none."""
    try:
        return float(value)
    except ValueError:
        return None


class Region(msgspec.Struct, frozen=True, eq=False, dict=True, weakref=True):
    """One region of one submission; a struct and no dataclass, for a delivery makes millions of them."""

    id: str
    """Id as delivered, empty when there is none."""
    class_name: str | None
    """Class key of the guideline, or None when the delivered label is not known to it."""
    shape: Shape
    image_shape: tuple[int, int]
    """Rows, columns of the image as the region states it; (0, 0) when it does not."""
    size_problem: str = ""
    """Why what it states is no size of an image; empty when it is one, or when nothing is stated."""
    labels: tuple[str, ...] = ()
    """Labels as delivered."""
    answers: Mapping[str, Answer] = msgspec.field(default_factory=dict[str, Answer])
    spacing: Spacing | None = None
    spacing_problem: str = ""
    number: int = 0
    """Position in the submission, from 1: how people and Label Studio's region list count."""
    item: int = 0
    """Which item of the delivered result is the first that draws it, from 1; 0: not told."""
    class_title: str = ""
    control: str = ""
    """Control name (``from_name``) as delivered."""
    to_name: str = ""
    delivered_type: str = ""
    """Type as delivered, e.g. ``polygonlabels``."""
    object_name: str | None = None
    """Name of the physical object over the slices of a series, from ``meta.text``."""
    parent_id: str | None = None
    item_index: int | None = None
    """Which image of a task with several it lies on, from 0; None: not stated."""
    named: NamedImage | None = None
    """Which of the named images of its task it lies on; None: the guideline names none."""
    origin: Origin = "manual"
    image_rotation: float = 0.0
    """Degrees by which the viewer was turned; NaN: stated, but it cannot be read."""
    boundary: Boundary = "inside"
    """Whether pixel centres exactly on the outline belong to the region (``inside``) or not (``outside``)."""
    pixels: Pixels = NO_PIXELS
    """Those of its image; read when a rule first asks."""
    excluded: tuple[Region, ...] = ()
    """Excluded areas, subtracted from the mask before anything is measured."""
    yields_to: tuple[Region, ...] = ()
    """Regions of classes that come before its own: pixels that they have in common with it are theirs."""
    all_titles: str = ""
    """Titles of all its classes, where it bears labels of several: it stands once for each of them then."""

    @property
    def image_index(self) -> int:
        """Which image of the task it lies on; Label Studio shows what does not say so on the first."""
        return self.item_index or 0

    @property
    def tool(self) -> str:
        """Tool it was drawn with."""
        return self.shape.tool

    @property
    def called(self) -> str:
        """What people call the mark, with its article: ``an outline``."""
        shape = self.shape
        return (shape.called if isinstance(shape, Raster) else "") or tool_in_words(self.tool)

    @once
    def outline(self) -> Points | None:
        """Vertices (n, 2) as x, y in pixels for polygon, rectangle, ellipse (a fine polygon) and vector, else None."""
        match self.shape:
            case Polygon(points=points):
                return points
            case Rectangle() as box:
                return rectangle_points(box.x, box.y, box.width, box.height, box.rotation_deg)
            case Ellipse() as oval:
                return ellipse_points(oval.x, oval.y, oval.radius_x, oval.radius_y, oval.rotation_deg)
            case _:
                return None

    @once
    def extent(self) -> Extent:
        """Bounding box in pixels as left, top, right, bottom; everywhere when there is nothing to tell it from."""
        match self.shape:
            case KeyPoint(x=x, y=y):
                return x, y, x, y
            case Rectangle(x=x, y=y, width=width, height=height, rotation_deg=0.0):
                return around_box(x, y, width, height)
            case Ellipse() as oval:
                return around_ellipse(oval)
            case _ if self.outline is not None:
                return around_points(self.outline)
            case _:
                return self._around_pixels

    @property
    def _around_pixels(self) -> Extent:
        try:
            return around_pixels(self.drawn_mask.box)
        except NotMeasurable:
            return EVERYWHERE

    @once
    def drawn_mask(self) -> Mask:
        """Pixels of the shape as drawn, excluded areas still in.

        Raises NotMeasurable when the shape encloses nothing or cannot be decoded.
        """
        if 0 in self.image_shape:
            raise NotMeasurable("the size of the image is not stated")
        return self._rasterised()

    def _rasterised(self) -> Mask:
        match self.shape:
            case Raster(decode=decode):
                return decode()
            case Malformed(reason=reason):
                raise NotMeasurable(reason)
            case KeyPoint():
                raise NotMeasurable("a point has no area")
            case Ellipse() as oval:
                return ellipse_mask(
                    oval.x, oval.y, oval.radius_x, oval.radius_y, oval.rotation_deg, self.image_shape, self.boundary
                )
            case _:
                assert self.outline is not None  # noqa: S101 - narrows the type: polygons and boxes have one
                return polygon_mask(self.outline, self.image_shape, self.boundary)

    @once
    def mask(self) -> Mask:
        """Pixels of the region, without what belongs to others. Raises NotMeasurable like ``drawn_mask``."""
        mask = self.drawn_mask
        for area in self.excluded:
            mask = mask - area.drawn_mask
        for earlier in self.yields_to:
            mask = mask - earlier.mask
        return mask

    @once
    def is_cut(self) -> bool:
        """Whether regions of classes that come first have some of its pixels. Raises NotMeasurable like ``mask``."""
        return any((self.drawn_mask & earlier.mask).area_px for earlier in self.yields_to)

    @property
    def known_spacing(self) -> Spacing:
        """Spacing, or NotMeasurable with the reason why there is none."""
        if self.spacing is None:
            raise NotMeasurable(self.no_spacing)
        return self.spacing

    @property
    def no_spacing(self) -> str:
        """Why there is no spacing; empty when there is."""
        return "" if self.spacing else self.spacing_problem or "the pixel spacing of the image is not known"

    @once
    def ref(self) -> RegionRef:
        """How findings refer to it."""
        return RegionRef(self.id, self.title, self.class_name, self.number, item=self.item)

    @once
    def title(self) -> str:
        """How a finding names it: number and class."""
        labels = ", ".join(f"“{label}”" for label in self.labels)
        name = self.all_titles or self.class_title or labels or "without a label"
        on = f" on {self.named.title}" if self.named else ""
        return f"Region {self.number} {name}{on}"


def surely_on_image(region: Region, tolerance_px: float) -> bool:
    """Tell from the bounding box alone that a region reaches no farther beyond its image; False: it is not sure."""
    left, top, right, bottom = region.extent
    rows, columns = region.image_shape
    return bool(rows and columns) and max(-left, -top, right - columns, bottom - rows) <= tolerance_px - ROUNDING_PX
