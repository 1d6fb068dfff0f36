"""The frames of one image as a submission."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from guidelint.annotation.decoding.decoder import TaskRecord
from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.formats.dicom_seg.budget import Budget
from guidelint.annotation.decoding.formats.dicom_seg.grid import refuse_other_grid
from guidelint.annotation.decoding.parts.drawn import Drawn, RegionBuilder
from guidelint.annotation.decoding.parts.drawn_by import Algorithms, labels_among
from guidelint.annotation.decoding.parts.painted import painted
from guidelint.annotation.decoding.parts.task_data import TaskImage
from guidelint.annotation.shape import Malformed, Raster
from guidelint.annotation.submission import UnreadableItem
from guidelint.geometry.mask import Mask, MaskError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from guidelint.annotation.decoding.decoder import Opened
    from guidelint.annotation.decoding.files.dicom_values import Person
    from guidelint.annotation.decoding.formats.dicom_seg.frames import SegFrame
    from guidelint.annotation.decoding.formats.dicom_seg.marked_images import MarkedImage
    from guidelint.annotation.decoding.formats.dicom_seg.segments import Segments
    from guidelint.annotation.decoding.formats.dicom_seg.stored import StoredFrames
    from guidelint.annotation.submission import Submission


@dataclass(slots=True)
class Drawing:
    """Draws what the frames of one file show."""

    opened: Opened
    stored: StoredFrames
    segments: Segments
    by: Person
    padding: int = 0
    """Value that means nothing in a label map."""
    budget: Budget = field(init=False)
    algorithms: Algorithms = field(default_factory=lambda: Algorithms("Segment Algorithm Type"))

    def __post_init__(self) -> None:
        """Tell how much is measured of the file."""
        rows, columns = self.stored.shape
        self.budget = Budget.of(rows * columns * self.stored.count)

    @property
    def is_label_map(self) -> bool:
        """Whether a frame shows all segments at once."""
        return self.stored.kind == "LABELMAP"

    def task(self, image: MarkedImage, position: int) -> TaskRecord:
        """Make a task of an image."""
        read = partial(self._submissions, image)
        return TaskRecord(position=position, task=image.task, data=image.data, annotations=1, read=read)

    def _submissions(self, image: MarkedImage) -> Iterator[Submission | PayloadError]:
        vocabulary, (rows, columns) = self.opened.vocabulary, self.stored.shape
        facts = TaskImage(image.data, vocabulary.image, self.opened.given)
        builder = RegionBuilder(vocabulary, facts, (columns, rows), ("Columns", "Rows"))
        try:
            refuse_other_grid(image.data, vocabulary.image, self.opened.given)
            self._draw_all(image, builder)
            yield builder.submission(image.task, self.by.id, annotator_name=self.by.name)
        except PayloadError as error:
            yield error

    def _draw_all(self, image: MarkedImage, builder: RegionBuilder) -> None:
        shown: dict[int | None, int] = {}
        for frame in image.frames:
            try:
                self._draw(frame, builder, shown)
            except PayloadError as error:
                builder.unreadable.append(UnreadableItem(frame.number - 1, f"frame {frame.number}: {error}"))

    def _draw(self, frame: SegFrame, builder: RegionBuilder, shown: dict[int | None, int]) -> None:
        """Add a region for each segment that a frame shows. ``shown``: in which frame each was on this image."""
        self._refuse_unclear(frame, shown)
        problems: list[str] = []
        for number, mask in self._masks_or_reason(frame):
            try:
                self._add(frame, number, mask, builder)
            except PayloadError as error:
                problems.append(str(error))
        if problems:
            more = f", and so {len(problems) - 1:,} more" if len(problems) > 1 else ""
            raise PayloadError(f"{problems[0]}{more}")

    def _refuse_unclear(self, frame: SegFrame, shown: dict[int | None, int]) -> None:
        """Raise PayloadError for a frame that shows nothing known, or what another does; an empty one says as much."""
        number = None if self.is_label_map else frame.segment
        if problem := frame.problem or ("" if self.is_label_map else self.segments.problem(number)):
            raise PayloadError(problem)
        if (first := shown.setdefault(number, frame.number)) != frame.number:
            what = "a label map" if number is None else f"segment {number}"
            raise PayloadError(f"it shows {what} on this image, as frame {first} does")

    def _add(self, frame: SegFrame, number: int | None, mask: Mask | str, builder: RegionBuilder) -> None:
        if problem := self.segments.problem(number):
            raise PayloadError(problem)
        assert number is not None  # noqa: S101 - narrows the type: None has a problem
        segment = self.segments.by_number[number]
        drawn = Drawn(
            str(number),
            Malformed("brush", mask) if isinstance(mask, str) else Raster(partial(_given, mask), "brush"),
            labels_among((segment.label, *segment.codes), builder),
            frame.number,
            self.stored.kind.lower(),
            object_name=segment.object_name,
            origin=self.algorithms.origin(segment.algorithm, f"segment {number}", builder),
        )
        builder.add(drawn)

    def _masks_or_reason(self, frame: SegFrame) -> list[tuple[int | None, Mask | str]]:
        """Give what a frame shows by the numbers of segments; nothing where all of it is empty."""
        self.budget.refuse_spent()
        values = self._values(frame)
        if self.is_label_map:
            self.budget.refuse_values(values)
        try:
            found = list(painted(values, self.padding if self.is_label_map else 0))
        except MaskError as error:
            if self.is_label_map:
                raise PayloadError(str(error)) from error
            return [(frame.segment, str(error))]
        self.budget.spend([mask for _, mask in found])
        return [(value if self.is_label_map else frame.segment, mask) for value, mask in found]

    def _values(self, frame: SegFrame) -> npt.NDArray[Any]:
        try:
            values = self.stored.values(frame.number)
        except PayloadError:
            raise
        except Exception as error:  # a hostile frame can make a decoder raise anything
            raise PayloadError(f"its pixels cannot be read ({type(error).__name__}: {str(error)[:100]})") from error
        if self.stored.kind != "FRACTIONAL":
            return values
        if (largest := int(values.max(initial=0))) > self.stored.most:
            raise PayloadError(f"it has the value {largest}, above its Maximum Fractional Value, {self.stored.most}")
        return (2 * values.astype(np.uint16) >= self.stored.most).astype(np.uint8)


def _given(mask: Mask) -> Mask:
    return mask
