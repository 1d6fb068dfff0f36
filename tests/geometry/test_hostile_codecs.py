"""Whatever 1 MiB can say, in a stream, a picture or numbers of a shape, is decided soon and in little memory."""

from __future__ import annotations

import pytest
from tests.geometry.deciding import Hostile, decided
from tests.geometry.hostile import MEBI

pytestmark = pytest.mark.many


class TestCodecs(Hostile):
    part = "codecs"
    accepted = (
        "brush stream: stripes, pixel by pixel",
        "brush stream: a checkerboard, pixel by pixel",
        "brush stream: a vast image, painted whole",
        "brush stream: a vast image, combed",
        "bitmask: 50 million pixels, alpha",
        "bitmask: 50 million pixels, alpha, interlaced",
        "bitmask: 50 million pixels, 16 bits, alpha",
        "bitmask: 1 MiB of noise",
        "COCO: text of a million runs of one pixel",
        "COCO: a whole vast image",
    )


def test_no_input_is_larger_than_a_mebibyte_of_content() -> None:
    measured = [one for one in decided("codecs")["base"].values() if one.given_bytes]
    for one in measured:
        # base64 takes four characters for three bytes; a list of counts is text for numbers
        most = 2 * MEBI if one.name.startswith("COCO") else MEBI * 4 / 3 + 64
        assert one.given_bytes <= most, one.name
    assert len(measured) > 50


def test_what_never_asks_for_kernels_is_decided_once_and_the_rest_with_each_set() -> None:
    chose = {name for name, one in decided("codecs")["base"].items() if one.chose}
    assert {"brush text: zeros", "brush stream: a vast image, combed"} <= chose
    assert not {"ellipse: no numbers", "bitmask: no rows"} & chose
