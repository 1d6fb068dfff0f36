"""Images of a folder: DICOM files, PNG, JPEG and TIFF."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.beside import KEYWORDS, Record
from guidelint.imaging.files.dicom_header import HeaderError, NotDicomError
from guidelint.imaging.files.walk import Walk
from guidelint.imaging.pixels.dicom import read_dicom
from guidelint.imaging.pixels.picture import ENDINGS, read_picture
from guidelint.imaging.pixels.pixels import Pixels, Recent
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
    recent: Recent = field(default_factory=Recent)

    def pixels(self, image: str, sop_uid: str, frame: Frame | None) -> Pixels:
        """Find an image, and read it later."""
        return Pixels(partial(self._read, image, sop_uid, frame), self.recent)

    def _read(self, image: str, sop_uid: str, frame: Frame | None) -> Grey:
        beside = self.supply.of(image, sop_uid)
        found = [record for _, record in beside.records]
        if beside.doubtful:
            place, other = beside.doubtful[0]
            raise NotMeasurable(f"{place} may be the image {image} or {other}. Lay it in a folder as its path says")
        if not found:
            named = image or sop_uid or "of a task that names none"
            raise NotMeasurable(f"no file of {self.supply.searched} is the image {named}")
        if len(found) > 1:
            names = " and ".join(record.place for record in found[:2])
            raise NotMeasurable(f"{len(found)} files may be the image {image}, among them {names}")
        return self._opened(found[0], frame)

    def _opened(self, record: Record, frame: Frame | None) -> Grey:
        read = read_dicom if record.is_header else read_picture
        try:
            return read(self.folder / record.image, record.place, frame)
        except NotMeasurable as error:
            raise NotMeasurable(f"the pixels of {record.place} cannot be read: {error}") from error
        except Exception as error:  # a broken file can make a reader raise anything
            reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            raise NotMeasurable(f"the pixels of {record.place} cannot be read ({reason}). Export it again") from error


def folder_images(folder: Path) -> FolderImages:
    """Look which images a folder holds."""
    walk, unread = Walk(folder), list[str]()
    records = tuple(_records(walk, unread))
    notes = (*walk.problems, *((f"{folder}: not everything could be read. {'; '.join(unread[:5])}",) if unread else ()))
    return FolderImages(folder, Supply(folder.name or str(folder), "files", records), notes)


def _records(walk: Walk, unread: list[str]) -> Iterator[Record]:
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
            continue
        except HeaderError as error:
            unread.append(f"{name}: {error}")
