"""Measure every kernel beside its peer on the same input: python -m tests.bench.kernels [--quick].

Each row first checks that both say the same, with each set of kernels. Then it prints the minimum and the median of
several repetitions in processor time, the ratio of minima, the goal and whether it is met. Peers that are not installed
are left out and named. ``--json`` keeps the figures; ``--plots`` draws one picture per kernel; docs/benchmarks.md is
made of both.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import warnings
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

from tests.bench.rows import rows

from guidelint.geometry.kernels.choice import installed, using

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.row import Least, Row

    from guidelint.geometry.kernels.choice import KernelSet

Figures = dict[str, Any]
ROUNDS = 5
"""In each of them the peer and every set of kernels take their turn, so that whoever works beside slows them alike."""
LEAST_REPETITIONS, MOST_REPETITIONS = 1, 500
BUDGET_MS = 100
"""Of one turn."""


def main() -> None:
    """Measure and print, and keep what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="images of 512 × 512 only")
    parser.add_argument("--only", default="", help="only kernels whose name contains this")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--plots", type=Path, metavar="DIR", help="draw one picture per kernel into this folder")
    chosen = parser.parse_args()
    warnings.simplefilter("ignore")
    sys.stdout.write(head())
    figures: list[Figures] = []
    for row in rows(quick=chosen.quick):
        if chosen.only in row.kernel:
            figures.append(measured(row, installed()))
            sys.stdout.write(shown(figures[-1]))
            sys.stdout.flush()
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n")
    if chosen.plots:
        from tests.bench.plots import draw  # noqa: PLC0415 - needs matplotlib

        draw(figures, chosen.plots)
    if any(not figure["same"] for figure in figures):
        raise SystemExit("some kernels differ from their peers")


def measured(row: Row, kernels: Sequence[KernelSet]) -> Figures:
    """Figures of one row: equality, then times in milliseconds."""
    figure: Figures = {
        "kernel": row.kernel,
        "given": row.given,
        "side": row.side,
        "runs": row.runs,
        "peer": row.peer,
        "goal": None if row.goal is None else {"base": row.goal.base, "fast": row.goal.fast},
    }
    theirs = row.theirs()
    figure["same"] = all(_same(row, name, theirs) for name in kernels)
    if figure["same"]:
        figure |= {f"{who}_ms": (min(spent), statistics.median(spent)) for who, spent in _in_turn(row, kernels).items()}
        for name in kernels:
            if row.least and met(figure, name) is False:
                figure |= _least(row.least, name)
    return figure


def _in_turn(row: Row, kernels: Sequence[KernelSet]) -> dict[str, list[float]]:
    """Milliseconds of every repetition, by who was measured."""
    spent: dict[str, list[float]] = {"peer": [], **{name: [] for name in kernels}}
    for _ in range(ROUNDS):
        spent["peer"] += timed(row.theirs)
        for name in kernels:
            with using(name):
                spent[name] += timed(row.ours)
    return spent


def _least(least: Least, name: KernelSet) -> Figures:
    """What a part of the work takes that cannot be left out, in milliseconds, and what it is."""
    work, does = (least.base, least.base_does) if name == "base" else (least.fast, least.fast_does)
    return {} if work is None else {f"{name}_least_ms": min(timed(work)), f"{name}_least": does}


def _same(row: Row, name: KernelSet, theirs: object) -> bool:
    with using(name):
        return row.same(row.ours(), theirs)


def timed(work: Callable[[], object]) -> list[float]:
    """Milliseconds of as many repetitions as fit a turn, at least 1, at most 500."""
    spent: list[float] = []
    while len(spent) < LEAST_REPETITIONS or (sum(spent) < BUDGET_MS and len(spent) < MOST_REPETITIONS):
        begin = process_time()
        work()
        spent.append((process_time() - begin) * 1e3)
    return spent


def ratio(figure: Figures, kernels: str) -> float | None:
    """How many times as fast as the peer, by minima; None when not measured."""
    ours = figure.get(f"{kernels}_ms")
    return None if ours is None else figure["peer_ms"][0] / ours[0]


def met(figure: Figures, kernels: str) -> bool | None:
    """Whether the goal is met; None where there is none, or no figure."""
    reached = ratio(figure, kernels)
    return None if figure["goal"] is None or reached is None else reached >= figure["goal"][kernels]


def head() -> str:
    """The line above the table."""
    ours = "".join(f"{name + ' ms':>10}{'median':>10}{'ratio':>8}{'goal':>7}{'':4}" for name in ("base", "fast"))
    return f"{'kernel':36}{'input':12}{'side':>5}{'runs':>8}  {'peer':38}{'ms':>10}{'median':>10}{ours}\n"


def shown(figure: Figures) -> str:
    """One line of the table."""
    runs = "" if figure["runs"] is None else f"{figure['runs']:,}"
    line = f"{figure['kernel']:36}{figure['given']:12}{figure['side']:5}{runs:>8}  {figure['peer']:38}"
    if not figure["same"]:
        return f"{line} differs\n"
    line += "{:10.3f}{:10.3f}".format(*figure["peer_ms"])
    return line + "".join(_shown_ours(figure, name) for name in ("base", "fast")) + "\n"


def _shown_ours(figure: Figures, kernels: str) -> str:
    reached = ratio(figure, kernels)
    if reached is None:
        return ""
    goal = "" if figure["goal"] is None else f"{figure['goal'][kernels]:,.0f}"
    mark = {None: "", True: " yes", False: " NO"}[met(figure, kernels)]
    return "{:10.3f}{:10.3f}".format(*figure[f"{kernels}_ms"]) + f"{reached:8,.0f}{goal:>7}{mark:4}"


if __name__ == "__main__":
    main()
