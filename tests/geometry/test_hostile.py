"""Whatever 1 MiB can say, in a stream, a picture or an outline, is decided soon and in little memory."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from tests.geometry.hostile import MEBI, MOST_BYTES, SHARED_MOST_S, Decided, decided_with, inputs

from guidelint.geometry.kernels.choice import KernelSet, installed

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
    """Run all cases, with each set of kernels at once."""
    with ThreadPoolExecutor() as pool:
        return dict(zip(installed(), pool.map(decided_with, installed()), strict=True))


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
