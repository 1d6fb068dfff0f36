"""How long a cold machine waits: python -m tests.bench.cold [--repeat N].

Starts ``guidelint serve`` with one submission pending, with an empty folder for compiled kernels and with a filled one,
in turn; prints the seconds from the start to the verdict. Then compiles and loads all kernels and prints what that
takes. The figures depend on what else the machine does: compare those of one run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.service.bench import DATA, GOOD
from tests.service.processes import rig

from guidelint.geometry.kernels.kept import VARIABLE

COMPILE = """
import json, time
from guidelint.geometry.kernels.choice import load
began = time.perf_counter()
load()
print(json.dumps([time.perf_counter() - began, time.process_time()]))
"""
KERNELS = {"by the amount of work": {}, "asked for at once": {"GUIDELINT_KERNELS": "fast"}}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3, help="runs of each kind; the shortest is told")
    repeat = parser.parse_args().repeat
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder) / "warm"
        cold_s, warm_s = loading(warm), loading(warm)
        said = f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
        print(f"all kernels on {said}: compiled in {cold_s[0]:.1f} s, {cold_s[1]:.1f} s of CPU;", end=" ")
        print(f"loaded in {warm_s[0]:.1f} s, {warm_s[1]:.1f} s of CPU")
        for name, environment in KERNELS.items():
            runs = [(first_verdict(environment, None), first_verdict(environment, warm)) for _ in range(repeat)]
            cold, kept = (min(column) for column in zip(*runs, strict=True))
            print(f"serve to first verdict, compiled kernels {name}: cold {cold:.2f} s, warm {kept:.2f} s")


def loading(folder: Path) -> tuple[float, float]:
    """Wall and processor seconds until a process has every compiled kernel."""
    environment = {**os.environ, VARIABLE: str(folder), "GUIDELINT_KERNELS": "fast"}
    done = subprocess.run([sys.executable, "-c", COMPILE], env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603
    wall, processor = json.loads(done.stdout)
    return wall, processor


def first_verdict(environment: dict[str, str], kept: Path | None) -> float:
    """Seconds from the start of the service to the verdict on a submission that waits for it."""
    with tempfile.TemporaryDirectory() as folder:
        cache = {VARIABLE: str(kept or Path(folder) / "cold")}
        with rig(Path(folder), environment=environment | cache) as bench:
            (task,) = bench.fake.add_tasks(bench.project, [dict(DATA)], [[{"result": GOOD}]])
            began = time.perf_counter()
            bench.service.start()
            while "gl_status" not in bench.fake.tables.tasks[task]["data"]:
                time.sleep(0.01)
            return time.perf_counter() - began


if __name__ == "__main__":
    main()
