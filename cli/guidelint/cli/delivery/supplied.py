"""Facts of images that a command was given beside the task data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.refusals import refused

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.imaging.supplied.supply import Supply


def supplied(where: Path | None) -> Supply | None:
    """Read a table or the headers below a folder, if one was given. Says what is wrong and raises typer.Exit."""
    if where is None:
        return None
    from guidelint.imaging.supplied.supply import supply  # noqa: PLC0415 - few runs are given facts
    from guidelint.imaging.supplied.table import TableError  # noqa: PLC0415

    try:
        found = supply(where)
    except TableError as error:
        raise refused(str(error)) from error
    if not found.records:
        holds = "no DICOM file whose header could be read" if where.is_dir() else "no row that is about an image"
        raise refused(" ".join((f"--facts {where} holds {holds}.", *found.notes)))
    return found
