"""Measure every kernel beside its peer on the same input: python -m tests.bench.kernels [--quick].

Each row first checks that both say the same, with each set of kernels. Then it prints the minimum and the median of
several repetitions, the ratio of minima, the goal and whether it is met. Peers that are not installed are left out and
named. ``--json`` keeps the figures; ``--plots`` draws one picture per kernel; docs/benchmarks.md is made of both.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import warnings
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tests.bench.rows import rows

from guidelint.geometry.kernels.choice import installed, using

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.row import Row

    from guidelint.geometry.kernels.choice import KernelSet

Figures = dict[str, Any]
LEAST_REPETITIONS, MOST_REPETITIONS = 3, 200
BUDGET_MS = 500


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
        figure["peer_ms"] = timed(row.theirs)
        for name in kernels:
            with using(name):
                figure[f"{name}_ms"] = timed(row.ours)
    return figure


def _same(row: Row, name: KernelSet, theirs: object) -> bool:
    with using(name):
        return row.same(row.ours(), theirs)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Minimum and median in milliseconds of as many repetitions as fit half a second, at least 3, at most 200."""
    spent: list[float] = []
    while len(spent) < LEAST_REPETITIONS or (sum(spent) < BUDGET_MS and len(spent) < MOST_REPETITIONS):
        begin = perf_counter()
        work()
        spent.append((perf_counter() - begin) * 1e3)
    return min(spent), statistics.median(spent)


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
