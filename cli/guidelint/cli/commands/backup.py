"""``guidelint backup``: copy the store while the service runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from guidelint.cli.refusals import refused
from guidelint.cli.render.terminal.visible import visible
from guidelint.service.settings import DEFAULT_STORE, STORE_VARIABLE, SettingsError


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="New file for the copy; it must not be there yet.")],
    *,
    store: Annotated[
        str, typer.Option(envvar=STORE_VARIABLE, help="SQLite file; a store in PostgreSQL is copied with pg_dump.")
    ] = DEFAULT_STORE,
) -> None:
    """Copy the store into one file, whole and checked, while the service goes on.

    To restore it, stop the service, put the copy in the place of the store, and start the service: its sweep finds what
    was handed in since. Exit status 0: the copy is whole.
    """
    from guidelint.service.store.base.backup import back_up  # noqa: PLC0415 - keeps --help fast
    from guidelint.service.store.base.database import file_of, store_url  # noqa: PLC0415
    from guidelint.service.store.base.schema import revision_of  # noqa: PLC0415

    try:
        url = store_url(store)
    except SettingsError as error:
        raise refused(str(error)) from error
    original = file_of(url)
    if original is None:
        raise refused(
            "a store in PostgreSQL is copied with its own tools: pg_dump --format=custom --file=FILE DATABASE"
        )
    if revision_of(url) is None:
        raise refused(f"the store {original} is empty: there is nothing to copy")
    try:
        size = back_up(original, file)
    except FileExistsError as error:
        raise refused(f"{file} is there already: name a new file, for instance with the date in its name") from error
    except OSError as error:
        raise refused(f"{file} cannot be written: {(error.strerror or 'unwritable').lower()}") from error
    sys.stdout.write(visible(f"The store {original} was copied to {file} ({size / 1024**2:.1f} MB).") + "\n")
