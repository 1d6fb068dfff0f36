"""An export is judged in the same memory whatever its size."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.cli.delivery_file import GUIDELINE, region, task

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.many
MEASURED = """
import resource, sys
from guidelint.cli.__main__ import main
try:
    main()
except SystemExit:
    pass
sys.stderr.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
"""
PADDING = "x" * 200_000
"""What makes a task as large as a painted one, and is quick to judge."""


def write_tasks(path: Path, count: int) -> int:
    """Write an export of large tasks; tell its size in bytes."""
    with path.open("w") as file:
        file.write("[")
        file.write(",".join(json.dumps(task(number, region(), data={"note": PADDING})) for number in range(count)))
        file.write("]")
    return path.stat().st_size


def peak_bytes(path: Path, guideline: str, written: str = "jsonl") -> int:
    """Peak memory of a process that checks one export."""
    command = [sys.executable, "-c", MEASURED, "check", guideline, str(path), "-f", written, "--quiet"]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    return int(done.stderr) * (1 if sys.platform == "darwin" else 1024)


@pytest.mark.parametrize("form", ["plain", "one line each", "with places"])
def test_eight_times_the_export_takes_the_same_memory(form: str, tmp_path: Path) -> None:
    small, large = tmp_path / "small.json", tmp_path / "large.json"
    size = write_tasks(small, 50)
    assert write_tasks(large, 400) > 7.9 * size
    if form == "one line each":
        for path in (small, large):
            path.write_text("\n".join(json.dumps(one) for one in json.loads(path.read_text())))
    written = "sarif" if form == "with places" else "jsonl"
    grown = peak_bytes(large, GUIDELINE, written) - peak_bytes(small, GUIDELINE, written)
    assert grown < 0.1 * 7 * size


@pytest.mark.real_data
def test_lidc_takes_the_same_memory_as_an_eighth_of_it(real_data: Path, tmp_path: Path) -> None:
    tasks = json.loads(gzip.decompress((real_data / "lidc" / "lidc_dev.json.gz").read_bytes()))
    small, large = tmp_path / "small.json", tmp_path / "large.json"
    small.write_text(json.dumps(tasks[:: len(tasks) // 188]))
    large.write_text(json.dumps(tasks))
    assert large.stat().st_size > 7.5 * small.stat().st_size
    grown = peak_bytes(large, "lung-nodule-ct") - peak_bytes(small, "lung-nodule-ct")
    assert grown < 0.2 * (large.stat().st_size - small.stat().st_size)
