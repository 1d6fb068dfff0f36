"""Whatever 1 MiB can say, in a mask that is measured, is decided soon and in little memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.geometry.deciding import decided, names, refuse_costly

if TYPE_CHECKING:
    from guidelint.geometry.kernels.choice import KernelSet

pytestmark = pytest.mark.many
PART = "masks"
ACCEPTED = {
    "pieces over edges: stripes",
}


@pytest.mark.parametrize("name", names(PART))
def test_a_hostile_case_is_decided_soon_and_in_little_memory(name: str, kernels: KernelSet) -> None:
    refuse_costly(decided(PART)[kernels][name])


@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_what_is_large_but_sound_is_not_refused(name: str, kernels: KernelSet) -> None:
    assert not decided(PART)[kernels][name].said.startswith("refused")


def test_what_never_asks_for_kernels_is_decided_once_and_the_rest_with_each_set() -> None:
    chose = {name for name, one in decided(PART)["base"].items() if one.chose}
    assert {"overlaps: noise"} <= chose
