"""``guidelint check`` on a cold machine: it waits for no compilation and says the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from guidelint.cli import demonstration
from guidelint.geometry.kernels import kept
from guidelint.geometry.kernels.choice import installed
from guidelint.geometry.kernels.one_at_a_time import one_at_a_time

pytestmark = pytest.mark.many
SAMPLE = Path(demonstration.__path__[0]) / "sample.json.gz"


def checked(kernels: str, cache: Path) -> tuple[int, str]:
    """Exit status and report of a check that asks for these kernels."""
    environment = {**os.environ, "GUIDELINT_KERNELS": kernels, kept.VARIABLE: str(cache)}
    command = [sys.executable, "-m", "guidelint.cli", "check", "lung-nodule-ct", str(SAMPLE), "--format", "json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    return done.returncode, done.stdout


@pytest.mark.skipif("fast" not in installed(), reason="install the extra fast to compile loops")
def test_a_compilation_without_end_changes_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(kept.VARIABLE, str(tmp_path))
    assert kept.why_not() == ""
    with one_at_a_time(kept.folder() / "lock"):
        status, report = checked("fast", tmp_path)
    assert (status, report) == checked("base", tmp_path)
    assert status == 1
    assert "returned" in report
    assert not kept.complete()
