"""Whatever 1 MiB can say, in a stream, a picture or an outline, is decided soon and in little memory."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from tests.geometry.hostile import MEBI, MOST_BYTES, SHARED_MOST_S, Decided, decided_with, inputs

from guidelint.geometry.kernels.choice import KernelSet, installed

pytestmark = pytest.mark.many
if not Path("/proc/self/clear_refs").exists():
    pytest.skip("memory is measured where Linux tells it (/proc)", allow_module_level=True)

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
    "on 512 × 512, a zigzag of 100,000 vertices, 20 rows high",
    "pieces over edges: stripes",
    "holes: lattice",
    "perimeter: checkerboard",
    "form: 300,000 specks in a vast image",
    "distances: spiral",
}


@cache
def _decided() -> dict[KernelSet, dict[str, Decided]]:
    """Run all cases with the first set of kernels, and with others those whose work asks which kernels are to run."""
    first, *others = installed()
    decided = decided_with(first)
    chose = [name for name, one in decided.items() if one.chose]
    return {first: decided, **{each: {**decided, **decided_with(each, chose)} for each in others}}


@pytest.mark.parametrize("name", [name for given in inputs() for name in given.acts])
def test_a_hostile_case_is_decided_soon_and_in_little_memory(name: str, kernels: KernelSet) -> None:
    decided = _decided()[kernels][name]
    assert not decided.said.startswith("crashed"), decided.said
    assert decided.peak_bytes <= MOST_BYTES, f"{decided.peak_bytes / MEBI:.0f} MiB"
    assert decided.seconds <= SHARED_MOST_S, f"{decided.seconds:.2f} s of processor time"


@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_what_is_large_but_sound_is_not_refused(name: str, kernels: KernelSet) -> None:
    assert not _decided()[kernels][name].said.startswith("refused")


def test_no_input_is_larger_than_a_mebibyte_of_content() -> None:
    measured = [decided for decided in _decided()["base"].values() if decided.given_bytes]
    for decided in measured:
        # base64 takes four characters for three bytes; a list of counts is text for numbers
        most = 2 * MEBI if decided.name.startswith("COCO") else MEBI * 4 / 3 + 64
        assert decided.given_bytes <= most, decided.name
    assert len(measured) > 50


def test_what_never_asks_for_kernels_is_decided_once_and_the_rest_with_each_set() -> None:
    chose = {name for name, one in _decided()["base"].items() if one.chose}
    assert {"brush text: zeros", "overlaps: noise", "brush stream: a vast image, combed"} <= chose
    assert not {"validity, a fan of 50,000 vertices", "ellipse: no numbers", "bitmask: no rows"} & chose
