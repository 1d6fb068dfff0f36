from __future__ import annotations

import csv
import gzip
import json
import re
import warnings
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.geometry.arrays import array_of

from guidelint.geometry.codecs import bitmask_png, rle_pack
from guidelint.geometry.diameter import longest_diameter
from guidelint.geometry.mask import Mask
from guidelint.geometry.outline import area_mm2, invalid_reason, repeated_vertices
from guidelint.geometry.overlap import dice, iou
from guidelint.geometry.raster import polygon_mask
from guidelint.geometry.spacing import Spacing
from guidelint.geometry.volume import volume_mm3

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.real_data
SHAPE = (512, 512)


def _tasks(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        tasks: list[dict[str, Any]] = json.load(stream)
    return tasks


def _results(path: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for task in _tasks(path):
        for annotation in task["annotations"]:
            for result in annotation["result"]:
                yield task, result


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _brush(result: dict[str, Any]) -> Mask:
    data = rle_pack.parse_bytes(json.dumps(result["value"]["rle"]).encode())
    return rle_pack.decode(data, (result["original_height"], result["original_width"]))


def test_strokes_painted_in_a_real_editor_decode_like_in_the_sdk(real_data: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        brush = pytest.importorskip("label_studio_sdk.converter.brush", exc_type=ImportError)
    areas: list[int] = []
    for _, result in _results(real_data / "label_studio/exports/p1_JSON.json"):
        if "rle" in result.get("value", {}):
            mask = _brush(result)
            words = np.asarray(brush.decode_rle(result["value"]["rle"])).reshape(*mask.shape, 4)
            assert np.array_equal(array_of(mask), words[..., 3] >= 128)
            areas.append(mask.area_px)
    assert set(areas) == {553, 689}


def test_a_bitmask_painted_in_a_real_editor_decodes(real_data: Path) -> None:
    masks = [
        bitmask_png.decode(result["value"]["imageDataURL"], (result["original_height"], result["original_width"]))
        for _, result in _results(real_data / "label_studio/exports/p1_JSON.json")
        if "imageDataURL" in result.get("value", {})
    ]
    assert [mask.area_px for mask in masks] == [2385]


@pytest.mark.parametrize("name", ["bubil_ds1_experts", "bubil_ds4_crowd", "bubil_ds6_experts"])
def test_agreement_of_experts_equals_the_table(real_data: Path, name: str) -> None:
    masks = {
        (re.sub(r"\.\w+$", "", task["data"]["file_name"]).lower(), result["meta"]["text"][0].split(" ")[0]): _brush(
            result
        )
        for task, result in _results(real_data / f"bubil/{name}.json.gz")
    }
    rows = _rows(real_data / f"bubil/{name}_pairs.csv")
    for row in rows:
        image = row["image"].removeprefix("seg_").lower()
        a, b = masks[image, row["a"]], masks[image, row["b"]]
        assert (a.area_px, b.area_px) == (int(row["area_a_px"]), int(row["area_b_px"]))
        assert (dice(a, b), iou(a, b)) == pytest.approx((float(row["dice"]), float(row["iou"])), abs=1e-6)
    assert len(rows) > 100


def test_nuclei_before_and_after_correction_survive_a_round_trip(real_data: Path) -> None:
    for _, result in _results(real_data / "dsb2018/dsb2018_before_after.json.gz"):
        mask = _brush(result)
        again = rle_pack.decode(rle_pack.encode(mask), mask.shape)
        assert np.array_equal(again.starts, mask.starts)
        assert np.array_equal(again.stops, mask.stops)


def test_nodule_outlines_give_the_published_pixels_and_diameters(real_data: Path) -> None:
    slices: dict[str, dict[int, list[tuple[bool, np.ndarray[Any, np.dtype[np.float64]], Spacing]]]]
    slices = defaultdict(lambda: defaultdict(list))
    for task, result in _results(real_data / "lidc/lidc_dev.json.gz"):
        if result["type"] == "polygonlabels":
            points = np.array(result["value"]["points"]) / 100 * 512
            excluded = result["value"]["polygonlabels"] == ["Exclusion"]
            annotation = result["meta"]["text"][0].split("#")[1]
            slices[annotation][task["id"]].append((excluded, points, Spacing(*task["data"]["PixelSpacing"])))
    other_voxels: list[str] = []
    for row in _rows(real_data / "lidc/truth/annotations.csv"):
        voxels, diameter = 0, 0.0
        for outlines in slices[row["annotation_id"]].values():
            mask = Mask.empty(SHAPE)
            for excluded, points, spacing in sorted(outlines, key=lambda outline: outline[0]):
                # readers marked the pixels just outside the nodule, and the outline of an exclusion is excluded
                drawn = polygon_mask(points, SHAPE, "inside" if excluded else "outside")
                mask = mask - drawn if excluded else mask | drawn
                diameter = max(diameter, longest_diameter(points, spacing).length_mm)
            voxels += mask.area_px
        assert diameter == pytest.approx(float(row["max_axial_diameter_mm"]), abs=1e-3)
        if voxels != int(row["voxels"]):
            other_voxels.append(row["annotation_id"])
    # in 5991 one outline runs through the inside of another on the same slice; the table takes its vertices out of both
    assert other_voxels == ["5991"]


def test_volumes_of_nodules_are_those_published(real_data: Path) -> None:
    parts: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for task, result in _results(real_data / "lidc/lidc_dev.json.gz"):
        if result["type"] == "polygonlabels":
            facts, points = task["data"], np.array(result["value"]["points"]) / 100 * 512
            sign = -1 if result["value"]["polygonlabels"] == ["Exclusion"] else 1
            area = sign * area_mm2(points, Spacing(*facts["PixelSpacing"]))
            thickness = facts["SliceThickness"]
            parts[result["meta"]["text"][0].split("#")[1]].append((area, facts["ImagePositionPatientZ"], thickness))
    rows = _rows(real_data / "lidc/truth/annotations.csv")
    for row in rows:
        areas, positions, thickness = zip(*parts[row["annotation_id"]], strict=True)
        expected = pytest.approx(float(row["volume_mm3"]), rel=2e-4)
        assert volume_mm3(areas, positions, thickness[0]) == expected, row["annotation_id"]
    assert len(rows) == 366


def test_faults_of_real_outlines_are_those_counted(real_data: Path) -> None:
    found = {"invalid": 0, "repeated": 0, "empty": 0}
    for task, result in _results(real_data / "lidc/lidc_dev.json.gz"):
        if result["type"] == "polygonlabels":
            points = np.array(result["value"]["points"]) / 100 * 512
            found["invalid"] += invalid_reason(points) is not None
            found["repeated"] += bool(repeated_vertices(points))
            found["empty"] += area_mm2(points, Spacing(*task["data"]["PixelSpacing"])) < 1e-9
    assert found == {"invalid": 93, "repeated": 81, "empty": 1}
