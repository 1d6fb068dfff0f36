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
            return contour.images[0]
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
        fitting: list[int] = np.flatnonzero(off_mm <= OFF_PLANE_MM).tolist()
        if len(fitting) == 1:
            return images[fitting[0]]
        lie = f"{len(fitting)} lie" if fitting else "none lies"
        reason = f"it refers to no image, and of {len(images)} images whose place is known {lie} where it does"
        raise PayloadError(f"{reason}. Give the headers of the images that the file lists: --facts FOLDER")

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
        for reference in items(self.dataset, 0x30060010):
            for study in items(reference, 0x30060012):
                for series in items(study, 0x30060014):
                    found.add(plain(series, 0x0020000E), referred(tuple(items(series, 0x30060016))))
        return found

    def _data(self, image: Referred) -> dict[str, object]:
        told = image.data(self.keys)
        series = self._listed.series.get(image.uid) or self._listed.only_series
        patient = plain(self.dataset, 0x00100020)
        more = {self.keys.series_uid: series, self.keys.patient: patient}
        return told | {key: value for key, value in more.items() if value}
