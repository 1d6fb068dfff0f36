"""Images of a folder: DICOM files, PNG, JPEG and TIFF."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.addresses.address import shown
from guidelint.imaging.beside import KEYWORDS, Record
from guidelint.imaging.files.dicom_header import HeaderError, NotDicomError
from guidelint.imaging.files.walk import Walk
from guidelint.imaging.pixels.picture import ENDINGS
from guidelint.imaging.providers.file import read_file
from guidelint.imaging.providers.provider import NoSuchImage
from guidelint.imaging.supplied.headers import header_values
from guidelint.imaging.supplied.supply import Supply

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from guidelint.imaging.pixels.frame import Frame
    from guidelint.imaging.pixels.grey import Grey


@dataclass(frozen=True, slots=True)
class FolderImages:
    """Knows which files there are, and opens one when its pixels are asked for."""

    folder: Path
    supply: Supply
    notes: tuple[str, ...] = ()
    """What was passed over, for people."""
    others: Supply = field(default_factory=lambda: Supply("", "files"))
    """Files that are of no kind that is read."""

    @property
    def name(self) -> str:
        """The folder."""
        return self.supply.searched

    def read(self, image: str, sop_uid: str, frame: Frame | None) -> Grey:
        """Find an image and read it. Raises NotMeasurable, of what kind the protocol says."""
        beside = self.supply.of(image, sop_uid)
        found = [record for _, record in beside.records]
        if beside.doubtful:
            place, other = beside.doubtful[0]
            raise NotMeasurable(
                f"{place} may be the image {shown(image)} or {other}. Lay it in a folder as its path says"
            )
        if not found:
            named = shown(image) or sop_uid or "of a task that names none"
            raise NoSuchImage(f"no file of {self.name} is the image {named}{self._not_read(image)}")
        if len(found) > 1:
            names = " and ".join(record.place for record in found[:2])
            raise NotMeasurable(f"{len(found)} files may be the image {shown(image)}, among them {names}")
        (record,) = found
        return read_file(self.folder / record.image, record.place, frame, is_dicom=record.is_header)

    def _not_read(self, image: str) -> str:
        """Go on where a file has the name of the image and is of no kind that is read."""
        if not image or not (alike := self.others.of(image, "").records):
            return ""
        remedy = "Convert it, or write the preamble of a DICOM file"
        return f"; {alike[0][1].place} has its name, and is no DICOM file, PNG, JPEG or TIFF that can be read. {remedy}"


def folder_images(folder: Path) -> FolderImages:
    """Look which images a folder holds."""
    walk, unread = Walk(folder), list[str]()
    others: list[Record] = []
    records = tuple(_records(walk, unread, others))
    notes = (*walk.problems, *((f"{folder}: not everything could be read. {'; '.join(unread[:5])}",) if unread else ()))
    searched = folder.name or str(folder)
    return FolderImages(folder, Supply(searched, "files", records), notes, Supply(searched, "files", tuple(others)))


def _records(walk: Walk, unread: list[str], others: list[Record]) -> Iterator[Record]:
    nothing = ("",) * len(KEYWORDS)
    for path in walk.files():
        name = path.relative_to(walk.folder).as_posix()
        place = f"{walk.folder.name or walk.folder}/{name}"
        if name.lower().endswith(ENDINGS):
            yield Record(place, name, nothing)
            continue
        try:
            yield Record(place, name, header_values(path)[0], is_header=True)
        except NotDicomError:
            others.append(Record(place, name, nothing))
        except HeaderError as error:
            unread.append(f"{name}: {error}")
