from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.geometry.arrays import array_of
from tests.geometry.real import brush, results

from guidelint.geometry.codecs import bitmask_png, rle_pack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from guidelint.geometry.mask import Mask

pytestmark = pytest.mark.real_data
RECORDED = {
    "exports/p1_JSON.json": (2, 1),
    "ui_submit_request_body.json": (2, 1),
    "ui_draft_requests.json": (0, 1),
    "webhooks/ANNOTATION_CREATED.ui_all_shapes.json": (2, 1),
    "webhooks/ANNOTATION_CREATED.multi_image_rotated_view.json": (1, 0),
}
"""Files of label_studio/ with drawings in them: strokes of the brush, bitmasks."""


def _drawings(thing: Any, key: str) -> Iterator[dict[str, Any]]:
    """Every result item anywhere in a payload whose value has the key; choices that repeat a stroke left out."""
    if isinstance(thing, list):
        for part in thing:
            yield from _drawings(part, key)
    elif isinstance(thing, dict):
        if key in thing.get("value", {}) and "choices" not in thing["value"]:
            yield thing
        for part in thing.values():
            yield from _drawings(part, key)


def _recorded(folder: Path, name: str, key: str) -> list[dict[str, Any]]:
    return list(_drawings(json.loads((folder / "label_studio" / name).read_text(encoding="utf-8")), key))


def _bitmask(result: dict[str, Any]) -> Mask:
    return bitmask_png.decode(result["value"]["imageDataURL"], (result["original_height"], result["original_width"]))


def test_strokes_painted_in_a_real_editor_decode_like_in_the_sdk(real_data: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sdk = pytest.importorskip("label_studio_sdk.converter.brush", exc_type=ImportError)
    seen = 0
    for name in RECORDED:
        for result in _recorded(real_data, name, "rle"):
            for threshold in (1, 64, 128, 255):
                mask = brush(result, threshold)
                words = np.asarray(sdk.decode_rle(result["value"]["rle"])).reshape(*mask.shape, 4)
                assert np.array_equal(array_of(mask), words[..., 3] >= threshold)
            seen += 1
    assert seen == 7


@pytest.mark.parametrize("name", RECORDED)
def test_drawings_of_a_real_editor_have_their_known_areas(real_data: Path, name: str) -> None:
    strokes = [brush(result).area_px for result in _recorded(real_data, name, "rle")]
    bitmasks = [_bitmask(result).area_px for result in _recorded(real_data, name, "imageDataURL")]
    assert (len(strokes), len(bitmasks)) == RECORDED[name]
    assert strokes == {2: [553, 689], 1: [247], 0: []}[len(strokes)]
    assert bitmasks == [2385][: len(bitmasks)]


def test_the_threshold_moves_the_area_of_a_real_stroke_by_a_sixth(real_data: Path) -> None:
    (lesion,) = [
        result for result in _recorded(real_data, "exports/p1_JSON.json", "rle") if brush(result).area_px == 553
    ]
    assert [brush(lesion, threshold).area_px for threshold in (1, 128)] == [647, 553]


def test_nuclei_before_and_after_correction_survive_a_round_trip(real_data: Path) -> None:
    for _, result in results(real_data / "dsb2018/dsb2018_before_after.json.gz"):
        mask = brush(result)
        again = rle_pack.decode(rle_pack.encode(mask), mask.shape)
        assert np.array_equal(again.starts, mask.starts)
        assert np.array_equal(again.stops, mask.stops)
