"""Fixtures of the service's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.service.bench import Bench, make_bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A service with one project and an empty store."""
    made = make_bench(tmp_path)
    yield made
    made.client.close()
    made.engine.dispose()
