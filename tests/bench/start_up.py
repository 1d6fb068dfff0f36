"""What starting costs: `python -m tests.bench.start_up`. CPU of whole processes, minimum of five, in one run.

`--against DIR` compares with another checkout instead, as `git worktree add DIR COMMIT` makes one: the same commands in
turn, least and median of their ratios.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from tests.bench.in_turn import cpu_s, in_turn

TIMES = 5
PAIRS = 12
ONE_CHECK = ("check", "lung-nodule-ct", "EXPORT")
GOALS = (
    ("--help", ("--help",), "typer", 1.5),
    ("check --help", ("check", "--help"), "typer", 2.0),
    ("push --help", ("push", "--help"), "typer", 2.0),
    ("check of one annotation", ONE_CHECK, "typer, numpy, pydantic, msgspec", 1.5),
    ("the same", ONE_CHECK, "typer, numpy, pydantic.main, msgspec, yaml", 1.5),  # a model loads pydantic.main
)
COMPARED = (
    ("--version", ("--version",)),
    ("--help", ("--help",)),
    ("check of one annotation", ONE_CHECK),
    ("compile", ("compile", "lung-nodule-ct", "--output", "OUTPUT")),
)
ONE = [{"id": 1, "data": {"image": "a.png"}, "annotations": [{"id": 1, "completed_by": 1, "result": []}]}]


def least_cpu_s(*command: str) -> float:
    """CPU of one process, the least of several."""
    return min(cpu_s(command) for _ in range(TIMES))


def beside_imports(folder: Path) -> None:
    """Print each figure with the imports that it is compared to."""
    print(f"{'':<26}{'CPU':>8}  {'importing':<44}{'CPU':>8}{'ratio':>8}{'goal':>8}")
    for name, arguments, peers, goal in GOALS:
        ours = least_cpu_s("-m", "guidelint.cli", *_filled(arguments, folder))
        theirs = least_cpu_s("-c", f"import {peers}")
        print(f"{name:<26}{ours:>6.2f} s  {peers:<44}{theirs:>6.2f} s{ours / theirs:>8.2f}{'≤ ' + str(goal):>8}")


def beside_checkout(other: Path, folder: Path, pairs: int) -> None:
    """Print each figure with that of another checkout."""
    print(f"{'CPU, least of ' + str(pairs):<26}{'there':>8}  {'here':>8}{'ratio':>8}{'median ratio':>14}")
    for name, arguments in COMPARED:
        found = in_turn(other, _filled(arguments, folder), pairs)
        least = f"{min(found.there):>6.3f} s  {min(found.here):>6.3f} s"
        print(f"{name:<26}{least}{found.least:>8.2f}{found.middle:>14.2f}", flush=True)


def _filled(arguments: tuple[str, ...], folder: Path) -> list[str]:
    places = {"EXPORT": str(folder / "export.json"), "OUTPUT": str(folder / "compiled")}
    return [places.get(argument, argument) for argument in arguments]


def main() -> None:
    """Measure beside imports, or beside another checkout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", type=Path, metavar="DIR", help="another checkout of this project")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="how often each command runs from both")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "export.json").write_text(json.dumps(ONE))
        if asked.against:
            beside_checkout(asked.against.resolve(), folder, asked.pairs)
        else:
            beside_imports(folder)


if __name__ == "__main__":
    main()
