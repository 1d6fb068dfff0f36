"""``guidelint compile``: guidelines into Label Studio projects and validators."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guidelint.cli.options.of_guidelines import guideline_argument
from guidelint.cli.options.text_or_json import TextOrJson


def command(
    guidelines: Annotated[
        list[str] | None,
        guideline_argument(
            "GUIDELINE", "YAML files, or guidelines of the library; none: the newest of each that comes with guidelint."
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
    thumbnails: Annotated[
        bool, typer.Option("--thumbnails", help="Show an example of each class in its button, and with its definition.")
    ] = False,
    report: Annotated[
        bool,
        typer.Option("--report", help="Write nothing; tell of every statement where it is enforced, and where not."),
    ] = False,
    format_: Annotated[
        TextOrJson, typer.Option("--format", envvar="GUIDELINT_COMPILE_FORMAT", help="How --report tells it.")
    ] = TextOrJson.TEXT,
) -> None:
    """Turn guidelines into labeling config, project settings, instructions, plan and schema.

    The same guideline and engine give the same files to the byte, so that they can be stored beside the guideline and
    compared. What is unwise about a guideline is shown as a warning, and keeps it from nothing but for --strict.
    --thumbnails takes of each class the first example beside the guideline that is to teach; what is compiled then
    changes with the examples, too. --report tells for every key that a guideline gives who sees to it: the editor,
    before or on submit, over readers, over time, or people only.
    """
    from guidelint.cli.write_outputs import compiled, newest_of_library  # noqa: PLC0415 - keeps --help fast

    if report:
        from guidelint.cli.enforced import reported  # noqa: PLC0415 - as above

        names = guidelines or newest_of_library()
        raise typer.Exit(reported(names, as_json=format_ == TextOrJson.JSON, strict=strict))
    raise typer.Exit(compiled(guidelines, output, check=check, strict=strict, thumbnails=thumbnails))
