"""What several cores are worth, and the memory of a large check: python -m tests.bench.cores --tasks 100000 [--alone].

In one run: two independent checks on the two halves of an export at once, and ``check --jobs 2`` on all of it, each in
turn; then what share of the former's speed the latter reaches, and how much memory all processes of each held at most.
``--engine`` sets ``check --engine`` on a cluster of two workers that is up beside ``check --jobs 2``, both writing
Parquet.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import cast

import psutil
from tests.bench.boxes import GUIDELINE, write_boxes

LOOK_S = 0.25


@dataclass(frozen=True, slots=True)
class Measured:
    """Some checks at once."""

    wall_s: float
    cpu_s: float
    held_mb: float
    """Most that all of their processes held at once, what they share counted once."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--turns", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help="one process, and no comparison")
    parser.add_argument("--engine", action="store_true", help="an engine beside processes, and nothing else")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--guideline", type=Path, default=GUIDELINE)
    parser.add_argument("--json", type=Path, help="write the figures here")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="guidelint-bench-") as folder:
        figures = _figures(Path(folder), chosen)
    print(json.dumps(figures, indent=2))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n")


def _figures(folder: Path, chosen: argparse.Namespace) -> dict[str, object]:
    if chosen.engine:
        return _named(chosen, *(halves := _parts(folder, chosen))) | _engine(chosen, folder, halves)
    whole = folder / "whole.json"
    write_boxes(whole, 1, chosen.tasks)
    named = _named(chosen, whole)
    if chosen.alone:
        return named | {"alone": asdict(measured([_command(chosen, whole)]))}
    halves = _parts(folder, chosen)
    together = _command(chosen, whole, "--jobs", str(chosen.jobs))
    turns = [(measured([_command(chosen, half) for half in halves]), measured([together])) for _ in range(chosen.turns)]
    apart, jobs = (min(column, key=lambda one: one.wall_s) for column in zip(*turns, strict=True))
    shares = {"share_wall": apart.wall_s / jobs.wall_s, "share_cpu": apart.cpu_s / jobs.cpu_s}
    return named | {"two halves": asdict(apart), "jobs": asdict(jobs)} | shares


def _named(chosen: argparse.Namespace, *files: Path) -> dict[str, object]:
    return {"tasks": chosen.tasks, "file_mb": sum(one.stat().st_size for one in files) / 1e6}


def _parts(folder: Path, chosen: argparse.Namespace) -> list[Path]:
    halves = [folder / "half1.json", folder / "half2.json"]
    for half, first in zip(halves, (1, 1 + chosen.tasks // 2), strict=True):
        write_boxes(half, first, chosen.tasks // 2)
    return halves


def _engine(chosen: argparse.Namespace, folder: Path, halves: list[Path]) -> dict[str, object]:
    """Set an engine that is up beside processes; what the cluster spends while it works counts as its own."""
    from distributed import LocalCluster  # noqa: PLC0415 - an extra

    tables = ("-f", "parquet", "--output")
    with LocalCluster(n_workers=chosen.jobs, threads_per_worker=1, dashboard_address=None) as started:  # pyright: ignore[reportArgumentType]
        address, own = cast("LocalCluster", started).scheduler_address, psutil.Process()
        beside = [own, *own.children(recursive=True)]  # the scheduler is in this process
        turns: list[tuple[Measured, Measured]] = []
        for turn in range(chosen.turns + 1):  # the first loads what the workers need
            before = _spent(beside)
            asked = _plain(chosen, *halves, *tables, str(folder / f"engine{turn}"), "--engine", address)
            engine = measured([asked])
            engine = replace(engine, cpu_s=engine.cpu_s + _spent(beside) - before)
            jobs = _plain(chosen, *halves, *tables, str(folder / f"jobs{turn}"), "--jobs", str(chosen.jobs))
            turns.append((engine, measured([jobs])))
    engine, jobs = (min(column, key=lambda one: one.wall_s) for column in zip(*turns[1:], strict=True))
    ratios: dict[str, object] = {"engine_wall": engine.wall_s / jobs.wall_s, "engine_cpu": engine.cpu_s / jobs.cpu_s}
    return ratios | {"engine": asdict(engine), "jobs": asdict(jobs)}


def _spent(processes: list[psutil.Process]) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in processes)


def _plain(chosen: argparse.Namespace, *more: object) -> list[str]:
    return [sys.executable, "-m", "guidelint.cli", "check", str(chosen.guideline), *map(str, more), "-q"]


def _command(chosen: argparse.Namespace, path: Path, *more: str) -> list[str]:
    return _plain(chosen, path, "-f", "jsonl", *more)


def measured(commands: list[list[str]]) -> Measured:
    """Run commands at once, and look at them and all that they start until they end."""
    began, most = time.perf_counter(), 0.0
    before = os.times()
    with Path(os.devnull).open("wb") as nowhere:
        running = [subprocess.Popen(command, stdout=nowhere) for command in commands]  # noqa: S603 - our own
        while any(one.poll() is None for one in running):
            most = max(most, sum(_held(one.pid) for one in running))
            time.sleep(LOOK_S)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Measured(time.perf_counter() - began, cpu, most / 1e6)


def _held(pid: int) -> int:
    try:
        of_run = [process := psutil.Process(pid), *process.children(recursive=True)]
        return sum(one.memory_full_info().pss for one in of_run)
    except psutil.Error:
        return 0


if __name__ == "__main__":
    main()
