"""Whatever 1 MiB can say, in a stream, a picture or numbers of a shape, is decided soon and in little memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.geometry.deciding import decided, names, refuse_costly
from tests.geometry.hostile import MEBI

if TYPE_CHECKING:
    from guidelint.geometry.kernels.choice import KernelSet

pytestmark = pytest.mark.many
PART = "codecs"
ACCEPTED = {
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
}


@pytest.mark.parametrize("name", names(PART))
def test_a_hostile_case_is_decided_soon_and_in_little_memory(name: str, kernels: KernelSet) -> None:
    refuse_costly(decided(PART)[kernels][name])


@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_what_is_large_but_sound_is_not_refused(name: str, kernels: KernelSet) -> None:
    assert not decided(PART)[kernels][name].said.startswith("refused")


def test_no_input_is_larger_than_a_mebibyte_of_content() -> None:
    measured = [one for one in decided(PART)["base"].values() if one.given_bytes]
    for one in measured:
        # base64 takes four characters for three bytes; a list of counts is text for numbers
        most = 2 * MEBI if one.name.startswith("COCO") else MEBI * 4 / 3 + 64
        assert one.given_bytes <= most, one.name
    assert len(measured) > 50


def test_what_never_asks_for_kernels_is_decided_once_and_the_rest_with_each_set() -> None:
    chose = {name for name, one in decided(PART)["base"].items() if one.chose}
    assert {"brush text: zeros", "brush stream: a vast image, combed"} <= chose
    assert not {"ellipse: no numbers", "bitmask: no rows"} & chose
