"""``guidelint check``: judge exports offline."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guidelint.cli.chosen_plan import chosen_plan
from guidelint.cli.delivery import Delivery, is_shown
from guidelint.cli.expected import expected
from guidelint.cli.inputs import inputs
from guidelint.cli.output import opened
from guidelint.cli.progress import progress
from guidelint.cli.refusals import refusals, refused
from guidelint.cli.render.formats import SHOWS_PLACES, SHOWS_TOTALS, Format, renderer
from guidelint.cli.render.ink import Ink, colourful
from guidelint.cli.render.renderer import Sheet
from guidelint.cli.render.statistics import statistics
from guidelint.cli.render.visible import visible
from guidelint.cli.totals import Totals
from guidelint.labelstudio.address import normal_address

SERVER_VARIABLE = "GUIDELINT_SERVER"
"""Address of the Label Studio that exports come from."""

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guidelint.labelstudio.export_source import Source


def command(
    guideline: Annotated[
        str,
        typer.Argument(
            metavar="GUIDELINE", help="A YAML file, a guideline of the library (name or name@version), or a plan.json."
        ),
    ],
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            help="JSON exports of Label Studio, plain or .gz; folders of them; quoted patterns; - for standard input.",
        ),
    ],
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
    expect: Annotated[
        str,
        typer.Option(
            metavar="LIST",
            help="What should have a verdict: a file of task ids or images (text, CSV, JSON), an export with all"
            " tasks, or a project such as http://localhost:8080/projects/7.",
        ),
    ] = "",
    complete: Annotated[
        bool, typer.Option("--complete", help="Exit status 1 when something expected has no verdict (with --expect).")
    ] = False,
    token_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="File with the API token for --expect; otherwise GUIDELINT_TOKEN."),
    ] = None,
) -> None:
    """Judge Label Studio exports against a guideline.

    Exit status 0: every annotation is accepted (or was skipped). 1: something was returned or escalated, could not be
    verified or read, nothing was judged at all, or (with --complete) something expected has no verdict. 2: the
    guideline or a file is not what it should be. Warnings and notes change nothing.
    """
    with refusals():
        plan = chosen_plan(guideline)
    address = _address(server)
    expectation = expected(expect, token_file, complete=complete)
    given = inputs(files)
    if not quiet:
        sys.stderr.write("".join(f"guidelint: {visible(note)}\n" for note in given.notes))
    totals = Totals(allow_empty, expectation, complete)
    with opened(output, (Path(guideline), Path(expect), *given.paths)) as out:
        rewritable = output is not None and out.seekable()
        sheet = Sheet(out, plan, output is None and colourful(out), quiet, address, rewritable)
        _check(sheet, format_, given.sources, max_task_mib * 2**20, totals)
    if not quiet and (output is not None or format_ not in SHOWS_TOTALS):
        sys.stderr.write(statistics(totals, plan, Ink(colourful(sys.stderr))))
    if quiet:
        sys.stderr.write("".join(f"guidelint: {concern}\n" for concern in totals.concerns))
    raise typer.Exit(totals.status)


def _check(sheet: Sheet, format_: Format, sources: Sequence[Source], max_task_bytes: int, totals: Totals) -> None:
    """Show each record as it comes, so that a run that is killed leaves what it found."""
    page = renderer(format_, sheet)
    with progress(sources, wanted=not sheet.quiet) as on_bytes:
        page.begin()
        delivery = Delivery(sheet.plan, sources, max_task_bytes, on_bytes, places=format_ in SHOWS_PLACES)
        for record in delivery.records():
            totals.count(record)
            if is_shown(record):
                page.show(record)
                sheet.out.flush()
        page.end(totals)


def _address(server: str) -> str:
    try:
        return normal_address(server) if server.strip() else ""
    except ValueError as error:
        raise refused(f"--server: {error}") from error
