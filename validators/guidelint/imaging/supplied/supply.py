"""All facts that were given beside the task data, found by image."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from guidelint.imaging.beside import Beside, Record
from guidelint.imaging.files.walk import Walk
from guidelint.imaging.image_name import steps, without_ending
from guidelint.imaging.supplied.headers import Headers
from guidelint.imaging.supplied.table import Table
from guidelint.imaging.supplied.uses import STEP, Uses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from guidelint.imaging.pixels.frame import Frame
    from guidelint.imaging.supplied.uses import Noted, Used

_NAMED = 3
"""So many records that fit several images are named."""


@dataclass(slots=True)
class Supply:
    """Records by what tells images apart: their SOP Instance UID, or else the end of their path."""

    searched: str
    """What was looked through, for people."""
    kind: str
    """What its records are, for people, in the plural: ``rows``, ``files``."""
    records: tuple[Record, ...] = ()
    notes: tuple[str, ...] = ()
    """What was passed over, for people."""
    _by_uid: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    _by_end: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    """By every end of a path, its last step first and without its ending."""
    _by_path: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    """By the whole path, in the same way."""
    _uses: Uses = field(default_factory=Uses)
    says_guidelines: bool = field(default=False, init=False)
    """Whether any record says under which guideline its image was annotated."""

    def __post_init__(self) -> None:
        self.says_guidelines = any(record.guideline for record in self.records)
        for number, record in enumerate(self.records):
            if uid := record.value("sop_uid"):
                self._by_uid.setdefault(uid, []).append(number)
            if record.image:
                path = _backwards(record.image)
                self._by_path.setdefault(STEP.join(path), []).append(number)
                for length in range(1, len(path) + 1):
                    self._by_end.setdefault(STEP.join(path[:length]), []).append(number)

    def of(self, image: str, sop_uid: str, frame: Frame | None = None) -> Beside:
        """Find what is told of an image: by its UID where it has one that is known here, else by the end of its path.

        What names another UID than the image has is not about it, however alike their names are. What fits two images
        that are not the same by its path is about neither from the second on. ``frame``: which of a file with several.
        """
        found = self._by_uid.get(sop_uid, []) if sop_uid else []
        named = found or (self._named(image) if image else [])
        about = [number for number in named if not sop_uid or self.records[number].value("sop_uid") in {"", sop_uid}]
        if not found:
            for number in about:
                self._uses.note(number, STEP.join(_backwards(image)), image)
        doubtful = () if found else tuple(number for number in about if number in self._uses.others)
        return Beside(
            tuple((number, self.records[number].of_frame(frame)) for number in about if number not in doubtful),
            self.searched,
            tuple((self.records[number].place, self._uses.other(number, image)) for number in doubtful),
        )

    def begin_anew(self, used: Mapping[int, Used]) -> None:
        """Forget for which images it was used, but for what is told; from then on note what is new."""
        self._uses = Uses()
        self._uses.know(used)

    def noted(self) -> Noted:
        """Give what was new of its uses since it was asked last."""
        noted, self._uses.noted = self._uses.noted, []
        return noted

    def otherwise(self, noted: Noted) -> Mapping[int, Used]:
        """Give what is known here of records that others began to use as if nothing were."""
        return self._uses.otherwise(noted)

    def merge(self, noted: Noted) -> None:
        """Take in what others noted behind all this."""
        for number, use in noted:
            self._uses.take(number, use)

    def doubts(self) -> Iterator[str]:
        """Say which records fit several images, where that was seen only after the first was judged by them."""
        if fits := self._uses.others:
            named = (f"{self.records[one].place} ({' and '.join(fits[one])})" for one in islice(fits, _NAMED))
            more = f" and {len(fits) - _NAMED} more" if len(fits) > _NAMED else ""
            remedy = "Write more of the path into the table" if self.kind == "rows" else "Lay them in folders as there"
            several = f"{len(fits)} of the {self.kind} of {self.searched} may be about several images"
            yield (
                f"{several}: {', '.join(named)}{more}."
                f" Work on the image named first was judged by it, and need not be right. {remedy}, and check again"
            )

    def _named(self, image: str) -> list[int]:
        """Find records whose path ends that of the image, the longest first; else those whose path ends with it."""
        path = _backwards(image)
        for length in range(len(path), 0, -1):
            if found := self._by_path.get(STEP.join(path[:length])):
                return self._of_same_format(found, image)
        return self._of_same_format(self._by_end.get(STEP.join(path), []), image)

    def _of_same_format(self, found: list[int], image: str) -> list[int]:
        """Prefer what is named with the ending of the image."""
        last = steps(image)[-1]
        return [number for number in found if steps(self.records[number].image)[-1] == last] or found


def _backwards(name: str) -> list[str]:
    *folders, last = steps(name)
    return [without_ending(last), *reversed(folders)]


def supply(path: Path) -> Supply:
    """Read the facts of a table, or of the headers below a folder. Raises TableError."""
    if path.is_dir():
        headers = Headers(Walk(path))
        return _supply(path.name or str(path), "files", headers.records(), headers)
    table = Table(path)
    return _supply(path.name, "rows", table.records(), table)


def _supply(searched: str, kind: str, records: Iterable[Record], source: Headers | Table) -> Supply:
    read = tuple(records)
    return Supply(searched, kind, read, tuple(source.notes()))
