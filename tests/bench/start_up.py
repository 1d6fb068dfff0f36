"""What starting costs: `python -m tests.bench.start_up`. CPU of whole processes, minimum of five, in one run."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

TIMES = 5
ONE_CHECK = ("check", "lung-nodule-ct", "EXPORT")
GOALS = (
    ("--help", ("--help",), "typer", 1.5),
    ("check --help", ("check", "--help"), "typer", 2.0),
    ("push --help", ("push", "--help"), "typer", 2.0),
    ("check of one annotation", ONE_CHECK, "typer, numpy, pydantic, msgspec", 1.5),
    ("the same", ONE_CHECK, "typer, numpy, pydantic.main, msgspec, yaml", 1.5),  # a model loads pydantic.main
)
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Modules are compiled once, as they are for users: the least of several does not hold that."""
ONE = [{"id": 1, "data": {"image": "a.png"}, "annotations": [{"id": 1, "completed_by": 1, "result": []}]}]


def cpu_s(*command: str) -> float:
    """CPU of one process, the least of several."""
    return min(_once(command) for _ in range(TIMES))


def _once(command: tuple[str, ...]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], capture_output=True, check=False, env=ENVIRONMENT)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print each figure with what it is compared to."""
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder, "export.json")
        export.write_text(json.dumps(ONE))
        print(f"{'':<26}{'CPU':>8}  {'importing':<44}{'CPU':>8}{'ratio':>8}{'goal':>8}")
        for name, arguments, peers, goal in GOALS:
            given = [str(export) if argument == "EXPORT" else argument for argument in arguments]
            ours, theirs = cpu_s("-m", "guidelint.cli", *given), cpu_s("-c", f"import {peers}")
            print(f"{name:<26}{ours:>6.2f} s  {peers:<44}{theirs:>6.2f} s{ours / theirs:>8.2f}{'≤ ' + str(goal):>8}")


if __name__ == "__main__":
    main()
