"""The size of its image that an item states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from guidelint.annotation.decoding.parts.image_size import image_shape_of, size_problem
from guidelint.annotation.vocabulary import Vocabulary
from guidelint.labelstudio.decoding.decoder import decode

if TYPE_CHECKING:
    from guidelint.annotation.region import Region


@pytest.mark.parametrize(
    ("width", "height", "shape", "problem"),
    [
        (640, 480, (480, 640), ""),
        (640.0, 480.0, (480, 640), ""),
        (1, 100_000, (100_000, 1), ""),
        (None, None, (0, 0), ""),
        (640, None, (0, 0), "original_height is missing"),
        (512.5, 512, (0, 0), "original_width is 512.5, which is not whole"),
        (0.5, 512, (0, 0), "original_width is 0.5, which is not whole"),
        (0, 512, (0, 0), "original_width is 0"),
        (512, -5, (0, 0), "original_height is below 0 (-5)"),
        ("512", 512, (0, 0), "original_width is the text “512”, not a number"),
        (True, 512, (0, 0), "original_width is not a number"),
        ([512], 512, (0, 0), "original_width is not a number"),
        (512, 100_001, (0, 0), "original_height is above the 100,000 pixels that are believed"),
        (1.5, 0, (0, 0), "original_width is 1.5, which is not whole; original_height is 0"),
    ],
)
def test_each_size_that_is_none_is_told_in_its_own_words(
    width: object, height: object, shape: tuple[int, int], problem: str
) -> None:
    assert image_shape_of(width, height) == shape
    assert size_problem(width, height) == problem
    region = _decoded(width, height)
    assert (region.image_shape, region.size_problem) == (shape, problem)


def _decoded(width: object, height: object) -> Region:
    """The region costs nobody else anything, whatever size it states."""
    value = {"x": 10, "y": 10, "width": 5, "height": 5, "rectanglelabels": ["lesion"]}
    stated = {"original_width": width, "original_height": height}
    items = [
        {"id": "r1", "type": "rectanglelabels", "from_name": "rectangle", "to_name": "i", "value": value, **stated}
    ]
    (region,) = decode(msgspec.json.encode({"id": 1, "result": items}), {}, Vocabulary(classes={})).regions
    return region
