"""The contours of one image as submissions: one of each person who drew on it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.decoder import TaskRecord
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.formats.dicom_rtstruct.contours import CLOSED
from guidelint.annotation.decoding.formats.dicom_rtstruct.planes import OFF_PLANE_MM
from guidelint.annotation.decoding.parts.drawn import Drawn, RegionBuilder
from guidelint.annotation.decoding.parts.drawn_by import Algorithms, labels_among
from guidelint.annotation.decoding.parts.pixel_shapes import outline, point
from guidelint.annotation.decoding.parts.rings import region_within
from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.annotation.shape import Polygon
from guidelint.annotation.submission import UnreadableItem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.annotation.decoding.decoder import Opened
    from guidelint.annotation.decoding.files.dicom_values import Person
    from guidelint.annotation.decoding.formats.dicom_rtstruct.contours import Contour
    from guidelint.annotation.decoding.formats.dicom_rtstruct.marked_images import MarkedImage
    from guidelint.annotation.decoding.formats.dicom_rtstruct.planes import Planes
    from guidelint.annotation.decoding.formats.dicom_rtstruct.rois import Roi
    from guidelint.annotation.decoding.parts.plane import Plane
    from guidelint.annotation.shape import Points, Shape
    from guidelint.annotation.submission import Submission


@dataclass(slots=True)
class Drawing:
    """Draws the contours of one file."""

    opened: Opened
    planes: Planes
    by: Person
    """Whose work an ROI is that names nobody."""
    algorithms: Algorithms = field(default_factory=lambda: Algorithms("ROI Generation Algorithm"))

    def task(self, image: MarkedImage, position: int) -> TaskRecord:
        """Make a task of an image."""
        people = self._people(image)
        read = partial(self._submissions, image, people)
        return TaskRecord(position=position, task=image.task, data=image.data, annotations=len(people), read=read)

    def _people(self, image: MarkedImage) -> dict[str, tuple[Person, list[Contour]]]:
        """Give the contours of each person; those of no ROI that is known are of the file."""
        found: dict[str, tuple[Person, list[Contour]]] = {}
        for contour in image.contours:
            by = (contour.roi.interpreter if contour.roi else None) or self.by
            found.setdefault(by.id, (by, []))[1].append(contour)
        return found

    def _submissions(
        self, image: MarkedImage, people: dict[str, tuple[Person, list[Contour]]]
    ) -> Iterator[Submission | PayloadError]:
        for by, drawn in people.values():
            try:
                yield self._submission(image, by, drawn)
            except PayloadError as error:
                yield error

    def _submission(self, image: MarkedImage, by: Person, drawn: Sequence[Contour]) -> Submission:
        vocabulary = self.opened.vocabulary
        plane = self.planes.of(image.task, image.data)
        facts = TaskImage(image.data, vocabulary.image, self.opened.given)
        builder = RegionBuilder(vocabulary, facts, (plane.shape[1], plane.shape[0]), ("Columns", "Rows"))
        for contours in _by_item(drawn):
            _OfRoi(builder, plane, self.algorithms, contours).draw()
        return builder.submission(image.task, by.id, annotator_name=by.name)


@dataclass(frozen=True, slots=True)
class _OfRoi:
    """The contours of one ROI on one image."""

    builder: RegionBuilder
    plane: Plane
    algorithms: Algorithms
    contours: Sequence[Contour]

    def draw(self) -> None:
        """Add a region for all closed contours together, and one for each point and line."""
        placed = [(contour, places) for contour in self.contours if (places := self._places(contour)) is not None]
        closed = [(contour, places) for contour, places in placed if contour.kind in CLOSED]
        if len(closed) == sum(contour.kind in CLOSED for contour in self.contours):
            self._region(closed)  # what lacks a contour is another region
        for number, (contour, places) in enumerate(placed, start=1):
            if contour.kind not in CLOSED:
                self._add(contour, self._of_points(contour, places), f"/{number}")

    def _places(self, contour: Contour) -> Points | None:
        """Give the pixels that a contour goes through; None: it cannot be read, which is told."""
        problem = contour.problem
        if not problem and contour.points_mm is not None:
            off_mm = self.plane.off_mm(contour.points_mm)
            if off_mm <= OFF_PLANE_MM:
                return self.plane.places(contour.points_mm)
            problem = f"it lies up to {off_mm:.1f} mm off the plane of its image; {OFF_PLANE_MM} mm are rounding"
        self._unreadable(contour, problem)
        return None

    def _region(self, closed: Sequence[tuple[Contour, Points]]) -> None:
        if not closed:
            return
        first, roi = closed[0][0], closed[0][0].roi
        boundary = self.builder.boundary(labels_among((roi.name, *roi.called), self.builder) if roi else ())
        outlines = [outline(places, self.builder.image_shape) for _, places in closed]
        self._add(first, region_within(outlines, self.builder.image_shape, boundary), "")

    def _of_points(self, contour: Contour, places: Points) -> Shape:
        if contour.kind == "POINT":
            x, y = places[0].tolist()
            return point(x, y, self.builder.image_shape)
        shape = outline(places, self.builder.image_shape)
        return replace(shape, closed=False, tool="vector") if isinstance(shape, Polygon) else shape

    def _add(self, contour: Contour, shape: Shape, part: str) -> None:
        assert contour.roi is not None  # noqa: S101 - narrows the type: a contour without one has a problem
        roi: Roi = contour.roi
        try:
            origin = self.algorithms.origin(roi.algorithm, roi.words, self.builder)
        except PayloadError as error:
            self._unreadable(contour, str(error))
            return
        labels = labels_among((roi.name, *roi.called), self.builder)
        kind = contour.kind.lower()
        self.builder.add(Drawn(f"{roi.number}{part}", shape, labels, contour.item, kind, (), roi.object_name, origin))

    def _unreadable(self, contour: Contour, problem: str) -> None:
        self.builder.unreadable.append(UnreadableItem(contour.item - 1, f"{contour.place}: {problem}"))


def _by_item(drawn: Sequence[Contour]) -> list[list[Contour]]:
    """Give the contours of each ROI, in the order of the file."""
    found: dict[int, list[Contour]] = {}
    for contour in drawn:
        found.setdefault(contour.item, []).append(contour)
    return [found[item] for item in sorted(found)]
