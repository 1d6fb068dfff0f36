"""What one annotator marked on one image, put together as a submission: for formats that count in pixels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.annotation.decoding.files.json_record import PayloadError
from guidelint.annotation.decoding.parts.answers import about_images, together
from guidelint.annotation.decoding.parts.image_size import image_shape_of, size_problem
from guidelint.annotation.decoding.parts.naming import ClassNames
from guidelint.annotation.decoding.parts.several_labels import of_each_class
from guidelint.annotation.decoding.parts.shared_grid import SharedGrid
from guidelint.annotation.decoding.parts.taken_out import TakenOut
from guidelint.annotation.region import Answer, Region
from guidelint.annotation.shape import Ellipse, Malformed, Polygon, Raster, Rectangle
from guidelint.annotation.submission import Submission, UnreadableItem

if TYPE_CHECKING:
    from guidelint.annotation.decoding.parts.task_data import TaskImage
    from guidelint.annotation.region import Origin
    from guidelint.annotation.shape import Shape
    from guidelint.annotation.submission import UnreadFact
    from guidelint.annotation.vocabulary import Vocabulary
    from guidelint.geometry.raster import Boundary

MAX_ITEMS = 20_000
"""Most regions of one annotator on one image."""
MAX_MALFORMED = 1_000
"""Most regions of one annotator on one image whose numbers make no shape: every rule that looks at one says so."""
MAX_ROWS = 2_000_000
"""Most rows of pixels that the regions of one image cross, all counted together: a few bytes may paint thousands."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One region as a format delivers it."""

    id: str
    """Empty: it has none."""
    shape: Shape
    labels: tuple[str, ...]
    item: int
    """Which entry of the image draws it, from 1."""
    delivered_type: str
    answers: tuple[Answer, ...] = ()
    object_name: str | None = None
    origin: Origin = "manual"
    rows: int | None = None
    """How many rows of pixels a mask crosses, where that is known; None: as many as its shape may."""


@dataclass(slots=True)
class RegionBuilder:
    """Collects the regions of one image."""

    vocabulary: Vocabulary
    image: TaskImage
    size: tuple[object, object]
    """Width and height of the image as delivered."""
    size_names: tuple[str, str] = ("width", "height")
    of_grid: bool = False
    """Whether it is drawn on all images of the task at once, where they show the same pixels."""
    unreadable: list[UnreadableItem] = field(default_factory=list[UnreadableItem])
    unread_facts: list[UnreadFact] = field(default_factory=list["UnreadFact"])
    image_answers: list[Answer] = field(default_factory=list[Answer])
    without_id: int = 0
    count: int = 0
    rows: int = 0
    """Rows of pixels that the regions cross, at most, all counted together."""
    image_shape: tuple[int, int] = (0, 0)
    _classes: ClassNames = field(init=False)
    _grid: SharedGrid | None = field(init=False)
    _regions: list[Region] = field(default_factory=list[Region])

    def __post_init__(self) -> None:
        """Read the size once."""
        self.image_shape = image_shape_of(*self.size)
        self._classes = ClassNames(self.vocabulary)
        self._grid = SharedGrid(self.vocabulary) if self.of_grid and self.vocabulary.one_grid else None

    def is_class(self, label: str) -> bool:
        """Whether a label means a class of the guideline."""
        return self._classes.among((label,))[0] is not None

    def boundary(self, labels: tuple[str, ...]) -> Boundary:
        """Whether pixels on the outline of a region with these labels belong to it."""
        _, entry = self._classes.among(labels)
        return entry.boundary if entry else "inside"

    def add(self, drawn: Drawn) -> None:
        """Take a region; of too many none is kept, and ``submission`` says so."""
        self.count += 1
        if self.count > MAX_ITEMS:
            return
        class_name, entry = self._classes.among(drawn.labels)
        item = self._grid.item_of(entry) if self._grid else None
        shown = self.image.image(self.image_shape, item)
        self.without_id += not drawn.id
        rows = rows_of(drawn.shape, self.image_shape[0]) if drawn.rows is None else drawn.rows
        self.rows += min(rows, self.image_shape[0])
        region = Region(
            id=drawn.id,
            class_name=class_name,
            shape=drawn.shape,
            image_shape=self.image_shape,
            size_problem="" if any(self.image_shape) else size_problem(*self.size, self.size_names),
            labels=drawn.labels,
            answers=together(drawn.answers),
            spacing=shown.facts.spacing,
            spacing_problem=shown.facts.spacing_problem,
            pixels=shown.pixels,
            number=self.count,
            item=drawn.item,
            class_title=entry.title if entry else "",
            delivered_type=drawn.delivered_type,
            object_name=drawn.object_name,
            item_index=item,
            named=None if item is None else self.vocabulary.image.of_task[item],
            origin=drawn.origin,
            boundary=entry.boundary if entry else "inside",
        )
        self._regions += of_each_class(region, self._classes)

    def submission(self, task: str, annotator: str | None, *, annotator_name: str = "") -> Submission:
        """Put all of it together. Raises PayloadError where it is too much to be measured."""
        if self.count > MAX_ITEMS:
            raise PayloadError(f"it has {self.count:,} regions; more than {MAX_ITEMS:,} on one image are not read")
        malformed = [region.shape for region in self._regions if isinstance(region.shape, Malformed)]
        if len(malformed) > MAX_MALFORMED:
            first = f"{len(malformed):,} of its regions have no shape (the first: {malformed[0].reason})"
            raise PayloadError(f"{first}; more than {MAX_MALFORMED:,} on one image are not judged")
        if self.rows > MAX_ROWS:
            crossed = f"its {len(self._regions):,} regions cross up to {self.rows:,} rows of pixels"
            raise PayloadError(f"{crossed}; more than {MAX_ROWS:,} on one image are not measured")
        answers, _ = about_images(self.image_answers)
        if self._grid is None:
            self._tell_of_named_images()
        return Submission(
            task=task,
            annotation="",
            annotator=annotator,
            image=self.image.facts(self.image_shape),
            regions=TakenOut(self.vocabulary).of(self._regions),
            answers=answers,
            item_images=self._grid.facts(self.image, self.image_shape) if self._grid else {},
            item_count=self.image.count,
            one_grid=self.vocabulary.one_grid,
            unreadable_items=tuple(self.unreadable),
            unread_facts=tuple(self.unread_facts),
            items_without_id=self.without_id,
            result_items=self.count + len(self.unreadable),
            annotator_name=annotator_name,
        )

    def _tell_of_named_images(self) -> None:
        """Take nothing for work on one of several images where nothing says on which."""
        if of_task := self.vocabulary.image.of_task:
            titles = ", ".join(image.title for image in of_task)
            reason = (
                f"a task shows several images ({titles}), and this format does not say on which of them it is drawn"
            )
            self.unreadable.append(UnreadableItem(0, reason))


def submission_or_reason(builder: RegionBuilder, task: str, annotator: str | None) -> Submission | PayloadError:
    """Give the submission, or why there is none."""
    try:
        return builder.submission(task, annotator)
    except PayloadError as error:
        return error


def rows_of(shape: Shape, image_rows: int) -> int:
    """Count the rows of pixels that a shape crosses, at most; a mask is not decoded for it."""
    match shape:
        case Raster():
            return image_rows
        case Rectangle() as box:
            return image_rows if box.rotation_deg else int(abs(box.height)) + 1
        case Ellipse() as oval:
            return int(2 * max(abs(oval.radius_x), abs(oval.radius_y))) + 1
        case Polygon(points=points) if points.size:
            return int(points[:, 1].max() - points[:, 1].min()) + 1
        case _:
            return 0
