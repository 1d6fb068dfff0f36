"""``guidelint copy-store``: copy a store into an empty one, of either kind."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from guidelint.cli.refusals import refused
from guidelint.cli.render.visible import visible
from guidelint.service.settings import DEFAULT_STORE, STORE_VARIABLE, SettingsError


def command(
    target: Annotated[str, typer.Argument(help="The copy: a file that is not there yet, or an empty database.")],
    *,
    store: Annotated[
        str, typer.Option(envvar=STORE_VARIABLE, help="What is copied: SQLite file, or a postgresql:// URL.")
    ] = DEFAULT_STORE,
) -> None:
    """Copy a store with all that it knows into an empty one, to move between SQLite and PostgreSQL.

    End `guidelint serve` first, and start it with the copy: what it did meanwhile would be missing there.
    """
    from guidelint.service.store.copy_store import NotEmpty, copy_store  # noqa: PLC0415 - keeps --help fast
    from guidelint.service.store.database import file_of, store_url  # noqa: PLC0415

    try:
        source_url, target_url = store_url(store), store_url(target)
        file = file_of(source_url)
        if file is not None and not file.is_file():
            raise refused(f"there is no store at {store}: name the one that `guidelint serve` uses with --store")
        rows = copy_store(source_url, target_url)
    except (SettingsError, NotEmpty) as error:
        raise refused(str(error)) from error
    sys.stdout.write(visible(f"Copied {rows} rows.") + "\n")
