"""``guidelint check``: judge exports offline."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from guidelint.cli.chosen_plan import chosen_plan
from guidelint.cli.delivery import Delivery, TaskSeen
from guidelint.cli.progress import progress
from guidelint.cli.refusals import refusals, refused
from guidelint.cli.render.formats import SHOWS_PLACES, SHOWS_TOTALS, Format, renderer
from guidelint.cli.render.ink import Ink, colourful
from guidelint.cli.render.renderer import Sheet
from guidelint.cli.render.statistics import statistics
from guidelint.cli.totals import Totals
from guidelint.labelstudio.address import normal_address

SERVER_VARIABLE = "GUIDELINT_SERVER"
"""Address of the Label Studio that exports come from."""

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence


def command(
    guideline: Annotated[
        str,
        typer.Argument(
            metavar="GUIDELINE", help="A YAML file, a guideline of the library (name or name@version), or a plan.json."
        ),
    ],
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="JSON exports of Label Studio, plain or .gz.")],
    *,
    format_: Annotated[Format, typer.Option("--format", "-f", help="How findings are written.")] = Format.FULL,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write findings here instead of the screen.")
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Leave out warnings, notes, statistics and progress.")
    ] = False,
    server: Annotated[
        str,
        typer.Option(
            envvar=SERVER_VARIABLE,
            metavar="ADDRESS",
            help="Label Studio that the exports come from: findings are given with links to their tasks.",
        ),
    ] = "",
    max_task_mib: Annotated[
        int, typer.Option(metavar="MIB", min=1, max=4096, help="Most that is read of one task, in MiB.")
    ] = 128,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="Exit status 0 also when there was nothing to judge.")
    ] = False,
) -> None:
    """Judge Label Studio exports against a guideline.

    Exit status 0: every annotation is accepted (or was skipped). 1: something was returned or escalated, could not be
    verified or read, or nothing was judged at all. 2: the guideline or a file is not what it should be. Warnings and
    notes change nothing.
    """
    with refusals():
        plan = chosen_plan(guideline)
    address = _address(server)
    with _opened(output) as out:
        sheet = Sheet(out, plan, colour=output is None and colourful(out), quiet=quiet, server=address)
        totals = Totals(allow_empty)
        _check(sheet, format_, files, max_task_mib * 2**20, totals)
    if not quiet and (output is not None or format_ not in SHOWS_TOTALS):
        sys.stderr.write(statistics(totals, plan, Ink(colourful(sys.stderr))))
    if quiet:
        sys.stderr.write("".join(f"guidelint: {concern}\n" for concern in totals.concerns))
    raise typer.Exit(totals.status)


def _check(sheet: Sheet, format_: Format, files: Sequence[Path], max_task_bytes: int, totals: Totals) -> None:
    page = renderer(format_, sheet)
    with progress(files, wanted=not sheet.quiet) as on_bytes:
        page.begin()
        delivery = Delivery(sheet.plan, files, max_task_bytes, on_bytes, places=format_ in SHOWS_PLACES)
        for record in delivery.records():
            totals.count(record)
            if not isinstance(record, TaskSeen):
                page.show(record)
        page.end(totals)


def _address(server: str) -> str:
    try:
        return normal_address(server) if server.strip() else ""
    except ValueError as error:
        raise refused(f"--server: {error}") from error


@contextmanager
def _opened(output: Path | None) -> Generator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as out:
            yield out
    except OSError as error:
        raise refused(f"{output} cannot be written: {(error.strerror or 'unwritable').lower()}") from error
