"""The guideline as its authors write it. Field docstrings are the reference documentation and the schema's texts.

Annotations are evaluated as Python comes to them: pydantic would evaluate the text of each at every start.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from guidelint.annotation.decoding.format_name import AT_HOME, FormatName
from guidelint.annotation.tool import ENCLOSING, Tool
from guidelint.annotation.vocabulary import AttributeKind, Border
from guidelint.language.form.enforced import DRAWN_AS, IDENTIFIES, MEASURED, READ, ROUTED, USED, EnforcedBy
from guidelint.language.form.fields import (
    Address,
    AnswerKeys,
    Asked,
    ClassKey,
    Colour,
    Host,
    Hotkey,
    Line,
    Name,
    RouteKey,
    Term,
    Text,
    Version,
    Written,
)
from guidelint.language.form.narrowed import Narrowed
from guidelint.language.form.pictures.picture import Picture
from guidelint.language.form.sections.handover import Handover
from guidelint.language.form.sections.image_demands import ImageDemands
from guidelint.language.form.sections.laterality import Laterality
from guidelint.language.form.sections.provenance import Provenance
from guidelint.language.form.sections.readings import Readings
from guidelint.language.form.sections.sections import Sections
from guidelint.language.form.sections.staff import Staff
from guidelint.language.form.shorthand import OneOrMore
from guidelint.language.form.task_images import ImageKey, TaskImage
from guidelint.validation.asked_when import WhenNumber, Where
from guidelint.validation.derivation import ChangeOf, ChangeOfObject, Derivation, Sources, Whole
from guidelint.validation.rule.condition import Between, Condition
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.amount import Answer, AnswerStep, Count, Hours, Minutes, SpacingMm
from guidelint.validation.rule.parameters.bound import REGIONS, Lower, Step, Upper
from guidelint.validation.rule.parameters.by_itself import ByItself
from guidelint.validation.rule.parameters.counting import CountedApart, CountedOver, Over
from guidelint.validation.rule.parameters.modality import ModalityCode
from guidelint.validation.rule.parameters.naming import ONE_CHOSEN, Encloses, ImageFact, NumberedQuestion, QuestionOf
from guidelint.validation.rule.parameters.naming import Condition as Waits
from guidelint.validation.rule.parameters.refines import Refines
from guidelint.validation.rule.parameters.unnamed import Unnamed
from guidelint.validation.rule.rule import Level, Rule


class Source(Written):
    """A publication the guideline is encoded from."""

    title: Annotated[Line, AlsoCalled("label", "name", "display_name")]
    """Title as published."""
    doi: Line | None = None
    """Digital object identifier, without a prefix."""
    url: Line | None = None
    """Address, where there is no DOI."""


class SpacingLimits(Written):
    """Allowed pixel spacing."""

    min_mm: Annotated[SpacingMm, Lower("pixel spacing")] | None = None
    """Smallest pixel spacing in mm."""
    max_mm: Annotated[SpacingMm, Upper("pixel spacing")] | None = None
    """Largest pixel spacing in mm."""


class ImageBasics(Written):
    """What the images must be."""

    modality: Annotated[
        tuple[Annotated[Line, ModalityCode()], ...], OneOrMore, EnforcedBy(rules=("allowed-modality",))
    ] = ()
    """Allowed values of Modality (0008,0060); none: any."""
    pixel_spacing: Annotated[SpacingLimits | None, ByItself(), EnforcedBy(rules=("calibrated-spacing",))] = None
    """Limits of Pixel Spacing (0028,0030); given at all, every image needs a known spacing."""
    time_points: Annotated[
        tuple[Line, ...], OneOrMore, AlsoCalled("visits", "timepoints"), EnforcedBy(rules=("allowed-time-point",))
    ] = ()
    """Time points that images may be of, as the task data call them, e.g. baseline and week-8; none: any. Conditions
    name one of them. The first is the one that a change goes from: without it nothing follows from a change."""
    of_task: Annotated[
        dict[Name, TaskImage],
        AlsoCalled("sequences", "views_of_task", "images_of_task"),
        EnforcedBy(rules=("known-control",), tool="images of a task"),
    ] = {}
    """Images that one task shows at once, by name: sequences, views, eyes, time points. None: one image, or a list."""
    one_grid: Annotated[
        bool, Refines("of_task"), AlsoCalled("registered", "same_grid"), EnforcedBy(rules=("size-matches-image",))
    ] = False
    """true: the images of a task are registered and show the same pixels; regions are compared across them."""
    keys: Annotated[dict[ImageFact, str], EnforcedBy("nothing", "it says where the task data hold facts")] = {}
    """Keys of the task data that hold image facts, where they are not the DICOM keywords: fact → key."""
    asks: Annotated[tuple[Name, ...], OneOrMore, USED] = ()
    """Sets of questions that are asked of the whole image, by name."""


class Images(ImageDemands, ImageBasics):
    """What the images must be."""


class Counts(Written):
    """How many of a class there may be."""

    min: Annotated[Count, Lower(REGIONS)] | None = None
    """Fewest regions per image, or fewest objects."""
    max: Annotated[Count, Upper(REGIONS)] | None = None
    """Most regions per image, or most objects."""
    per: Annotated[Over, CountedOver()] = "image"
    """Over what they are counted: regions of one image; or objects of one series, study or patient, where regions with
    one object name count once. A second limit stands under the guideline's `rules`: `count-limits`."""
    each: Annotated[Annotated[Name, QuestionOf(kinds=ONE_CHOSEN, about="regions")] | None, CountedApart()] = None
    """Question of its regions: they are counted for each answer by itself, as in two of one organ at most."""


class RuleUse(Written):
    """A rule as used by a guideline."""

    rule: Annotated[Rule, Unnamed()]
    """The rule with its parameters."""
    level: Level | None = None
    """Level of a departure, where it is not the rule's own."""
    note: str = ""
    """What the annotator reads as the next step, in place of the rule's own words."""
    when: Condition | None = None
    """Under which condition the rule is asked; None: always."""
    is_named: bool = False
    """Whether it stands under a name of its own, and not under its rule's id."""


class ClassFacts(Written):
    """What a class is, but for its rules."""

    title: Annotated[
        Line,
        AlsoCalled("label", "name", "display_name"),
        EnforcedBy(rules=("known-label",), tool="classes to choose"),
    ]
    """Name that annotators see."""
    definition: Annotated[Text, AlsoCalled("description"), READ]
    """What it is, in a sentence or two."""
    includes: Annotated[tuple[Line, ...], AlsoCalled("include"), READ] = ()
    """What counts as this class."""
    excludes: Annotated[tuple[Line, ...], AlsoCalled("exclude"), READ] = ()
    """What does not count as this class."""
    draw: Annotated[
        tuple[Tool, ...],
        Field(min_length=1),
        OneOrMore,
        AlsoCalled("tool", "tools", "type"),
        EnforcedBy(rules=("drawn-with-allowed-tool",), tool="classes of a tool"),
    ]
    """Tools it is drawn with, preferred one first."""
    on: Annotated[
        tuple[ImageKey, ...],
        OneOrMore,
        AlsoCalled("drawn_on", "on_image", "on_images"),
        EnforcedBy(rules=("drawn-on-allowed-image",), tool="classes of an image"),
    ] = ()
    """Image or images of the task on which it may be drawn, by their names; left out: every one."""
    border: Annotated[Border, MEASURED] = "inner"
    """Whether the outline itself belongs to the object (inner) or runs just outside it (outer)."""
    color: Annotated[Colour | None, AlsoCalled("colour"), DRAWN_AS] = None
    """Colour as #rrggbb; chosen by the compiler when left out."""
    hotkey: Annotated[Hotkey | None, AlsoCalled("shortcut"), DRAWN_AS] = None
    """Key that selects it, a letter or a digit; chosen by the compiler when left out."""
    codes: Annotated[tuple[Term, ...], EnforcedBy(rules=("known-label",))] = ()
    """The same concept in terminologies; in a delivery that may come in other formats than Label Studio's, their values
    are labels of it as well."""
    count: Annotated[Counts | None, EnforcedBy(rules=("count-limits",), tool="number of regions")] = None
    """How many of it there may be."""
    excluded_from: Annotated[Annotated[ClassKey, Encloses()] | None, MEASURED] = None
    """Class from whose regions areas of this class are subtracted."""
    together_with: Annotated[
        Annotated[tuple[ClassKey, ...], Field(min_length=1), OneOrMore] | None,
        AlsoCalled("with", "also", "together", "and"),
        EnforcedBy(rules=("known-label",), tool="several classes of a region"),
    ] = None
    """Classes whose labels a region may bear beside its own; it is judged, asked and counted as a region of each."""
    laterality: Laterality | None = None
    """Of which side of the body it is."""
    group: Annotated[Line | None, AlsoCalled("heading", "category"), DRAWN_AS] = None
    """Heading under which its button stands, together with the other classes of that heading."""
    aliases: Annotated[tuple[Line, ...], EnforcedBy(rules=("known-label",))] = ()
    """Labels that other configurations use for it."""

    @property
    def has_area(self) -> bool:
        """Whether a tool draws it with an area; points have none."""
        return not ENCLOSING.isdisjoint(self.draw)


class ClassDefinition(ClassFacts):
    """One class of region."""

    rules: dict[str, RuleUse] = {}
    """Rules on its regions, by rule id, or by a name of the author's where the use says `rule:`."""


class NumberRange(Written):
    """A number with its unit."""

    min: Annotated[Answer, Lower("answer")] | None = None
    """Smallest value."""
    max: Annotated[Answer, Upper("answer")] | None = None
    """Largest value."""
    step: Annotated[AnswerStep, Step("answer")] | None = None
    """Step between allowed values, counted from ``min`` or 0."""
    unit: str = ""
    """Unit, in UCUM spelling where there is one."""


class Option(Written):
    """One option of a choice, one step of a scale."""

    title: Annotated[Line, AlsoCalled("label", "name", "display_name")]
    """What annotators see."""
    definition: Annotated[str, AlsoCalled("description"), READ] = ""
    """What it means."""
    points: Annotated[Answer | None, AlsoCalled("score"), EnforcedBy(rules=("derived-answer",))] = None
    """What it counts where a question is answered by the sum of points; left out: 0."""
    exclusive: Annotated[bool, AlsoCalled("excludes_others", "alone"), EnforcedBy(rules=("exclusive-option",))] = False
    """Whether it excludes the other options of its question: where it is chosen, no other may be."""
    aliases: tuple[Line, ...] = ()
    """Values that other configurations use for it."""


class Required(Written):
    """When an attribute must be answered."""

    when: Annotated[
        AnswerKeys,
        Waits(),
        AlsoCalled("if"),
        EnforcedBy(rules=("required-attribute",), tool="answer required of what waits"),
    ] = {}
    """Other attribute → option keys under which this one is asked; empty: always. Where it depends on the image
    or on what is marked, say so under `where`."""
    when_number: Annotated[
        WhenNumber,
        AlsoCalled("if_number"),
        EnforcedBy(rules=("required-attribute",), tool="answer required of what waits"),
    ] = {}
    """Other attribute → limits of its number, or of its step of a scale, under which this one is asked: `at_least`,
    `above`, `at_most`, `below`; empty: whatever the numbers are."""
    where: Annotated[
        Where,
        AlsoCalled("image", "on"),
        EnforcedBy(rules=("required-attribute",), tool="answer required of what waits"),
    ] = None
    """Condition on the image (`image`), on what is `marked` there, or on the `size` and `source` of the region, under
    which this one is asked, with `any_of` and `not`; left out: anywhere."""


class Forbidden(Written):
    """When an attribute must not be answered; what is given holds together."""

    when: Annotated[AnswerKeys, AlsoCalled("if"), EnforcedBy(rules=("forbidden-attribute",))] = {}
    """Other attribute → option keys under which this one must stay open."""
    when_number: Annotated[
        dict[NumberedQuestion, Between], AlsoCalled("if_number"), EnforcedBy(rules=("forbidden-attribute",))
    ] = {}
    """Other attribute → limits of its number, or of its step of a scale, under which this one must stay open."""
    where: Annotated[Where, AlsoCalled("image", "on"), EnforcedBy(rules=("forbidden-attribute",))] = None
    """Condition on the image (`image`), on what is `marked` there, or on the `size` and `source` of the region, under
    which this one must stay open, with `any_of` and `not`."""

    @model_validator(mode="after")
    def _some_condition(self) -> Self:
        if not (self.when or self.when_number or self.where):
            raise ValueError("say when it must not be answered: `when`, `when_number` or `where`")
        return self


def may_stay_open(required: Required | None) -> bool:
    """Whether a question need not always be answered; one that waits for another answer is left open where it waits."""
    return required is None or bool(required.when or required.when_number or required.where)


class Question(Written):
    """What is asked, but for the kind of answer."""

    title: Annotated[Line, AlsoCalled("label", "name", "display_name"), READ]
    """Name that annotators see."""
    definition: Annotated[str, AlsoCalled("description"), READ] = ""
    """What is asked."""
    higher_means: Annotated[str, Refines("scale"), READ] = ""
    """Direction of a scale: what a higher number means."""
    aliases: Annotated[tuple[Line, ...], EnforcedBy(rules=("known-control",))] = ()
    """Control names that other configurations use for it."""


class Attribute(Question):
    """A question about a region or about the whole image."""

    on: tuple[ImageKey, ...] = ()
    """Images of the task that are asked, each by itself, or whose regions are; empty: the task as a whole, or all."""
    of: tuple[Asked, ...] = ()
    """Classes whose regions are asked; empty: the whole image is."""
    kind: AttributeKind
    """Kind of answer; follows from which of choose_one, choose_many, scale, number, text is written."""
    options: dict[str, Option] = {}
    """Options of a choice, or steps of a scale (keys are whole numbers), in order."""
    number: NumberRange | None = None
    """Range of a number."""
    max_length: Annotated[int, Field(gt=0, le=10_000)] = 500
    """Longest text in characters."""
    required: Required | None = None
    """When it must be answered; None: never."""
    forbidden: Forbidden | None = None
    """When it must not be answered; None: never."""
    derivation: Derivation | None = None
    """How its answer follows from others, with everything written out; None: it does not."""
    of_object: Derivation | None = None
    """How its answer follows from an object over the slices of a series; None: it does not."""
    ranked: Derivation | None = None
    """How its answer follows from the place of an object among those of several tasks; None: it does not."""
    says_left: tuple[str, ...] = ()
    """Options that say the patient's left."""
    says_right: tuple[str, ...] = ()
    """Options that say the patient's right."""
    class_titles: dict[Name, Line] = {}
    """Classes that are named where its answer follows by criteria → what annotators call them."""
    over: Whole | None = None
    """Over what it is told, since no one image answers it; None: regions or images are asked."""
    gathered: Derivation | None = None
    """How its answer follows from all of that; None: it does not."""
    change: ChangeOf | None = None
    """How its answer follows from the change of a number over time; None: it does not."""
    at_time_points: Derivation | None = None
    """How its answer follows at each time point from others that follow from a change; None: it does not."""
    from_time_points: Derivation | None = None
    """How its answer follows from all time points of a patient together; None: it does not."""
    sources: Sources = ()
    """Questions that are told of several tasks from which its answer follows, each after those that its own does."""
    change_of_object: ChangeOfObject | None = None
    """How its answer follows from the change of each object over time; None: it does not."""
    course_of_object: Derivation | None = None
    """How its answer follows from what each object was at other time points; None: it does not."""

    @property
    def per_region(self) -> bool:
        """Whether it is asked of regions (else of the image)."""
        return bool(self.of)

    @property
    def is_entered(self) -> bool:
        """Whether annotators answer it."""
        follows = self.derivation or self.of_object or self.ranked
        return not self.is_told_of_several and (follows is None or follows.is_entered)

    @property
    def is_told_of_several(self) -> bool:
        """Whether nobody answers it, and it is told once several tasks are in."""
        of_slices = self.of_object or self.ranked
        is_only_told = of_slices is not None and not of_slices.is_entered
        return self.over is not None or is_only_told or bool(self.change_of_object or self.course_of_object)

    @property
    def is_helper(self) -> bool:
        """Whether conditions alone go by its answer: nobody enters it, and nobody is told."""
        return self.derivation is not None and self.derivation.is_helper

    @property
    def may_stay_open(self) -> bool:
        """Whether it need not always be answered."""
        return may_stay_open(self.required)

    @property
    def option_titles(self) -> dict[str, str]:
        """Option → what annotators call it."""
        return {key: option.title for key, option in self.options.items()}

    @property
    def exclusive(self) -> tuple[str, ...] | None:
        """Options that exclude the others; None: none does."""
        return tuple(key for key, option in self.options.items() if option.exclusive) or None


class EmptyReading(Written):
    """What it means to submit nothing."""

    means: Annotated[Line | None, EnforcedBy(rules=("something-marked-or-said",), tool="nothing handed in")] = None
    """What an empty submission says; given, an empty submission is an answer."""
    say: Annotated[AnswerKeys, EnforcedBy(rules=("something-marked-or-said",), tool="nothing handed in")] = {}
    """Image attribute → options that say explicitly that there is nothing; needed when ``means`` is left out."""


class RouteDefinition(Written):
    """Who takes an escalation, and what is done: another reading, a named person, a message, or several of them."""

    who: Annotated[Line, EnforcedBy("by people only", "it is told with each escalation", tool="who works")]
    """Role or qualification, as people read it."""
    within_hours: Annotated[Hours | None, EnforcedBy("by people only", "the time is told with each escalation")] = None
    """Time limit in hours."""
    readers: Annotated[Annotated[int, Field(ge=1, le=20)] | None, ROUTED] = None
    """Readings the task needs in all; 1: it is only looked at. Left out: 2, or 1 where other keys say what is done."""
    person: Annotated[tuple[Address, ...], OneOrMore, ROUTED] = ()
    """E-mail address of a user, or several: asked by name, until one of them hands in a reading or skips the task."""
    message: Annotated[Annotated[str, Field(min_length=1, max_length=500)] | None, ROUTED] = None
    """What the annotator reads beside the verdict."""
    hold: Annotated[bool, ROUTED] = False
    """true: the task is given to nobody until a `person` has handed in a reading of it, or skipped it."""

    @property
    def readings(self) -> int:
        """Readings the task needs once it is escalated."""
        if self.readers is not None:
            return self.readers
        return 1 if self.person or self.message or self.hold else 2


class Criterion(Written):
    """When a submission escalates: a rule whose departure escalates."""

    to: RouteKey
    """Route that takes it."""
    classes: tuple[ClassKey, ...] = ()
    """Classes whose regions it concerns; empty: all."""
    use: RuleUse
    """The rule."""
    because: str = ""
    """Reason, for the annotator and the one who takes it."""


class Escalation(Written):
    """Routes and criteria."""

    routes: dict[Name, RouteDefinition] = {}
    """Routes by name."""
    when: dict[Name, Criterion] = {}
    """Criteria by name."""


_RETURNED = EnforcedBy("on submit", "the service does it when work is returned")


class ReturnedWork(Written):
    """What happens to returned work."""

    mode: Annotated[Literal["keep", "requeue"], _RETURNED] = "keep"
    """keep: the annotation stays and is corrected with Update. requeue: it comes back prefilled in the queue."""
    requeue_after_minutes: Annotated[Minutes, Refines("mode", "requeue"), _RETURNED] = 30.0
    """How long an annotation may stay uncorrected before it is requeued."""


class Identity(Written):
    """What a guideline is called, where it stands and where it comes from."""

    format: Annotated[Literal[1], Field(alias="guidelint"), IDENTIFIES]
    """Version of the language, written as ``guidelint: 1``."""
    name: Annotated[Name, Field(alias="guideline"), IDENTIFIES]
    """Name, written as ``guideline``."""
    version: Annotated[Version, IDENTIFIES]
    """Semantic version: major = existing labels can become invalid, minor = additions, patch = wording."""
    title: Annotated[Line, AlsoCalled("label", "name", "display_name"), IDENTIFIES]
    """Title."""
    status: Annotated[Literal["draft", "in-review", "released", "retired"], IDENTIFIES] = "draft"
    """Where it stands in its life."""
    summary: Annotated[Text, AlsoCalled("description"), READ]
    """What is annotated and what for."""
    licence: Annotated[Line | None, AlsoCalled("license"), IDENTIFIES] = None
    """Licence of the guideline text."""
    sources: Annotated[tuple[Source, ...], IDENTIFIES] = ()
    """Publications it is encoded from."""
    instructions: Annotated[Text, READ]
    """What annotators read before they begin; Markdown. Pictures are files beside the guideline, carried along."""


class Setting(Written):
    """What surrounds the classes: images, empty readings, returned work, names used elsewhere."""

    images: Images = Images.model_construct()
    """What the images must be."""
    returned_work: ReturnedWork = ReturnedWork.model_construct()
    """What happens to returned work."""
    priority: Annotated[
        Annotated[tuple[Annotated[ClassKey, Encloses()], ...], Field(min_length=1)] | None,
        AlsoCalled("precedence", "order_of_classes"),
        MEASURED,
    ] = None
    """Classes of which a pixel belongs to the first where regions overlap; the others are measured without it."""
    control_aliases: Annotated[dict[Line, Tool], EnforcedBy(rules=("known-control",))] = {}
    """Names of drawing controls in other configurations → the tool they stand for."""
    picture_hosts: Annotated[tuple[Host, ...], OneOrMore, EnforcedBy(tool="pictures of a text")] = ()
    """Hosts that annotators' pages may call for pictures in the instructions, e.g. docs.example.org; none: no host."""


class Guideline(Setting, Sections, Provenance, Identity):
    """A versioned annotation guideline."""

    empty_reading: EmptyReading
    """What it means to submit nothing."""
    classes: dict[Name, ClassDefinition]
    """Classes by name."""
    attributes: dict[Name, Attribute] = {}
    """Questions by name."""
    rules: dict[str, RuleUse] = {}
    """Rules on the whole submission, by rule id, or by a name of the author's where the use says `rule:`."""
    sections: dict[str, dict[str, RuleUse]] = {}
    """Rules of the parts that scopes have for themselves: part → rule id → use."""
    formats: tuple[FormatName, ...] = (AT_HOME,)
    """In which formats deliveries are taken."""
    readers: Readings = Readings.model_construct()
    """How far readers must agree, and what becomes of it where they do not."""
    annotators: Staff = Staff.model_construct()
    """Who may annotate, and how much."""
    delivery: Handover = Handover.model_construct()
    """What is handed over in a delivery."""
    relations: dict[Name, RuleUse] = {}
    """Relations between classes: a rule on pairs of classes, by a name of the author's."""
    escalation: Escalation = Escalation.model_construct()
    """Routes and criteria."""
    pictures: dict[str, Picture] = {}
    """Pictures of the instructions that are carried along, by their address in the text."""
    narrowed: Narrowed | None = None
    """What it extends, and what it says otherwise; None: nothing."""
    text_digest: str = ""
    """SHA-256 of the exact text that it was read from, as UTF-8, and the digest of its base; empty: of none."""

    def stands_with(self, name: str) -> tuple[str, ...]:
        """Name the classes that one region may be of beside a class, whichever of them says so."""
        said = self.classes[name].together_with or ()
        return tuple(key for key, part in self.classes.items() if key in said or name in (part.together_with or ()))

    @property
    def qualified_since(self) -> str:
        """The first version whose exam need not be passed again; empty: that of every version counts."""
        after = None if self.calibration is None else self.calibration.again_after
        major, minor, patch = self.version.split(".")
        return {"major": f"{major}.0.0", "minor": f"{major}.{minor}.0", "patch": f"{major}.{minor}.{patch}", None: ""}[
            after
        ]

    @property
    def question_titles(self) -> dict[str, str]:
        """Question → what annotators call it."""
        return {name: part.title for name, part in self.attributes.items()}

    @property
    def option_titles(self) -> dict[str, dict[str, str]]:
        """Question → option → what annotators call it."""
        titles = {name: part.option_titles for name, part in self.attributes.items()}
        return {name: options for name, options in titles.items() if options}
