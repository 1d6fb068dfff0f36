"""A self-test as people read and file it: a head, a table by kind, and what follows from it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group as Lines
from rich.table import Table
from rich.text import Text

from guidelint.geometry.known_answers.answer import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from guidelint.cli.selftest.report import Line, Report
    from guidelint.geometry.kernels.choice import KernelSet
    from guidelint.geometry.known_answers.answer import KnownAnswer, Measured

WIDE = 110
"""From so many columns on, measure and input stand side by side."""
NUMBERS = {"Expected": 13, "Measured": 10, "Off by": 8, "Tolerance": 9}
KERNELS = 4
"""Columns of the widest number, or mark, of each kind."""


def page(report: Report, width: int) -> RenderableType:
    """Lay out the whole report for a screen or file of so many columns."""
    kinds = groupby(report.lines, lambda line: line.group.name)
    laid_out = _side_by_side if width >= WIDE else _stacked
    tables = (Lines(_title(name, group), laid_out(group, report)) for name, lines in kinds for group in [tuple(lines)])
    return Lines(_head(report), *tables, *_reasons(report), *_wrong(report), *_result(report))


def _head(report: Report) -> Table:
    here = report.installation
    packages = " · ".join(f"{name} {version}" for name, version in here.packages.items() if version)
    missing = ", ".join(name for name, version in here.packages.items() if not version)
    head = Table.grid(padding=(0, 1))
    head.add_column(style="bold", no_wrap=True)
    head.add_column(overflow="fold")
    for name, said in (
        ("guidelint", here.guidelint),
        ("Sources SHA-256", here.sources_sha256),
        ("Python", here.python),
        ("Platform", here.platform),
        ("Processor", here.processor),
        ("Libraries", packages + (f" · not installed: {missing}" if missing else "")),
        ("Kernels in use", report.in_use),
        ("Kernels tested", " and ".join(report.kernels)),
        ("Tested at", here.at),
    ):
        head.add_row(name, said)
    return head


def _title(name: str, lines: tuple[Line, ...]) -> Text:
    right = sum(line.right for line in lines)
    said = f"{right} of {len(lines)} right"
    return Text.assemble("\n", (name, "bold"), "  ", (said, "green" if right == len(lines) else "bold red"), "\n")


def _side_by_side(lines: tuple[Line, ...], report: Report) -> Table:
    """Measure, input and numbers in one line."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    table.add_column("Measure", ratio=2, overflow="fold")
    table.add_column("Input", ratio=3, overflow="fold")
    for heading, columns in _columns(report).items():
        table.add_column(heading, justify="right", no_wrap=True, width=columns)
    for line in lines:
        table.add_row(line.answer.measure, line.answer.given, *_row(line, report.in_use))
    return table


def _stacked(lines: tuple[Line, ...], report: Report) -> Lines:
    """Measure and input in one line, numbers in the next."""
    columns = _columns(report)
    below = [
        part
        for line in lines
        for part in (
            Text.assemble((line.answer.measure, "bold"), f": {line.answer.given}"),
            _aligned(_row(line, report.in_use), columns.values()),
        )
    ]
    heading = _aligned((Text(name, "bold") for name in columns), columns.values())
    return Lines(heading, Text("─" * len(heading)), *below)


def _columns(report: Report) -> dict[str, int]:
    return NUMBERS | dict.fromkeys(report.kernels, KERNELS)


def _aligned(cells: Iterable[Text], widths: Iterable[int]) -> Text:
    line = Text()
    for cell, width in zip(cells, widths, strict=True):
        line.append(" ")
        cell.align("right", width)
        line.append_text(cell)
    return line


def _row(line: Line, in_use: KernelSet) -> Iterator[Text]:
    answer, shown = line.answer, line.outcomes[in_use]
    yield _with_unit(answer.expected, answer.unit)
    yield _number(shown.measured)
    yield _difference(line.outcomes.values())
    yield _tolerance(answer)
    for outcome in line.outcomes.values():
        yield Text("✓", "green") if outcome.right else Text("✗", "bold red")


def _reasons(report: Report) -> Iterator[Text]:
    """Say what the tolerances other than those for rounding stand for."""
    yield Text.assemble(("\nTolerances", "bold"), f"  exact: none · {ROUNDING.value:.0e}: {ROUNDING.reason}")
    for line in report.lines:
        tolerance = line.answer.tolerance
        if tolerance.reason not in {EXACT.reason, ROUNDING.reason}:
            yield Text(f"  {_size(tolerance.value)} for {line.answer.title}: {tolerance.reason}")


def _wrong(report: Report) -> Iterator[Text]:
    """Say of each wrong answer how it was derived and what came instead."""
    for line in (line for line in report.lines if not (line.right and line.agreed)):
        answer = line.answer
        yield Text.assemble(
            ("\n✗ ", "bold red"),
            (answer.title, "bold"),
            f"\n  expected {_said(answer.expected, answer)}: {answer.source}",
        )
        for kernels, outcome in line.outcomes.items():
            yield Text(f"  {kernels}: {_said(outcome.measured, answer) if outcome.failure == '' else outcome.failure}")


def _result(report: Report) -> Iterator[Text]:
    total = len(report.lines)
    yield Text()
    for kernels in report.kernels:
        right = sum(line.outcomes[kernels].right for line in report.lines)
        sign, style = ("✓", "bold green") if right == total else ("✗", "bold red")
        yield Text(f"{sign} {kernels}: {right} of {total} known answers within their tolerance", style)
    if len(report.kernels) == 1:
        yield Text(
            f"  only the kernels {report.kernels[0]} are installed: pip install 'guidelint[fast]' adds compiled ones"
        )
    if report.not_kept:
        yield Text(
            f"  compiled kernels are not in use: their machine code cannot be kept, because {report.not_kept};"
            " set NUMBA_CACHE_DIR to a folder that can be written",
            "yellow",
        )
    if report.disagreed:
        yield Text(f"✗ {' and '.join(report.kernels)} differ on {len(report.disagreed)} of {total}", "bold red")
    elif len(report.kernels) > 1:
        yield Text(f"✓ {' and '.join(report.kernels)} agree on all {total}", "bold green")


def _said(value: float | None, answer: KnownAnswer) -> str:
    return f"{'nothing' if value is None else f'{value:.17g}'} {answer.unit}".rstrip()


def _with_unit(value: float, unit: str) -> Text:
    return Text.assemble(_number(value), (f" {unit}", "dim")) if unit else _number(value)


def _number(value: float | None) -> Text:
    return Text("failed", "bold red") if value is None else Text(f"{value:.8g}")


def _difference(outcomes: Iterable[Measured]) -> Text:
    """Give the larger of all kernels."""
    differences = [outcome.difference for outcome in outcomes]
    if None in differences:
        return Text("–")
    largest = max((difference for difference in differences if difference is not None), key=abs)
    return Text("0" if largest == 0 else f"{largest:+.2g}")


def _tolerance(answer: KnownAnswer) -> Text:
    return Text("exact" if answer.tolerance == EXACT else _size(answer.tolerance.value))


def _size(tolerance: float) -> str:
    return f"{tolerance:.3g}"
