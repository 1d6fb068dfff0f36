"""Whatever 1 MiB can say, in a mask that is measured: the other half of them, is decided soon and in little memory."""

from __future__ import annotations

import pytest
from tests.geometry.deciding import Hostile

pytestmark = pytest.mark.many


class TestOtherMasks(Hostile):
    part = "other masks"
    accepted = (
        "holes: lattice",
        "perimeter: checkerboard",
        "form: 300,000 specks in a vast image",
        "distances: spiral",
    )
