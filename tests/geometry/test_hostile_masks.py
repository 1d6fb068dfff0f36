"""Whatever 1 MiB can say, in a mask that is measured, is decided soon and in little memory."""

from __future__ import annotations

import pytest
from tests.geometry.deciding import Hostile, decided

pytestmark = pytest.mark.many


class TestMasks(Hostile):
    part = "masks"
    accepted = ("pieces over edges: stripes",)


def test_what_never_asks_for_kernels_is_decided_once_and_the_rest_with_each_set() -> None:
    chose = {name for name, one in decided("masks")["base"].items() if one.chose}
    assert {"overlaps: noise"} <= chose
