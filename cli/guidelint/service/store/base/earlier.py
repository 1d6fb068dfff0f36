"""Up to 0.1.0 the store was ``guidelint.db`` in the folder of a command; it is never passed over silently."""

from __future__ import annotations

import logging
from pathlib import Path
from shlex import quote

from guidelint.service.log import note
from guidelint.service.settings import SettingsError

NAME = "guidelint.db"
_SQLITE = b"SQLite format 3\0"


def look_for_earlier(usual: Path) -> None:
    """Point at a store of an earlier version in this folder. Raises SettingsError when no other is at its usual place.

    ``usual``: where the store lies now, unless another is named.
    """
    here = Path(NAME).resolve()
    if not here.is_file() or here == usual.resolve() or not _is_sqlite(here):
        return
    move = f"mkdir -p {quote(str(usual.parent))} && mv {quote(str(here))}* {quote(str(usual.parent))}/"
    if usual.exists():
        note(
            f"{here} is a store of an earlier version and is not used: {usual} is. To use it, name it with --store;"
            " otherwise move it away.",
            logging.WARNING,
        )
        return
    raise SettingsError(
        f"{here} is a store of an earlier version. The store now lies at {usual}, whatever folder a command is run in."
        f" Stop the service and move it there: {move} - or go on using it where it is: --store {quote(str(here))}"
    )


def _is_sqlite(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            return stream.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False
