"""Check whole exports with us and in the usual way, each in a process of its own: python -m tests.bench.whole_export.

Prints processor time, the ratio to ours, and memory: the most that the process held at once, less what it held once
everything was imported. Start-up is left out on both sides. The findings must be the same, and be those seeded.
``--size-mb`` adds one large export of painted regions, checked whole and set against json.load of the same file.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from tests.bench.drawings import RULES
from tests.bench.exports import GUIDELINE, Defect, Export, write_export

from guidelint.geometry.kernels.choice import load as load_kernels

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

Found: TypeAlias = tuple[str, str, str, tuple[str, ...]]
"""Task, annotation, rule, regions."""
LARGEST_USUAL_TASKS = 100
"""More tasks than these are checked in the usual way in part, and the time is scaled."""
CHECKS = {"ours": "the eight", "guideline": "all of the guideline"}
"""Ways of ours: the checks that the usual way makes, and all that the guideline brings with them."""
SMALL = "small.json"
"""Name of the export that every process checks first, so that nothing is imported or compiled while it is timed."""
PAINTED_SIDES = (2048,)


@dataclass(frozen=True, slots=True)
class Run:
    """What one process measured of itself."""

    cpu_s: float
    grown_mb: float
    """Peak memory less what was held before the file was opened, in 10⁶ bytes."""
    peak_mb: float
    found: list[Found]

    @property
    def findings(self) -> set[Found]:
        """What was found, to be compared."""
        return {(task, annotation, rule, tuple(regions)) for task, annotation, rule, regions in self.found}


def main() -> None:
    """Measure as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, nargs="*", default=[100, 1000], help="sizes of the mixed exports")
    parser.add_argument("--size-mb", type=float, help="also check an export of so many megabytes (250 is quick)")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        way, small, path = chosen.measure
        sys.stdout.write(json.dumps(asdict(measured(way, Path(small), Path(path)))))
        return
    figures: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        write_export(Path(folder) / SMALL, Export(8, readers=1, one_in=1, sides=(512,)))
        for tasks in chosen.tasks:
            figures += mixed(Path(folder), tasks)
        if chosen.size_mb:
            figures += large(Path(folder), chosen.size_mb)
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n")


def mixed(folder: Path, tasks: int) -> Iterator[dict[str, object]]:
    """Figures of one mixed export."""
    path = folder / "mixed.json"
    defects = write_export(path, Export(tasks))
    megabytes = path.stat().st_size / 1e6
    say(f"\n{tasks} tasks × 3 readers, {megabytes:.1f} MB, {len(defects)} seeded defects")
    runs = {(way, kernels): in_process(way, path, kernels) for way in CHECKS for kernels in kernel_sets()}
    for (way, kernels), run in runs.items():
        check_same(run, defects, f"{way}, {kernels}")
    sample = min(tasks, LARGEST_USUAL_TASKS)
    if sample < tasks:
        defects = write_export(path, Export(sample))
    usual = in_process("usual", path)
    check_same(usual, defects, "usual way")
    usual_s = usual.cpu_s * tasks / sample
    scaled = f" (time scaled from {sample} tasks)" if sample < tasks else ""
    say(line("usual way", "", usual_s, usual) + scaled)
    for (way, kernels), run in runs.items():
        ratio = usual_s / run.cpu_s
        say(line(f"guidelint, {CHECKS[way]}", kernels, run.cpu_s, run) + f"{ratio:8.1f} times as fast")
        named = figure(way, kernels, megabytes, run)
        yield named | {"tasks": tasks, "usual_s": usual_s, "ratio": ratio}


def large(folder: Path, size_mb: float) -> Iterator[dict[str, object]]:
    """Figures of one large export of painted regions."""
    path = folder / "large.json"
    defects = write_export(path, Export(None, megabytes=size_mb, sides=PAINTED_SIDES))
    megabytes = path.stat().st_size / 1e6
    say(f"\none export of {megabytes:.0f} MB, images of 2048 × 2048")
    runs = {(way, kernels): in_process(way, path, kernels) for way in CHECKS for kernels in kernel_sets()}
    loaded = in_process("json.load", path)
    say(line("json.load", "", loaded.cpu_s, loaded))
    for (way, kernels), run in runs.items():
        check_same(run, defects, f"{way}, {kernels}")
        share = run.cpu_s / loaded.cpu_s
        say(line(f"guidelint, {CHECKS[way]}", kernels, run.cpu_s, run) + f"{share:8.2f} × json.load")
        yield figure(way, kernels, megabytes, run) | {"json_load_s": loaded.cpu_s, "share": share}


def line(name: str, kernels: str, cpu_s: float, run: Run) -> str:
    """One printed line."""
    return f"  {name:36}{kernels:5}{cpu_s:9.2f} s{run.grown_mb:9.0f} MB more{run.peak_mb:7.0f} MB in all"


def figure(way: str, kernels: str, megabytes: float, run: Run) -> dict[str, object]:
    """One line of the figures."""
    return {
        "checks": CHECKS[way],
        "kernels": kernels,
        "file_mb": megabytes,
        "cpu_s": run.cpu_s,
        "grown_mb": run.grown_mb,
        "peak_mb": run.peak_mb,
    }


def kernel_sets() -> tuple[str, ...]:
    """Kernels that can be had here."""
    return ("base", "fast") if importlib.util.find_spec("numba") else ("base",)


def check_same(run: Run, defects: Iterable[Defect], name: str) -> None:
    """Stop unless exactly the seeded defects were found."""
    seeded = {(one.task, one.annotation, str(one.rule), tuple(sorted(one.regions))) for one in defects}
    if run.findings != seeded:
        missed, extra = seeded - run.findings, run.findings - seeded
        raise SystemExit(f"{name}: missed {sorted(missed)[:3]}, found besides {sorted(extra)[:3]}")


def in_process(way: str, path: Path, kernels: str = "") -> Run:
    """Measure in a fresh process."""
    command = [
        sys.executable,
        "-m",
        "tests.bench.whole_export",
        "--measure",
        way,
        str(path.with_name(SMALL)),
        str(path),
    ]
    environment = {**os.environ, "GUIDELINT_KERNELS": kernels} if kernels else {**os.environ}
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment)  # noqa: S603
    return Run(**json.loads(done.stdout))


def measured(way: str, small: Path, path: Path) -> Run:
    """Do the work in this process and measure it, once it was done on a small export."""
    work = WAYS[way]
    load_kernels()
    list(work(small))
    held, began = held_mb("VmRSS"), time.process_time()
    found = list(work(path))
    spent = time.process_time() - began
    return Run(spent, held_mb("VmHWM") - held, held_mb("VmHWM"), found)


def ours(path: Path, rules: Container[str] | None = RULES) -> Iterator[Found]:
    """What ``guidelint check`` does but for writing; with some rules, or all that the guideline brings."""
    from guidelint.checking.asked.chosen_plan import chosen_plan  # noqa: PLC0415 - each process imports its own way only
    from guidelint.checking.delivery import Delivery  # noqa: PLC0415
    from guidelint.checking.record import Judged, Unread  # noqa: PLC0415

    plan = chosen_plan(str(GUIDELINE))
    checks = tuple(check for check in plan.checks if rules is None or check.rule.id() in rules)
    plan = replace(plan, checks=checks).sealed()
    for record in Delivery(plan, [path]).records():
        if isinstance(record, Unread):
            raise SystemExit(record.reason)
        if not isinstance(record, Judged):
            continue
        subject = record.verdict.subject
        for finding in record.verdict.findings:
            yield subject.task, subject.annotation, finding.rule, tuple(sorted(ref.id for ref in finding.regions))


def usual(path: Path) -> Iterator[Found]:
    """The usual way."""
    from tests.bench.usual_way import findings  # noqa: PLC0415

    return findings(path)


def load(path: Path) -> list[Found]:
    """Only read the file into lists and dictionaries."""
    with path.open("rb") as file:
        json.load(file)
    return []


WAYS: dict[str, Callable[[Path], Iterable[Found]]] = {
    "ours": ours,
    "guideline": partial(ours, rules=None),
    "usual": usual,
    "json.load": load,
}


def held_mb(key: Literal["VmRSS", "VmHWM"]) -> float:
    """Memory that this process holds now, or the most it ever held, in 10⁶ bytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(key)), 0.0)


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
