"""The eight checks of ``mixed.yaml`` as one writes them with the usual libraries: the peer of a whole-export run.

json.load, the codec of the Label Studio SDK, scikit-image for drawing and labelling, shapely for validity, NumPy for
overlaps, one full-frame mask per region. Nothing is done twice, and nothing is done that the checks do not need.
"""

from __future__ import annotations

import importlib
import json
from itertools import combinations, product
from math import cos, radians, sin
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely
from label_studio_sdk.converter.brush import decode_rle
from scipy.spatial.distance import pdist

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bench.whole_export import Found

Pixels = npt.NDArray[np.bool_]
Json = dict[str, Any]
draw: Any = importlib.import_module("skimage.draw")  # its functions are not annotated
measure: Any = importlib.import_module("skimage.measure")
MIN_AREA_MM2 = {"organ": 5000, "lesion": 50}
LONGEST_MAX_MM = 60


def findings(path: Path) -> Iterator[Found]:
    """Check an export and name task, annotation, rule and regions of everything found."""
    with path.open("rb") as file:
        tasks = json.load(file)
    for task in tasks:
        row_mm, column_mm = task["data"]["PixelSpacing"]
        for annotation in task["annotations"]:
            for rule, *regions in _of_annotation(annotation["result"], row_mm, column_mm):
                yield str(task["id"]), str(annotation["id"]), rule, tuple(sorted(regions))


def _of_annotation(result: list[Json], row_mm: float, column_mm: float) -> Iterator[tuple[str, ...]]:
    answered = {item["id"] for item in result if item["from_name"] == "margin"}
    by_class: dict[str, list[tuple[str, Pixels]]] = {"organ": [], "lesion": [], "device": []}
    for item in result:
        labels = item["value"].get(item["type"])
        if labels is None or labels[0] not in by_class:
            continue
        (name,), region = labels, item["id"]
        mask = _mask(item)
        by_class[name].append((region, mask))
        for rule in _of_region(name, item, mask, row_mm, column_mm):
            yield rule, region
        if name == "lesion" and region not in answered:
            yield "required-attribute", region
    yield from _of_pairs(by_class["organ"], by_class["lesion"], by_class["device"])


def _of_region(name: str, item: Json, mask: Pixels, row_mm: float, column_mm: float) -> Iterator[str]:
    if np.count_nonzero(mask) * row_mm * column_mm < MIN_AREA_MM2.get(name, 0):
        yield "area-limits"
    if item["type"] == "brushlabels":
        pieces = measure.label(mask, connectivity=2)
        props = measure.regionprops(pieces, spacing=(row_mm, column_mm))
        if len(props) > 1:
            yield "single-piece"
        if any(piece.euler_number < 1 for piece in measure.regionprops(pieces)):
            yield "no-holes"
        if name == "lesion" and max(piece.feret_diameter_max for piece in props) > LONGEST_MAX_MM:
            yield "diameter-limits"
    elif name == "lesion":
        outline = _outline(item)
        if pdist(outline * (column_mm, row_mm)).max() > LONGEST_MAX_MM:
            yield "diameter-limits"
        if item["type"] == "polygonlabels" and not shapely.Polygon(outline).is_valid:
            yield "simple-outline"


def _of_pairs(
    organs: list[tuple[str, Pixels]], lesions: list[tuple[str, Pixels]], devices: list[tuple[str, Pixels]]
) -> Iterator[tuple[str, ...]]:
    outside = ~np.logical_or.reduce([mask for _, mask in organs])
    for region, mask in lesions:
        if (mask & outside).any():
            yield "inside", region, *(organ for organ, _ in organs)
    for (one, mask), (other, its) in (*combinations(lesions, 2), *product(devices, organs)):
        if (mask & its).any():
            yield "separate", one, other


def _mask(item: Json) -> Pixels:
    shape = item["original_height"], item["original_width"]
    value = item["value"]
    if item["type"] == "brushlabels":
        words = decode_rle(value["rle"]).reshape(*shape, 4)
        return np.asarray(words[:, :, 3] >= 128)
    mask = np.zeros(shape, np.bool_)
    if item["type"] == "ellipselabels":
        x, y = value["x"] * shape[1] / 100 - 0.5, value["y"] * shape[0] / 100 - 0.5
        radius_x, radius_y = value["radiusX"] * shape[1] / 100, value["radiusY"] * shape[0] / 100
        # scikit-image turns the other way round
        pixels = draw.ellipse(y, x, radius_y, radius_x, shape, rotation=-radians(value["rotation"]))
    else:
        outline = _outline(item)
        pixels = draw.polygon(outline[:, 1] - 0.5, outline[:, 0] - 0.5, shape)
    mask[pixels] = True
    return mask


def _outline(item: Json) -> npt.NDArray[np.float64]:
    """Vertices (n, 2) as x, y in pixels."""
    scale = np.array([item["original_width"], item["original_height"]]) / 100
    value = item["value"]
    if item["type"] == "polygonlabels":
        return np.array(value["points"]) * scale
    turn = radians(value["rotation"])
    if item["type"] == "ellipselabels":
        angle = np.linspace(0, 2 * np.pi, 128, endpoint=False)
        corners = np.stack([value["radiusX"] * np.cos(angle), value["radiusY"] * np.sin(angle)], axis=1)
    else:
        width, height = value["width"], value["height"]
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]])
    turned = (corners * scale) @ np.array([[cos(turn), sin(turn)], [-sin(turn), cos(turn)]])
    return np.asarray(turned + np.array([value["x"], value["y"]]) * scale)
