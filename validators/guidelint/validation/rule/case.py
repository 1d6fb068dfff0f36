"""Cases: a rule's examples, drawn in text; at once its tests, its documentation and what ``explain`` shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guidelint.annotation.region import Origin, Value
from guidelint.geometry.spacing import Spacing

if TYPE_CHECKING:
    from datetime import datetime

    from guidelint.annotation.qualification import Qualification
    from guidelint.annotation.submission import Relation, RepeatedItem, UnknownItem, UnreadableItem, UnreadFact
    from guidelint.annotation.task_facts import TaskFacts
    from guidelint.annotation.tool import Tool
    from guidelint.geometry.raster import Boundary
    from guidelint.imaging.facts import ImageFacts
    from guidelint.imaging.pixels.grey import Unit

ONE_MM = Spacing(1.0, 1.0)
Answers = Mapping[str, Value | tuple[Value, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One region drawn in text. Rows of the text are rows of the image, one character one pixel.

    ``brush``: every character but ``.`` and space is a pixel of the mask. ``polygon`` and ``vector``: the letters
    ``a b c …`` are vertices in that order, at pixel centres; ``order`` lists them when one is visited twice.
    ``rectangle`` and ``ellipse``: the smallest box around the marked pixels. ``keypoint``: the centre of the one
    marked pixel.
    """

    text: str
    as_: Tool = "brush"
    class_name: str | None = "lesion"
    closed: bool = True
    order: str = ""
    id: str | None = ""
    """Empty: one of its own; None: delivered without one."""
    answers: Answers = field(default_factory=dict[str, Value | tuple[Value, ...]])
    object_name: str | None = None
    item_index: int | None = None
    """Which image of a task with several it lies on, from 0."""
    origin: Origin = "manual"
    parent_id: str | None = None
    labels: tuple[str, ...] | None = None
    """Labels as delivered; None: the class name."""
    control: str | None = None
    malformed: str = ""
    """Reason why its numbers make no shape, if they do not."""
    undecodable: str = ""
    """Reason why its mask cannot be decoded, if it cannot."""
    image_shape: tuple[int, int] | None = None
    """Rows, columns it states; None: those of the drawing."""
    size_problem: str = ""
    """Why what it states is no size, if it is none; its ``image_shape`` is (0, 0) then."""
    shift: tuple[float, float] = (0.0, 0.0)
    """Moved by x, y pixels after drawing, for regions that leave the image."""
    stretch: tuple[float, float] = (1.0, 1.0)
    """Width and height of a rectangle or ellipse times x, y, for sizes that no drawing has."""
    image_rotation: float = 0.0
    rotation_deg: float = 0.0
    boundary: Boundary = "inside"
    excluded: tuple[Drawn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Painted:
    """The pixels of an image drawn in text: one character one pixel, each standing for a value."""

    text: str
    values: Mapping[str, float]
    """Value of each character; what has none is padding."""
    unit: Unit = "HU"
    modality: str = "CT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """One of several submissions that a case is about: what was drawn, by whom, on which task and image."""

    draws: str | Drawn | tuple[Drawn, ...] = ""
    """What was drawn; a bare text is a brush mask, an empty one nothing."""
    annotator: str | None = "ann"
    task: str = "1"
    annotation: str = ""
    """Empty: one for each annotator and task."""
    image: ImageFacts | None = None
    """What is known of the image; None: its size, as drawn, and the spacing of the case."""
    images: tuple[ImageFacts, ...] = ()
    """What is known of each image of a task with several; none: the same of all."""
    answers: Answers = field(default_factory=dict[str, Value | tuple[Value, ...]])
    """Answers about the whole image."""
    item_answers: Mapping[int, Answers] = field(default_factory=dict[int, Answers])
    """Answers about one image of a task with several, by image, from 0."""
    lead_time_s: float | None = None
    submitted_at: datetime | None = None
    annotator_name: str = ""
    qualifications: tuple[Qualification, ...] | None = None
    """Who has passed which exam; None: nobody told."""
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One titled example of a rule."""

    title: str
    given: Mapping[str, object]
    """Parameters of the rule, as an author writes them."""
    draws: str | Drawn | tuple[Drawn, ...] | tuple[Handed, ...]
    """What was drawn; a bare text is a brush mask. Several submissions for a rule that gathers over them."""
    finds: str | None = None
    """Part of the message that must be found; None: nothing may be found."""
    cannot: str | None = None
    """Part of the reason why it cannot be evaluated; None: it must be evaluated."""
    times: int = 1
    """How many findings there must be when ``finds`` is given."""
    at: tuple[float, float] | None = None
    """Where every finding points, x, y in pixels; None: anywhere, or nowhere."""
    spacing: Spacing | None = ONE_MM
    answers: Answers = field(default_factory=dict[str, Value | tuple[Value, ...]])
    """Answers about the whole image."""
    item_answers: Mapping[int, Answers] = field(default_factory=dict[int, Answers])
    """Answers about one image of a task with several, by image, from 0."""
    of_task: Mapping[str, str] = field(default_factory=dict[str, str])
    """Named images of the task, in their order: name → title; none: it is one image, or a list."""
    one_grid: bool = False
    """Whether the images of the task show the same pixels."""
    relations: tuple[Relation, ...] = ()
    unknown_items: tuple[UnknownItem, ...] = ()
    unreadable_items: tuple[UnreadableItem, ...] = ()
    unread_facts: tuple[UnreadFact, ...] = ()
    unread_of_image: Mapping[str, str] = field(default_factory=dict[str, str])
    """Keys of the task data whose value cannot be read: key → reason."""
    contradicted_of_image: Mapping[str, str] = field(default_factory=dict[str, str])
    """Facts of the image that two places tell otherwise, by their names in a guideline: fact → reason."""
    repeated_items: tuple[RepeatedItem, ...] = ()
    items_without_id: int = 0
    skip_problem: str = ""
    """Why it cannot be told whether the task was skipped, if it cannot."""
    image_shape: tuple[int, int] | None = None
    """Rows, columns of the image according to its header; None: those of the drawing."""
    modality: str | None = "CT"
    """Modality (0008,0060) of the image."""
    pixels: Painted | None = None
    """Pixels of the image; None: they are not at hand."""
    previous: tuple[Drawn, ...] | None = None
    """Regions of the last stored version, if there was one."""
    over_slices: bool = False
    """The drawings are one slice each of one series (object rules)."""
    tasks: tuple[TaskFacts, ...] = ()
    """Tasks of the delivery, for rules that ask for tasks that nobody annotated."""
    why: str = ""
    """A sentence for the documentation, where the title does not say enough."""
