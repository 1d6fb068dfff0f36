"""Every test runs on each set of kernels that is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from guidelint.geometry.kernels.choice import KernelSet, installed, using

if TYPE_CHECKING:
    from collections.abc import Generator


@pytest.fixture(autouse=True, scope="module", params=installed())
def kernels(request: pytest.FixtureRequest) -> Generator[KernelSet]:
    with using(request.param):
        yield request.param
