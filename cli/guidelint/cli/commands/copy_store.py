"""``guidelint copy-store``: copy a store into an empty one, of either kind."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from guidelint.cli.refusals import refused
from guidelint.cli.render.terminal.visible import visible
from guidelint.cli.store_at import there
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
    from guidelint.service.store.base.copy_store import NotEmpty, copy_store  # noqa: PLC0415 - keeps --help fast
    from guidelint.service.store.base.database import store_url  # noqa: PLC0415

    source_url = there(store)
    try:
        rows = copy_store(source_url, store_url(target))
    except (SettingsError, NotEmpty) as error:
        raise refused(str(error)) from error
    sys.stdout.write(visible(f"Copied {rows} rows.") + "\n")
