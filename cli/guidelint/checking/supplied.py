"""What a run was given of the images beside the tasks: facts of them, and the images themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.imaging.pixels.folder import FolderImages
    from guidelint.imaging.supplied.supply import Supply


class SuppliedError(ValueError):
    """Nothing of it can be used, and what to do."""


def facts_at(where: Path | None) -> Supply | None:
    """Read a table or the headers below a folder, if one was given. Raises SuppliedError."""
    if where is None:
        return None
    from guidelint.imaging.supplied.supply import supply  # noqa: PLC0415 - few runs are given facts
    from guidelint.imaging.supplied.table import TableError  # noqa: PLC0415

    try:
        found = supply(where)
    except TableError as error:
        raise SuppliedError(str(error)) from error
    if not found.records:
        holds = "no DICOM file whose header could be read" if where.is_dir() else "no row that is about an image"
        raise SuppliedError(" ".join((f"--facts {str(where)!r} holds {holds}.", *found.notes)))
    return found


def images_in(folder: Path | None) -> FolderImages | None:
    """Look which images a folder holds, if one was given. Raises SuppliedError."""
    if folder is None:
        return None
    from guidelint.imaging.pixels.folder import folder_images  # noqa: PLC0415 - few runs are given images

    if not folder.is_dir():
        raise SuppliedError(f"--images {str(folder)!r} is no folder. Name the folder that holds the images")
    found = folder_images(folder)
    if not found.supply.records:
        raise SuppliedError(
            " ".join((f"--images {str(folder)!r} holds no DICOM file, PNG, JPEG or TIFF.", *found.notes))
        )
    return found
