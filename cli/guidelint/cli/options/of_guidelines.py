"""What commands take that tell of guidelines: which, and where it is written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guidelint.cli.options.completion import guidelines

Guidelines = Annotated[
    list[str],
    typer.Argument(
        metavar="GUIDELINE",
        autocompletion=guidelines,
        help="YAML files, or guidelines of the library (name or name@version).",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", show_default=False, help="Write it here instead of the screen."),
]


def file_of(output: Path | None) -> Path | None:
    """Give the file that is written; ``-`` is the screen, too."""
    return None if output == Path("-") else output
