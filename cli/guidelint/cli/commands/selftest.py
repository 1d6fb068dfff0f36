"""``guidelint selftest``: measure what is known, on this machine."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from guidelint.cli.output import refused_where_nothing_can_be_written
from guidelint.cli.streams import tell

if TYPE_CHECKING:
    from guidelint.cli.selftest.report import Report

FILE_WIDTH = 120
"""Columns of a table written to a file."""


class ReportFormat(StrEnum):
    """How the report is written."""

    TABLE = "table"
    JSON = "json"


def command(
    *,
    format_: Annotated[
        ReportFormat,
        typer.Option("--format", "-f", envvar="GUIDELINT_SELFTEST_FORMAT", help="How the report is written."),
    ] = ReportFormat.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report here, not on the screen.")
    ] = None,
) -> None:
    """Run every measure on shapes whose answers are known, and show what came out.

    The answers follow from formulas: squares, discs, triangles, stacks of slices, streams written out by hand. Every
    set of kernels that is installed is tested. The report tells what a quality file needs: versions, machine, time, a
    digest of the sources, and for each answer what was expected, what was measured, and what may lie between.

    Exit status 0: everything is right. 1: something is not.
    """
    from guidelint.cli.selftest.installation import installation  # noqa: PLC0415 - keeps --help fast
    from guidelint.cli.selftest.report import examined  # noqa: PLC0415 - keeps --help fast

    report = examined(installation())
    if output is None:
        _write(report, format_, sys.stdout)
    else:
        _save(report, format_, output)
    raise typer.Exit(0 if report.passed else 1)


def _save(report: Report, format_: ReportFormat, output: Path) -> None:
    with refused_where_nothing_can_be_written(output), output.open("w", encoding="utf-8", newline="\n") as out:
        _write(report, format_, out)
    tell(f"{'Everything is right' if report.passed else 'Something is wrong'}: see {output}\n")


def _write(report: Report, format_: ReportFormat, out: TextIO) -> None:
    if format_ is ReportFormat.JSON:
        from guidelint.cli.selftest.json_document import document  # noqa: PLC0415 - only when asked for

        out.write(document(report))
        return
    from rich.console import Console  # noqa: PLC0415 - only when asked for

    from guidelint.cli.selftest.table import page  # noqa: PLC0415 - only when asked for

    width = None if out is sys.stdout else FILE_WIDTH
    console = Console(file=out, width=width, highlight=False)
    console.print(page(report, console.width))
