"""What a run was given of the images beside the tasks: facts of them, and the images themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.imaging.given import Given
from guidelint.imaging.providers.images import Images

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from guidelint.annotation.decoding.legends.legend import Legend
    from guidelint.checking.counting.totals import Totals
    from guidelint.checking.image_places import Places, Reach
    from guidelint.imaging.supplied.supply import Supply


class SuppliedError(ValueError):
    """Nothing of it can be used, and what to do."""


@dataclass(frozen=True, slots=True)
class Supplied:
    """Facts of images and places of images, as far as they were given."""

    facts: Supply | None
    images: Places | None

    @property
    def given(self) -> Given:
        """What decoding looks into."""
        return Given(self.facts, Images(self.images.provider) if self.images else None)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was passed over, for people."""
        return tuple(note for one in (self.facts, self.images) if one for note in one.notes)

    def to_be_counted(self, totals: Totals) -> None:
        """Let it be counted what of it is of use."""
        if self.facts:
            from guidelint.checking.counting.facts_used import FactsUsed  # noqa: PLC0415 - few runs are given facts

            totals.facts = FactsUsed(self.facts)
        folders = self.images.folders if self.images else ()
        totals.given = (*((self.facts,) if self.facts else ()), *(folder.supply for folder in folders))


def legend_at(path: Path | None) -> Legend | None:
    """Read the legend of masks, if one was given. Raises SuppliedError."""
    if path is None:
        return None
    from guidelint.annotation.decoding.files.format_error import FormatError  # noqa: PLC0415 - few runs are given one
    from guidelint.annotation.decoding.legends.reading import read_legend  # noqa: PLC0415

    try:
        return read_legend(path)
    except FormatError as error:
        raise SuppliedError(f"--legend {str(path)!r}: {error}") from error


def supplied(facts: Path | None, images: Sequence[str], reach: Reach | None = None) -> Supplied:
    """Read what was given. Raises SuppliedError.

    ``images``: folders and addresses, in the order in which they are asked.
    """
    return Supplied(_facts_at(facts), _images_at(images, reach))


def refuse_wrong(facts: Path | None, images: Sequence[str], reach: Reach) -> None:
    """Say what cannot be used, without reading all of it. Raises SuppliedError."""
    from guidelint.checking.image_places import PlaceError, refuse_wrong_places  # noqa: PLC0415

    if facts is not None and not facts.is_dir():
        _facts_at(facts)
    try:
        refuse_wrong_places(images, reach)
    except PlaceError as error:
        raise SuppliedError(str(error)) from error


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


def _images_at(places: Sequence[str], reach: Reach | None) -> Places | None:
    """Look where images are, if any place was given. Raises SuppliedError."""
    from guidelint.checking.image_places import PlaceError, Reach, image_places  # noqa: PLC0415 - few runs are given images

    try:
        return image_places(places, reach or Reach()) if places or (reach and reach.inside) else None
    except PlaceError as error:
        raise SuppliedError(str(error)) from error
