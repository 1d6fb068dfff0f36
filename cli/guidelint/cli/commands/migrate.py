"""``guidelint migrate``: stored work under the names of another version."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from guidelint.cli.options.of_guidelines import guideline_argument
from guidelint.cli.options.text_or_json import TextOrJson


def command(
    old: Annotated[
        str,
        guideline_argument("OLD", "Version that the work was done under: YAML file, or name@version of the library."),
    ],
    new: Annotated[
        str,
        guideline_argument("NEW", "The later version."),
    ],
    export: Annotated[Path, typer.Argument(metavar="EXPORT", help="Label Studio JSON export.", show_default=False)],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where the mapped export is written.")],
    back: Annotated[bool, typer.Option("--back", help="The other way: work under NEW becomes work under OLD.")] = False,
    format_: Annotated[
        TextOrJson, typer.Option("--format", "-f", envvar="GUIDELINT_MIGRATE_FORMAT", help="How it is told.")
    ] = TextOrJson.TEXT,
) -> None:
    """Write stored work under the names of another version: classes, questions and options that are renamed or merged.

    What became of a name the later version says itself: it lists the old key, or the old title, among its `aliases`. A
    name that has no successor, such as a class that was split, stays as it is, and is listed with what there is to
    choose from: somebody must do it again, and `guidelint check` returns it until then. Nothing is lost or guessed.

    Exit status 0: everything is mapped. 1: something must be done again. 2: a file cannot be read.
    """
    from guidelint.cli.refusals import refusals  # noqa: PLC0415 - keeps --help fast
    from guidelint.cli.render.of_versions.migrated import as_json, as_text  # noqa: PLC0415
    from guidelint.labelstudio.migrating.of_file import migrate_file  # noqa: PLC0415
    from guidelint.language.library import find  # noqa: PLC0415

    with refusals():
        made = migrate_file(find(old), find(new), export, output, back=back)
    sys.stdout.write(as_json(made) if format_ == TextOrJson.JSON else as_text(made, output))
    raise typer.Exit(1 if made.redo else 0)
