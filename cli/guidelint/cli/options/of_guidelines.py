"""What commands take that tell of guidelines: which, and where it is written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from guidelint.cli.options.completion import guidelines


def guideline_argument(metavar: str, help_: str) -> Any:
    """Describe an argument that is a guideline, or several: its names are completed."""
    return typer.Argument(metavar=metavar, autocompletion=guidelines, help=help_, show_default=False)


OneGuideline = Annotated[
    str, guideline_argument("GUIDELINE", "YAML file, or guideline of the library (name or name@version).")
]
Guidelines = Annotated[
    list[str], guideline_argument("GUIDELINE", "YAML files, or guidelines of the library (name or name@version).")
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", show_default=False, help="Write it here instead of the screen."),
]


def file_of(output: Path | None) -> Path | None:
    """Give the file that is written; ``-`` is the screen, too."""
    return None if output == Path("-") else output
