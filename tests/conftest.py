"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of real data outside the repository."""
    folder = os.environ.get("GUIDELINT_REAL_DATA")
    if not folder:
        pytest.skip("set GUIDELINT_REAL_DATA to the folder of real data")
    return Path(folder)
