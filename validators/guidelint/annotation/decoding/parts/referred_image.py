"""The image that a DICOM object refers to, as a task: its name, and what the object tells of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from guidelint.annotation.decoding.files.dicom_values import items, plain
from guidelint.imaging.items import FRAME_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydicom.dataset import Dataset

    from guidelint.imaging.keys import ImageKeys

_STORAGE: Final = "1.2.840.10008.5.1.4.1.1."
MODALITY_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        _STORAGE + ending: modality
        for modality, endings in {
            "CR": ("1",),
            "DX": ("1.1", "1.1.1"),
            "MG": ("1.2", "1.2.1"),
            "CT": ("2", "2.1", "2.2"),
            "US": ("3.1", "6.1", "6.2"),
            "MR": ("4", "4.1", "4.3", "4.4"),
            "XA": ("12.1", "12.1.1"),
            "NM": ("20",),
            "PT": ("128", "128.1", "130"),
        }.items()
        for ending in endings
    }
)
"""SOP class of an image → the only Modality (0008,0060) that its images can have."""


class Referred(NamedTuple):
    """One image, or one frame of a file with several."""

    uid: str
    """SOP Instance UID."""
    frame: int | None = None
    """Which frame, from 1; None: it has one only; 0: what is told is the number of no frame."""
    sop_class: str = ""

    @property
    def name(self) -> str:
        """What the task is called."""
        return self.uid if self.frame is None else f"{self.uid} frame {self.frame}"

    def data(self, keys: ImageKeys) -> dict[str, object]:
        """Tell which image it is, under the keys of the guideline."""
        told: dict[str, object] = {keys.image: self.name, keys.sop_uid: self.uid}
        if modality := MODALITY_OF.get(self.sop_class):
            told[keys.modality] = modality
        if self.frame is not None:
            told[FRAME_KEY] = self.frame
        return told


def referred(sequences: Iterator[Dataset] | tuple[Dataset, ...]) -> tuple[Referred, ...]:
    """Give each image that these items refer to once: an image with several of its frames is several."""
    found: dict[Referred, None] = {}
    for item in sequences:
        if uid := plain(item, 0x00081155):
            stated = plain(item, 0x00081160).split("\\")
            told = [part.strip() for part in stated if part.strip()]
            frames: list[int | None] = [int(part) if part.isdecimal() else 0 for part in told]
            found.update(dict.fromkeys(Referred(uid, frame, plain(item, 0x00081150)) for frame in frames or [None]))
    return tuple(found)


@dataclass(slots=True)
class Listed:
    """The images that an object lists as those it is about, with their series and studies."""

    series: dict[str, str] = field(default_factory=dict[str, str])
    """SOP Instance UID → Series Instance UID; empty: two series claim it."""
    studies: dict[str, str] = field(default_factory=dict[str, str])
    """SOP Instance UID → Study Instance UID; empty: it is not told, or two studies claim it."""
    images: dict[str, Referred] = field(default_factory=dict[str, Referred])
    named: set[str] = field(default_factory=set[str])
    """Every series that is named, also without its images."""

    def add(self, study: str, series: str, images: tuple[Referred, ...]) -> None:
        """Take the images of a series."""
        self.named.add(series)
        for image in images:
            self.images.setdefault(image.uid, image)
            for name, known in ((study, self.studies), (series, self.series)):
                if known.setdefault(image.uid, name) != name:
                    known[image.uid] = ""

    def told(self, uid: str, keys: ImageKeys) -> dict[str, object]:
        """Tell the study and the series of an image, as far as they are listed, under the keys of the guideline."""
        told = {keys.study_uid: self.studies.get(uid), keys.series_uid: self.series.get(uid)}
        return {key: name for key, name in told.items() if name}

    @property
    def only_image(self) -> Referred | None:
        """The image, where there is no other."""
        return next(iter(self.images.values())) if len(self.images) == 1 else None

    @property
    def only_series(self) -> str:
        """The series, where there is no other."""
        return next(iter(self.named)) if len(self.named) == 1 else ""


def listed(dataset: Dataset) -> Listed:
    """Find the images that an object lists: Referenced Series (0008,1115), also those of other studies (0008,1200)."""
    found = Listed()
    for holder in (dataset, *items(dataset, 0x00081200)):
        for series in items(holder, 0x00081115):
            study = plain(holder, 0x0020000D)
            found.add(study, plain(series, 0x0020000E), referred(tuple(items(series, 0x0008114A))))
    return found
