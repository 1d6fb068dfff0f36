"""``guidelint fmt``: guidelines laid out anew."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="YAML files of guidelines.", show_default=False)],
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; name the files that are not laid out so, and exit with 1.")
    ] = False,
) -> None:
    """Order the parts of guidelines and indent them alike, with all their comments.

    Nothing changes what they mean: the plan that each compiles into stays the same to the byte, but for the digest of
    the text. The order of classes, options and rules is yours. Released guidelines are left alone.
    """
    from guidelint.cli.formatting import laid_out_files  # noqa: PLC0415 - keeps --help fast

    raise typer.Exit(laid_out_files(files, check=check))
