"""What a run was given of the images beside the tasks: facts of them, and the images themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.imaging.given import Given
from guidelint.imaging.providers.images import Images

if TYPE_CHECKING:
    from pathlib import Path

    from guidelint.checking.counting.totals import Totals
    from guidelint.imaging.providers.folder import FolderImages
    from guidelint.imaging.supplied.supply import Supply


class SuppliedError(ValueError):
    """Nothing of it can be used, and what to do."""


@dataclass(frozen=True, slots=True)
class Supplied:
    """Facts of images and the images of a folder, as far as they were given."""

    facts: Supply | None
    images: FolderImages | None

    @property
    def given(self) -> Given:
        """What decoding looks into."""
        return Given(self.facts, Images(self.images) if self.images else None)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was passed over, for people."""
        return tuple(note for one in (self.facts, self.images) if one for note in one.notes)

    def to_be_counted(self, totals: Totals) -> None:
        """Let it be counted what of it is of use."""
        if self.facts:
            from guidelint.checking.counting.facts_used import FactsUsed  # noqa: PLC0415 - few runs are given facts

            totals.facts = FactsUsed(self.facts)
        totals.given = tuple(one for one in (self.facts, self.images and self.images.supply) if one)


def supplied(facts: Path | None, images: Path | None) -> Supplied:
    """Read what was given. Raises SuppliedError."""
    return Supplied(_facts_at(facts), _images_in(images))


def _facts_at(where: Path | None) -> Supply | None:
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


def _images_in(folder: Path | None) -> FolderImages | None:
    """Look which images a folder holds, if one was given. Raises SuppliedError."""
    if folder is None:
        return None
    from guidelint.imaging.providers.folder import folder_images  # noqa: PLC0415 - few runs are given images

    if not folder.is_dir():
        raise SuppliedError(f"--images {str(folder)!r} is no folder. Name the folder that holds the images")
    found = folder_images(folder)
    if not found.supply.records:
        raise SuppliedError(
            " ".join((f"--images {str(folder)!r} holds no DICOM file, PNG, JPEG or TIFF.", *found.notes))
        )
    return found
