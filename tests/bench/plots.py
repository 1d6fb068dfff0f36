"""One picture per kernel over the size of the image: time of the peer, of our NumPy loops, of our compiled ones."""

from __future__ import annotations

import importlib
import json
import re
import sys
import textwrap
from collections import defaultdict
from pathlib import Path
from typing import Any

Figures = dict[str, Any]
INK, GRID = "#333333", "#e4e4e4"
SERIES = {"peer_ms": ("#8a8a8a", "s"), "base_ms": ("#0072b2", "o"), "fast_ms": ("#d55e00", "D")}
"""Colour and mark of each line, told apart without colour too."""
OURS = {"base_ms": "guidelint", "fast_ms": "guidelint, fast"}
LOOK: Figures = {
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": INK,
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "guidelint",  # the same figures give the same bytes
}
PANEL_INCHES = 3.5, 3.1
LEAST_GAP = 0.07
"""Height of a line of a name, as a share of the height of the picture."""
NAME_LETTERS = 20


def draw(figures: list[Figures], folder: Path) -> None:
    """Draw all kernels that were measured on more than one size, as SVG."""
    pyplot: Any = importlib.import_module("matplotlib.pyplot")
    pyplot.rcParams.update(LOOK)
    folder.mkdir(parents=True, exist_ok=True)
    for kernel, rows in by(figures, "kernel").items():
        if len({row["side"] for row in rows}) > 1:
            picture = _picture(pyplot, kernel, rows)
            picture.savefig(folder / f"{file_name(kernel)}.svg", metadata={"Date": None})
            pyplot.close(picture)


def by(figures: list[Figures], key: str) -> dict[str, list[Figures]]:
    """Figures of rows whose results agree, grouped by one of their facts."""
    groups: dict[str, list[Figures]] = defaultdict(list)
    for figure in figures:
        if figure["same"]:
            groups[figure[key]].append(figure)
    return groups


def file_name(kernel: str) -> str:
    """Name of a kernel's picture."""
    return re.sub(r"[^a-z0-9]+", "-", kernel.lower()).strip("-")


def _picture(pyplot: Any, kernel: str, rows: list[Figures]) -> Any:
    panels = by(rows, "given")
    width, height = PANEL_INCHES
    picture, axes = pyplot.subplots(
        1,
        len(panels),
        figsize=(width * len(panels) + 1.4, height + 0.4),
        sharey=True,
        squeeze=False,
        layout="constrained",
    )
    picture.suptitle(kernel[0].upper() + kernel[1:], x=0.01, ha="left", weight="bold")
    for panel, (given, measured) in zip(axes[0], panels.items(), strict=True):
        _panel(panel, given, measured)
    axes[0][0].set_ylabel("time", color=INK)
    for panel, measured in zip(axes[0], panels.values(), strict=True):
        _name_lines(panel, measured)
    return picture


def _panel(panel: Any, given: str, rows: list[Figures]) -> None:
    panel.set(xscale="log", yscale="log", title="")
    panel.set_title(given, loc="left", size=10)
    for series, (colour, mark) in SERIES.items():
        points = [(row["side"], row[series][0]) for row in rows if series in row]
        if points:
            panel.plot(*zip(*points, strict=True), color=colour, marker=mark, markersize=4, linewidth=1.8)
    sides = sorted({row["side"] for row in rows})
    panel.set_xticks(sides, [f"{side}²" for side in sides])
    panel.minorticks_off()
    panel.yaxis.set_major_formatter(_duration)
    panel.grid(visible=True, color=GRID, linewidth=0.8)
    panel.set_axisbelow(True)
    panel.tick_params(length=0, labelcolor=INK, labelsize=9)
    for side in panel.spines.values():
        side.set_visible(False)


def _name_lines(panel: Any, rows: list[Figures]) -> None:
    """Write the name of each line at its end, no two over each other."""
    last = max(rows, key=lambda row: row["side"])
    low, high = (float(value) for value in panel.transData.transform([(1, value) for value in panel.get_ylim()])[:, 1])
    places = [
        ((panel.transData.transform((1, last[series][0]))[1] - low) / (high - low), series)
        for series in SERIES
        if series in last
    ]
    free = -1.0
    for place, series in sorted(places):
        name = textwrap.fill(OURS.get(series) or str(last["peer"]), NAME_LETTERS)
        half = LEAST_GAP * (name.count("\n") + 1) / 2
        at = max(place, free + half)
        free = at + half
        colour = SERIES[series][0]
        panel.annotate(name, (1.02, at), xycoords="axes fraction", color=colour, size=9, va="center")


def _duration(milliseconds: float, _: object = None) -> str:
    for factor, unit in ((1e-3, "s"), (1, "ms"), (1e3, "µs")):
        if milliseconds * factor >= 1:
            return f"{milliseconds * factor:g} {unit}"
    return f"{milliseconds * 1e6:g} ns"


def main() -> None:
    """Draw figures that were kept: python -m tests.bench.plots FIGURES.json FOLDER."""
    draw(json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2]))


if __name__ == "__main__":
    main()
