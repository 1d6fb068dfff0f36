"""``guidelint simulate``: what a project will ask of whom, before it starts."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from guidelint.cli.options.of_guidelines import OneGuideline
from guidelint.cli.options.text_or_json import TextOrJson


def command(
    guideline: OneGuideline,
    deliveries: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Work that was done before: files or folders.", show_default=False),
    ],
    *,
    tasks: Annotated[int, typer.Option(min=1, help="Tasks that the project will have.")] = 1_000,
    readers: Annotated[int, typer.Option(min=1, max=20, help="Annotators who will read each task.")] = 1,
    prevalence: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CLASS=SHARE",
            help="Share of the tasks on which a class will be marked, where it is not that of the work: nodule=0.1.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        TextOrJson, typer.Option("--format", "-f", envvar="GUIDELINT_SIMULATE_FORMAT", help="How it is told.")
    ] = TextOrJson.TEXT,
) -> None:
    """Tell what a project will ask of annotators, routes and tiers, from work that was done before.

    The work is judged by the guideline as it is now. Projects are drawn from it, whole patients at a time where they
    are known: each load comes with the range that 95 of 100 such projects lie in.

    Exit status 0: it was told. 2: a file cannot be read, or the work says too little.
    """
    from guidelint.checking.simulation.of_files import simulation_of_files  # noqa: PLC0415 - keeps --help fast
    from guidelint.checking.simulation.prevalence import prevalence_of  # noqa: PLC0415
    from guidelint.checking.simulation.simulation import Project  # noqa: PLC0415
    from guidelint.cli.refusals import found_loaded, refusals  # noqa: PLC0415
    from guidelint.cli.render.of_simulation.as_json import as_json  # noqa: PLC0415
    from guidelint.cli.render.of_simulation.page import page  # noqa: PLC0415
    from guidelint.language.compile.plan import compile_plan  # noqa: PLC0415
    from guidelint.rules.catalogue import catalogue  # noqa: PLC0415

    read = found_loaded(guideline)
    with refusals():
        plan = compile_plan(read.guideline, catalogue())
        project = Project(tasks, readers, prevalence_of(prevalence or ()))
        found = simulation_of_files(plan, read.guideline.review, deliveries, project)
    if format_ == TextOrJson.JSON:
        sys.stdout.write(as_json(found))
        return
    from rich.console import Console  # noqa: PLC0415

    Console(highlight=False).print(page(found))
