"""Examples as their authors write them. Field docstrings are the reference documentation."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from guidelint.language.form.fields import ClassKey, Line, Name, QuestionKey, Text, Written
from guidelint.language.form.shorthand import OneOrMore
from guidelint.validation.rule.parameters.also_called import AlsoCalled

Px = Annotated[float, Field(ge=-1e5, le=1e5, allow_inf_nan=False)]
Point = tuple[Px, Px]
Box = tuple[Px, Px, Px, Px]
SidePx = Annotated[int, Field(ge=1, le=100_000)]
Mm = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
Value = str | float
Given = dict[QuestionKey, Annotated[tuple[Value, ...], Field(max_length=100), OneOrMore]]
Question = Annotated[QuestionKey, Field()]
Verdict = Literal["accepted", "returned", "escalated", "unverified"]
Kind = Literal["positive", "negative", "borderline"]
Use = Literal["teach", "exam"]
MOST_POINTS = 10_000
"""Vertices of one outline, boxes of one painted area."""
SHAPES = ("polygon", "rectangle", "ellipse", "keypoint", "vector", "brush", "bitmask")
"""Keys under which a shape stands; each is the name of its tool."""


class Picture(Written):
    """The image: a file beside the examples, or a blank canvas."""

    file: Line | None = None
    """PNG, JPEG, TIFF or DICOM file in the folder of the examples; left out: a blank canvas."""
    rows: SidePx | None = None
    """Rows of the canvas; 200 where nothing is said."""
    columns: SidePx | None = None
    """Columns of the canvas; 200 where nothing is said."""
    spacing_mm: Annotated[tuple[Mm, ...], Field(min_length=1, max_length=2), OneOrMore] | None = None
    """Millimetres from pixel to pixel; of two, the first is between rows. Left out: not known, or as the file says."""
    modality: Line | None = None
    """Modality (0008,0060); left out: as a DICOM file says, or else the first that the guideline allows."""
    facts: Annotated[dict[Line, str | float], Field(max_length=50)] = {}
    """Further facts of the image, under the keys that the data of a task have."""


class Drawn(Written):
    """One region: its class, its shape, and the answers to the questions that it is asked."""

    of: Annotated[ClassKey, Field(alias="class"), AlsoCalled("label")]
    """Class of the region."""
    on: Name | None = None
    """Which of the images of a task it lies on; left out: the first that its class may be drawn on."""
    polygon: Annotated[tuple[Point, ...], Field(max_length=MOST_POINTS)] | None = None
    """Vertices of an outline in pixels: `[[x, y], …]`, from the outer corner of the first pixel."""
    unclosed: bool = False
    """Whether the outline was left open, as a polygon that nobody has finished."""
    rectangle: Box | None = None
    """A box: `[left, top, width, height]`."""
    ellipse: Box | None = None
    """An ellipse: `[centre x, centre y, radius x, radius y]`."""
    keypoint: Point | None = None
    """A point: `[x, y]`."""
    vector: Annotated[tuple[Point, ...], Field(max_length=MOST_POINTS)] | None = None
    """Vertices of an open line: `[[x, y], …]`."""
    brush: Annotated[tuple[Box, ...], Field(max_length=MOST_POINTS)] | None = None
    """A painted area, as boxes of whole pixels: `[[left, top, width, height], …]`."""
    bitmask: Annotated[tuple[Box, ...], Field(max_length=MOST_POINTS)] | None = None
    """The same, painted with the bitmask tool."""
    answers: Given = {}
    """Question → option, options, number or text."""
    unanswered: Annotated[tuple[Question, ...], OneOrMore] = ()
    """Questions that `common` answers and this region leaves open."""
    object: Line | None = None
    """Name of the object over the slices of a series, as annotators write it."""

    @property
    def tool(self) -> str:
        """Tool that the shape is drawn with."""
        return next(name for name in SHAPES if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _one_shape(self) -> Self:
        if sum(getattr(self, name) is not None for name in SHAPES) != 1:
            raise ValueError(f"give one shape: {', '.join(SHAPES)}")
        return self


class Marked(Written):
    """What was drawn and answered."""

    drawn: Annotated[tuple[Drawn, ...], Field(max_length=1000)] = ()
    """Regions, drawn by hand in pixels."""
    answers: Given = {}
    """Answers about the image: question → option, options, number or text."""
    unanswered: Annotated[tuple[Question, ...], OneOrMore] = ()
    """Questions about the image that `common` answers and that are left open here."""
    answers_on: dict[Name, Given] = {}
    """Named image of a task → answers about it, where they are others than of all that are asked."""
    result: Line | None = None
    """JSON file in the folder of the examples with the `result` of an annotation, as Label Studio gives it."""


class Slice(Marked):
    """One slice of a series."""

    at_mm: Annotated[float, Field(ge=-1e4, le=1e4)]
    """Where it lies along the series, in mm."""


class Reading(Marked):
    """What one of several readers handed in."""

    reader: Line
    """Who read it, by a name for this example."""


class Visit(Marked):
    """One visit of the patient."""

    day: Annotated[int, Field(ge=0, le=100_000)]
    """How many days after the first visit it was; of the first 0."""
    time_point: Line | None = None
    """What the visit is called, as the task data call it; left out: it goes by its day."""
    image: Picture | None = None
    """Its image; left out: that of the example."""
    slices: Annotated[tuple[Slice, ...], Field(max_length=200)] = ()
    """Slices of its series, in place of one image."""
    derived: Given = {}
    """Answers that must follow at this visit: question → answer."""


class Example(Marked):
    """An image, an annotation, and the verdict that it must get."""

    title: Line | None = None
    """What it shows, for people; left out: its name."""
    shows: ClassKey | None = None
    """Class that it is an example of."""
    kind: Annotated[Kind | None, Field(alias="is")] = None
    """positive: it is of that class. negative: it looks like it and is not. borderline: it is just so, or just not."""
    use: Use = "teach"
    """teach: it is shown to annotators. exam: nobody sees it before an exam."""
    image: Picture | None = None
    """The image; left out: that of `common`, or a blank canvas."""
    images: dict[Name, Picture] = {}
    """Named image of a task → picture, where it is another than `image`."""
    slices: Annotated[tuple[Slice, ...], Field(max_length=200)] = ()
    """Slices of one series, in place of one image."""
    readings: Annotated[tuple[Reading, ...], Field(max_length=20)] = ()
    """What several readers handed in of the image, in place of one."""
    visits: Annotated[tuple[Visit, ...], Field(max_length=50)] = ()
    """Visits of one patient, read by one annotator, in place of one image."""
    verdict: Verdict
    """The verdict that it must get."""
    by: Annotated[tuple[Line, ...], Field(max_length=100), OneOrMore] = ()
    """What of the guideline it departs from: the ids of rules, names of the author's, or places such as
    `classes.nodule.rules.diameter-limits`. Nothing else may be found."""
    derived: Given = {}
    """Answers that must follow from the others: question → answer; of several visits, all that follow at any."""
    because: Text | None = None
    """Why, in a sentence for people."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        own = (self.drawn, self.result, self.answers, self.answers_on, self.slices, self.readings)
        if self.visits and any(own):
            raise ValueError("`visits` stand in place of what is drawn and answered: write that under each visit")
        return self


class Common(Written):
    """What the examples of a file have in common."""

    image: Picture | None = None
    """The image of those that name none."""
    images: dict[Name, Picture] = {}
    """Named image of a task → its picture in those that name none."""
    regions: dict[ClassKey, Given] = {}
    """Class → answers of its regions, where they are not given: question → answer."""
    answers: Given = {}
    """Answers about the image, where they are not given."""


class ExampleFile(Written):
    """A file of examples."""

    called: ClassVar = "a file of examples"
    common: Common = Common.model_construct()
    """What they have in common."""
    examples: Annotated[dict[Name, Example], Field(min_length=1, max_length=500)]
    """Examples by name."""
