"""Processes that judge chunks: one that dies is replaced, and all end with the one that started them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import psutil
import pytest
from tests.cli.delivery_file import GUIDELINE, region, task

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.many
TASKS = 1500
"""What is told of them is more than a pipe holds, so that nobody comes to an end before it is read."""
CHECK = """
import signal
from guidelint.annotation.decoding.files import blocks, part
from guidelint.checking.spread import chunks
from guidelint.cli.__main__ import main
blocks.BLOCK_BYTES = part.BLOCK_BYTES = chunks.PART_BYTES = 4096
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have it ignored
    main()
"""
PATIENCE_S = 120


def begun(folder: Path, *more: str) -> subprocess.Popen[bytes]:
    """Begin to check with two processes."""
    script = folder / "check.py"
    script.write_text(CHECK, encoding="utf-8")
    command = [sys.executable, str(script), "check", GUIDELINE, "export.json", "-f", "jsonl", "-q", *more]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, bufsize=0, stdout=pipe, stderr=pipe, cwd=folder)  # noqa: S603


def write_export(folder: Path) -> None:
    tasks = (json.dumps(task(number, region())) for number in range(1, TASKS + 1))
    (folder / "export.json").write_text(f"[{','.join(tasks)}]", encoding="utf-8")


def judging(check: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """Wait until something is judged, and give the processes that do it."""
    assert check.stdout is not None
    check.stdout.readline()
    check.stdout.readline()
    return [one for one in psutil.Process(check.pid).children() if "spawn_main" in " ".join(one.cmdline())]


def test_what_a_killed_process_judged_is_judged_again(tmp_path: Path) -> None:
    write_export(tmp_path)
    alone = begun(tmp_path).communicate(timeout=PATIENCE_S)
    check = begun(tmp_path, "--jobs", "2")
    first, _ = judging(check)
    first.kill()
    written, told = check.communicate(timeout=PATIENCE_S)
    assert (check.returncode, told) == (0, alone[1])
    assert written.splitlines() == alone[0].splitlines()[2:]


def test_all_end_where_somebody_ends_the_run(tmp_path: Path) -> None:
    write_export(tmp_path)
    check = begun(tmp_path, "--jobs", "2")
    processes = judging(check)
    assert len(processes) == 2
    check.send_signal(signal.SIGINT)
    check.communicate(timeout=PATIENCE_S)
    assert check.returncode not in {0, 1}
    assert not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in processes)


def test_none_outlives_whoever_started_it(tmp_path: Path) -> None:
    write_export(tmp_path)
    check = begun(tmp_path, "--jobs", "2")
    processes = judging(check)
    os.kill(check.pid, signal.SIGKILL)
    check.communicate(timeout=PATIENCE_S)
    deadline = time.monotonic() + PATIENCE_S
    while any(one.is_running() for one in processes) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(one.is_running() for one in processes)
