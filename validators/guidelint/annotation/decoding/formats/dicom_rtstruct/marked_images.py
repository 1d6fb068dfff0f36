"""The images that contours lie on: each with its contours, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from guidelint.annotation.decoding.files.dicom_values import items, plain
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.formats.dicom_rtstruct.planes import OFF_PLANE_MM
from guidelint.annotation.decoding.parts.referred_image import Listed, referred

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt
    from pydicom.dataset import Dataset

    from guidelint.annotation.decoding.formats.dicom_rtstruct.contours import Contour
    from guidelint.annotation.decoding.formats.dicom_rtstruct.planes import Planes
    from guidelint.annotation.decoding.parts.plane import Plane
    from guidelint.annotation.decoding.parts.referred_image import Referred
    from guidelint.imaging.keys import ImageKeys

MOST_TRIED: Final = 5_000
"""So many images that a file lists are tried for a contour that says of none."""

_REMEDY: Final = "Give the headers of the images that the file lists: --facts FOLDER"


@dataclass(frozen=True, slots=True)
class MarkedImage:
    """One image, and the contours that were drawn on it."""

    task: str
    data: Mapping[str, object]
    """What is told of it, under the keys of the guideline."""
    contours: list[Contour] = field(default_factory=list["Contour"])


@dataclass
class MarkedImages:
    """Gathers the contours of each image, in their order."""

    dataset: Dataset
    keys: ImageKeys
    planes: Planes
    unread: list[str] = field(default_factory=list[str])
    """Contours of which no image is known, for people."""
    _on_image: dict[str, MarkedImage] = field(default_factory=dict[str, MarkedImage])

    def add(self, contour: Contour) -> None:
        """Find the image of a contour."""
        try:
            image = self._image(contour)
        except PayloadError as error:
            self.unread.append(f"{contour.place} cannot be read: {contour.problem or error}")
            return
        known = self._on_image.setdefault(image.name, MarkedImage(image.name, self._data(image)))
        known.contours.append(contour)

    def found(self) -> Iterator[MarkedImage]:
        """Give each image that contours lie on."""
        yield from self._on_image.values()

    def _image(self, contour: Contour) -> Referred:
        if len(contour.images) == 1:
            (image,) = contour.images
            if other := self._other_reference(contour, image):
                raise PayloadError(f"its ROI lies in another frame of reference than its image ({other})")
            return image
        if contour.images:
            raise PayloadError(f"it refers to {len(contour.images)} images")
        return self._at_place(contour)

    def _at_place(self, contour: Contour) -> Referred:
        """Find the image in whose plane a contour lies. Raises PayloadError where there is none, or several."""
        points = contour.points_mm
        if points is None:
            raise PayloadError("it says of no image")
        images, normals, along_mm = self._tried
        off_mm = np.abs(points @ normals - along_mm).max(axis=0)
        in_plane: list[int] = np.flatnonzero(off_mm <= OFF_PLANE_MM).tolist()
        fitting = [images[number] for number in in_plane if not self._other_reference(contour, images[number])]
        if len(fitting) == 1:
            return fitting[0]
        reason = f"it refers to no image, and of {len(images)} images whose place is known"
        if fitting:
            raise PayloadError(f"{reason} {len(fitting)} lie where it does. Let it refer to the one it was drawn on")
        raise PayloadError(f"{reason} none lies where it does. {_REMEDY}")

    def _other_reference(self, contour: Contour, image: Referred) -> str:
        """Give the frame of reference of an image that is another than that of a contour; empty: it is none."""
        own = contour.roi.reference if contour.roi else ""
        of_image = self._references.get(image.uid, set())
        return min(of_image) if own and of_image and own not in of_image else ""

    @cached_property
    def _tried(self) -> tuple[list[Referred], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Images that the file lists, as far as their place is known; normals (3, n), and where each lies along its."""
        placed = list(self._placed())
        normals = np.array([plane.normal for _, plane in placed]).reshape(-1, 3)
        at = np.array([plane.position_mm for _, plane in placed]).reshape(-1, 3)
        return [image for image, _ in placed], normals.T, (normals * at).sum(axis=1)

    def _placed(self) -> Iterator[tuple[Referred, Plane]]:
        for image in [*self._listed.images.values()][:MOST_TRIED]:
            try:
                yield image, self.planes.of(image.name, self._data(image))
            except PayloadError:
                continue

    @cached_property
    def _listed(self) -> Listed:
        """The images that the file lists, by series."""
        found = Listed()
        for _, study, series, images in self._series():
            found.add(study, series, images)
        return found

    @cached_property
    def _references(self) -> dict[str, set[str]]:
        """SOP Instance UID → the frames of reference under which the file lists the image."""
        found: dict[str, set[str]] = {}
        for reference, _, _, images in self._series():
            for image in images if reference else ():
                found.setdefault(image.uid, set()).add(reference)
        return found

    def _series(self) -> Iterator[tuple[str, str, str, tuple[Referred, ...]]]:
        """Give each series that the file lists: its frame of reference, its study, its UID, its images."""
        for reference in items(self.dataset, 0x30060010):
            for study in items(reference, 0x30060012):
                for series in items(study, 0x30060014):
                    images = referred(tuple(items(series, 0x30060016)))
                    yield plain(reference, 0x00200052), plain(study, 0x00081155), plain(series, 0x0020000E), images

    def _data(self, image: Referred) -> dict[str, object]:
        told = image.data(self.keys)
        more = {self.keys.series_uid: self._listed.only_series, self.keys.patient: plain(self.dataset, 0x00100020)}
        return told | {key: value for key, value in more.items() if value} | self._listed.told(image.uid, self.keys)
