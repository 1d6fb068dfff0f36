"""``guidelint compile``: guidelines into Label Studio projects and validators."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guidelint.cli.options.completion import guidelines as known_guidelines


def command(
    guidelines: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="GUIDELINE",
            show_default=False,
            autocompletion=known_guidelines,
            help="YAML files, or guidelines of the library; none: the newest of each that comes with guidelint.",
        ),
    ] = None,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            show_default=False,
            help="Folder that gets NAME/VERSION/. Default: compiled; for the library, its own folder.",
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 when the stored outputs are not up to date.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse guidelines with warnings, too: write nothing, exit with 2.")
    ] = False,
) -> None:
    """Turn guidelines into labeling config, project settings, instructions, plan and schema.

    The same guideline and engine give the same files to the byte, so that they can be stored beside the guideline and
    compared. What is unwise about a guideline is shown as a warning, and keeps it from nothing but for --strict.
    """
    from guidelint.cli.write_outputs import compiled  # noqa: PLC0415 - keeps --help fast

    raise typer.Exit(compiled(guidelines, output, check=check, strict=strict))
