"""The example that pylidc publishes: annotation 1 of LIDC-IDRI, credited in the data file."""

from __future__ import annotations

import json
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guidelint.geometry.measures.diameter import longest_diameter
from guidelint.geometry.measures.outline import area_mm2
from guidelint.geometry.measures.volume import longest_diameter_3d_mm, volume_mm3
from guidelint.geometry.raster import polygon_mask
from guidelint.geometry.spacing import Spacing

DATA = Path(__file__).parents[1] / "data/lidc_annotation_1.json"
SHAPE = (512, 512)
ROUNDED = 0.005
"""pylidc prints two decimals."""


@pytest.fixture(scope="module")
def annotation() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def published(annotation: dict[str, Any]) -> dict[str, Any]:
    return {name: figure["value"] for name, figure in annotation["published"].items()}


def _outlines(annotation: dict[str, Any]) -> list[np.ndarray[Any, np.dtype[np.float64]]]:
    """Vertices in our coordinates: LIDC's are pixel indices, and the centre of a pixel stands at ½."""
    return [np.array(contour["points"]) + 0.5 for contour in annotation["contours"]]


def test_the_volume_is_the_published_one(annotation: dict[str, Any], published: dict[str, Any]) -> None:
    spacing = Spacing(*annotation["PixelSpacing"])
    areas = [area_mm2(points, spacing) for points in _outlines(annotation)]
    positions = [contour["z_mm"] for contour in annotation["contours"]]
    volume = volume_mm3(areas, positions, annotation["SliceThickness"])
    assert volume == pytest.approx(published["volume_mm3"], abs=ROUNDED)


def test_the_bounding_box_is_the_published_one(annotation: dict[str, Any], published: dict[str, Any]) -> None:
    """Compare with pylidc, which measures from centre to centre: a pixel and a slice less than the squares span."""
    spacing = Spacing(*annotation["PixelSpacing"])
    mask, *others = (polygon_mask(points, SHAPE, "inside") for points in _outlines(annotation))
    for other in others:
        mask |= other
    assert mask.box is not None
    assert [mask.box.top, mask.box.bottom, mask.box.left, mask.box.right] == published["box"]
    rows, columns = mask.box.shape
    along = float(np.ptp([contour["z_mm"] for contour in annotation["contours"]]))
    sides = [(rows - 1) * spacing.row_mm, (columns - 1) * spacing.column_mm, along]
    assert sides == pytest.approx(published["box_mm"], abs=ROUNDED)
    assert prod(sides) == pytest.approx(published["box_volume_mm3"], abs=ROUNDED)


def test_the_diameter_is_the_published_one(annotation: dict[str, Any], published: dict[str, Any]) -> None:
    """Between vertices as drawn, on the slice where it is longest."""
    spacing = Spacing(*annotation["PixelSpacing"])
    longest = max(longest_diameter(points, spacing).length_mm for points in _outlines(annotation))
    assert longest == pytest.approx(published["diameter_mm"], abs=ROUNDED)


def test_the_diameter_in_space_is_no_shorter(annotation: dict[str, Any], published: dict[str, Any]) -> None:
    spacing = Spacing(*annotation["PixelSpacing"])
    masks = [polygon_mask(points, SHAPE, "inside") for points in _outlines(annotation)]
    positions = [contour["z_mm"] for contour in annotation["contours"]]
    longest = longest_diameter_3d_mm(masks, positions, spacing)
    assert published["diameter_mm"] < longest < float(np.hypot(published["diameter_mm"] + 2 * spacing.row_mm, 15.0))


def test_the_data_say_whose_they_are(annotation: dict[str, Any]) -> None:
    assert "CC BY 3.0" in annotation["credit"]["data"]
    assert "MIT" in annotation["credit"]["carried by"]
