"""Options that name the files of token and webhook secret, the same in every command that needs them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guidelint.service.settings import SECRET_FILE_VARIABLE, TOKEN_FILE_VARIABLE

TokenFile = Annotated[
    Path | None,
    typer.Option(
        envvar=TOKEN_FILE_VARIABLE,
        metavar="FILE",
        help="File with the token, or lines ADDRESS TOKEN; otherwise GUIDELINT_TOKEN.",
    ),
]
SecretFile = Annotated[
    Path | None,
    typer.Option(
        envvar=SECRET_FILE_VARIABLE,
        metavar="FILE",
        help="File with the webhook secret; otherwise GUIDELINT_SECRET. Several, one a line: the first is pushed,"
        " all are accepted.",
    ),
]


def whole_path(file: Path | None) -> str:
    """Path of a file that is read again later, whatever folder one is in then; empty: none is named."""
    return str(file.absolute()) if file else ""
