"""Fixtures of the service's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.service.bench import Bench, make_bench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A service with one project and an empty store."""
    made = make_bench(tmp_path)
    yield made
    made.client.close()
    made.engine.dispose()
