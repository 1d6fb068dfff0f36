"""An option of commands that compare two versions."""

from typing import Annotated

import typer

Renamed = Annotated[
    bool,
    typer.Option(
        "--renamed",
        help="The guideline has another name now; else two of different names are refused.",
    ),
]
