"""``guidelint init``: begin a guideline, and the project around it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guidelint.cli.options.completion import guidelines as known_guidelines


def command(
    folder: Annotated[
        Path,
        typer.Argument(metavar="NAME", help="Folder to make; the guideline is called like it.", show_default=False),
    ],
    *,
    from_: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="GUIDELINE",
            envvar="GUIDELINT_INIT_FROM",
            autocompletion=known_guidelines,
            help="Begin with a copy of this guideline: of the library, or a YAML file.",
        ),
    ] = "",
    from_config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="Begin with the labeling config of a Label Studio project (XML). Its exports can then be judged.",
        ),
    ] = None,
    from_export: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            help="Begin with what holds in exported work: tools, sizes, counts, nesting, answers, each with its share"
            " and counter-examples in a comment. FILE may be a folder.",
        ),
    ] = "",
) -> None:
    """Begin a guideline, with editor settings, a CI workflow, a pre-commit hook and a README that tells what is next.

    It begins with one class and everything still to be written, with a copy, with what a Label Studio project has, or
    with what surely holds in its work: in more than 97 % of cases, with 95 % confidence.
    Files that are there already are not written over.
    """
    from guidelint.cli.scaffold.make_project import Source, make_project  # noqa: PLC0415 - keeps --help fast

    make_project(folder, Source(from_, from_config, from_export))
