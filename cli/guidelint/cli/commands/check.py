"""``guidelint check``: judge exports offline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guidelint.cli.options.check_options import (
    Also,
    Baseline,
    Engine,
    From,
    Ignore,
    Jobs,
    Legend,
    LevelOf,
    MaxFindings,
    OnlyAnnotator,
    OnlyClass,
    OnlyTask,
    Schema,
    Select,
    WriteBaseline,
)
from guidelint.cli.options.completion import guidelines
from guidelint.cli.options.image_options import Facts, Images, Inside, Qualifications
from guidelint.cli.render.format import Format

STANDARD_STREAM = "-"
"""As a file to read: standard input; as the output: the screen."""
SERVER_VARIABLE = "GUIDELINT_SERVER"
"""Address of the Label Studio that exports come from."""


def command(
    guideline: Annotated[
        str,
        typer.Argument(
            metavar="GUIDELINE",
            help="A YAML file, a guideline of the library (name or name@version), or a plan.json.",
            autocompletion=guidelines,
        ),
    ],
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            help="Exports of Label Studio (JSON), COCO, CVAT, DICOM, masks; folders; patterns; - for standard input.",
        ),
    ],
    *,
    also: Also = None,
    from_: From = "",
    format_: Annotated[
        Format, typer.Option("--format", "-f", envvar="GUIDELINT_CHECK_FORMAT", help="How findings are written.")
    ] = Format.FULL,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write findings here instead of the screen; parquet: a folder."
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Leave out warnings, notes, totals and progress.")
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
        typer.Option(metavar="FILE", help="File with the API token for --expect and --images; else GUIDELINT_TOKEN."),
    ] = None,
    facts: Facts = None,
    qualifications: Qualifications = None,
    images: Images = None,
    inside: Inside = None,
    legend: Legend = None,
    baseline: Baseline = None,
    write_baseline: WriteBaseline = None,
    schema: Schema = False,
    max_findings: MaxFindings = None,
    jobs: Jobs = 1,
    engine: Engine = "",
    select: Select = None,
    ignore: Ignore = None,
    level: LevelOf = None,
    class_: OnlyClass = None,
    annotator: OnlyAnnotator = None,
    task: OnlyTask = None,
) -> None:
    """Judge Label Studio exports against a guideline.

    Exit status 0: every annotation is accepted (or was skipped), or what is found is known (with --baseline). 1:
    something was returned or escalated, could not be verified or read, nothing was judged at all, or (with --complete)
    something expected has no verdict. 2: the guideline or a file is not what it should be. Warnings and notes change
    nothing.

    A run that leaves out rules or work, gives levels, or tells of some classes only, says so: it is no conformance
    check. Every option can also be given in the environment (GUIDELINT_CHECK_IGNORE) and, but for --output,
    --write-baseline, --token-file, --inside and --engine, in a project's pyproject.toml, under [tool.guidelint.check].
    """
    from guidelint.cli.delivery.judge_delivery import Asked, check  # noqa: PLC0415 - keeps --help fast

    asked = Asked(
        guideline=guideline,
        also=tuple(also or ()),
        files=tuple(files),
        from_=from_,
        format=format_,
        output=None if output == Path(STANDARD_STREAM) else output,
        quiet=quiet,
        server=server,
        max_task_mib=max_task_mib,
        allow_empty=allow_empty,
        expect=expect,
        complete=complete,
        token_file=token_file,
        baseline=baseline,
        write_baseline=write_baseline,
        schema=schema,
        max_findings=max_findings,
        jobs=jobs,
        engine=engine,
        select=tuple(select or ()),
        ignore=tuple(ignore or ()),
        levels=tuple(level or ()),
        classes=tuple(class_ or ()),
        annotators=tuple(annotator or ()),
        tasks=tuple(task or ()),
        facts=facts,
        qualifications=qualifications,
        images=tuple(images or ()),
        inside=tuple(inside or ()),
        legend=legend,
    )
    raise typer.Exit(check(asked))
