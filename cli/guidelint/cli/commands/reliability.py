"""``guidelint reliability``: whether readers apply the rules of a guideline alike."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from guidelint.cli.options.of_guidelines import guideline_argument
from guidelint.cli.options.text_or_json import TextOrJson


def command(
    guideline: Annotated[
        str,
        guideline_argument(
            "GUIDELINE", "YAML file, guideline of the library (name or name@version), or compiled plan."
        ),
    ],
    deliveries: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Work that several readers did: files or folders.", show_default=False),
    ],
    *,
    within_mm: Annotated[
        float, typer.Option(min=0, help="How near to a limit in mm the mean of two readers is to count as near it.")
    ] = 1.5,
    format_: Annotated[
        TextOrJson, typer.Option("--format", "-f", envvar="GUIDELINT_RELIABILITY_FORMAT", help="How it is told.")
    ] = TextOrJson.TEXT,
) -> None:
    """Tell of each rule, limit and route whether two readers of the same object come to the same verdict.

    Objects of two readers are the same where they overlap (Jaccard index of 0.1 or more over all slices), each with one
    of the other at most. Agreement is Scott's pi, which takes out what chance would give; its interval resamples
    objects. Of limits it is told by how much two readers differ who measure the same object, and how often they part
    near the limit: a limit smaller than that difference lies inside its own measurement error.

    Exit status 0: it was told. 2: a file cannot be read, or no two readers read the same.
    """
    from guidelint.checking.asked.chosen_plan import chosen_plan  # noqa: PLC0415 - keeps --help fast
    from guidelint.checking.reliability.of_files import reliability_of_files  # noqa: PLC0415
    from guidelint.cli.refusals import refusals  # noqa: PLC0415
    from guidelint.cli.render.of_reliability.as_json import as_json  # noqa: PLC0415
    from guidelint.cli.render.of_reliability.page import page  # noqa: PLC0415

    with refusals():
        found = reliability_of_files(chosen_plan(guideline), deliveries, within_mm)
    if format_ == TextOrJson.JSON:
        sys.stdout.write(as_json(found))
        return
    from rich.console import Console  # noqa: PLC0415

    Console(highlight=False).print(page(found))
