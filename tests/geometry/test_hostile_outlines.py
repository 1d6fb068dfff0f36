"""Whatever 1 MiB can say, in an outline, is decided soon and in little memory."""

from __future__ import annotations

import pytest
from tests.geometry.deciding import Hostile, decided

pytestmark = pytest.mark.many


class TestOutlines(Hostile):
    part = "outlines"
    accepted = ("on 512 × 512, a zigzag of 100,000 vertices, 20 rows high",)


def test_what_never_asks_for_kernels_is_decided_once_and_the_rest_with_each_set() -> None:
    chose = {name for name, one in decided("outlines")["base"].items() if one.chose}
    assert not {"validity, a fan of 50,000 vertices"} & chose
