"""The guideline as it stands in the file: the same parts, in the shape that is pleasant to write.

``forms`` adds the rules of a catalogue, so that positions, did-you-mean and the JSON Schema know every rule and every
parameter; ``resolve`` turns what was written into the ``Guideline`` that the rest of the program works with.
Annotations are evaluated as in ``guideline``.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from guidelint.annotation.decoding.format_name import AT_HOME, FormatName
from guidelint.annotation.tool import Tool
from guidelint.annotation.vocabulary import AttributeKind, Border
from guidelint.language.form.derive import Derive
from guidelint.language.form.enforced import ESCALATES, READ, USED, EnforcedBy
from guidelint.language.form.fields import Asked, ClassKey, Line, Name, RouteKey, Written
from guidelint.language.form.guideline import (
    ClassFacts,
    EmptyReading,
    Forbidden,
    Identity,
    NumberRange,
    Option,
    Question,
    Required,
    RouteDefinition,
    RuleUse,
    Setting,
)
from guidelint.language.form.in_editors import unless_given
from guidelint.language.form.or_vocabulary import OrVocabulary
from guidelint.language.form.sections.handover import Handover
from guidelint.language.form.sections.provenance import Provenance
from guidelint.language.form.sections.readings import Readings
from guidelint.language.form.sections.sections import Sections
from guidelint.language.form.sections.staff import Staff
from guidelint.language.form.shorthand import NothingBeneath, OneOrMore, TitleAlone, TrueOrFalse
from guidelint.language.form.task_images import ImageKey
from guidelint.validation.derivation import Whole
from guidelint.validation.rule.parameters.also_called import AlsoCalled
from guidelint.validation.rule.parameters.by_itself import ByItself

AnswerKey = Literal["choose_one", "choose_many", "scale", "number", "text"]
ANSWER_KEYS: tuple[AnswerKey, ...] = ("choose_one", "choose_many", "scale", "number", "text")
_KINDS: Mapping[AnswerKey, AttributeKind] = {
    "choose_one": "choice",
    "choose_many": "multi-choice",
    "scale": "scale",
    "number": "number",
    "text": "text",
}
_OPTIONS = EnforcedBy(rules=("attribute-in-range",), tool="answer of a question")
StepNumber = Annotated[str, Field(pattern=r"^-?(0|[1-9]\d{0,5})$")]
Word = Annotated[str, Field(pattern=r"^([a-z][a-z0-9]*(-[a-z0-9]+)*|-?(0|[1-9]\d{0,5}))$", max_length=64)]
"""Key of an option, or a step of a scale."""
_Taken = Annotated[Any, WithJsonSchema({"type": ["string", "array", "object"]})]
"""A word, a list of words, or keys with such beneath them."""
TitledOption = Annotated[Option, TitleAlone]


class WrittenText(Written):
    """A free text."""

    max_length: Annotated[int, Field(gt=0, le=10_000)] = 500
    """Longest text in characters."""


class _Addressed(Question):
    """A question, and whom it asks."""

    of: Annotated[
        tuple[Asked, ...],
        Field(min_length=1),
        OneOrMore,
        AlsoCalled("class", "classes", "for"),
        EnforcedBy(tool="question of a class"),
    ]
    """Classes whose regions are asked, or the word ``image`` when the whole image is; ``series``, ``study`` or
    ``patient`` where the answer follows from all of it and nobody is asked."""
    on: Annotated[
        tuple[ImageKey, ...],
        OneOrMore,
        AlsoCalled("on_image", "on_images"),
        EnforcedBy(tool="question of an image"),
    ] = ()
    """Images of the task, by their names: each is asked by itself or, of a question about regions, its regions are.
    Left out: a question about the image is asked once of the whole task, one about regions of those on every image."""


class SharedQuestion(Question):
    """A question of a set, asked of the regions of every class that asks the set, or of the image."""

    choose_one: Annotated[
        Annotated[dict[Name, TitledOption], OrVocabulary] | None,
        AlsoCalled("choice", "single_choice", "choices", "options", "answers"),
        EnforcedBy(rules=("attribute-in-range", "choose-one"), tool="answer of a question"),
    ] = None
    """Options of which one is chosen: key → title, or key → {title, definition, aliases}; or a vocabulary by name."""
    choose_many: Annotated[
        Annotated[dict[Name, TitledOption], OrVocabulary] | None, AlsoCalled("multi_choice"), _OPTIONS
    ] = None
    """Options of which any number is chosen, written in the same ways."""
    scale: Annotated[
        Annotated[dict[StepNumber, TitledOption], OrVocabulary] | None,
        AlsoCalled("rating"),
        EnforcedBy(rules=("attribute-in-range", "choose-one"), tool="answer of a question"),
    ] = None
    """Steps of a scale: whole number → title, from the lowest to the highest; or a vocabulary by name."""
    number: Annotated[
        NumberRange | None, NothingBeneath, EnforcedBy(rules=("attribute-in-range",), tool="range of a number")
    ] = None
    """A number with its range and unit."""
    text: Annotated[
        WrittenText | None, NothingBeneath, EnforcedBy(rules=("attribute-in-range",), tool="length of a text")
    ] = None
    """A free text."""
    required: Annotated[
        Required | None,
        TrueOrFalse,
        ByItself(),
        AlsoCalled("mandatory", "obligatory"),
        EnforcedBy(rules=("required-attribute",), tool="answer required"),
    ] = None
    """true: must always be answered; {when: {other attribute: option}}: only then."""
    forbidden: Annotated[
        Forbidden | None,
        ByItself(),
        AlsoCalled("not_answered", "must_not_be_answered"),
        EnforcedBy(rules=("forbidden-attribute",), tool="answer forbidden"),
    ] = None
    """{when: {other attribute: option}}: must not be answered then."""
    derive: Annotated[
        Derive | None,
        ByItself(),
        AlsoCalled("derived", "computed", "calculated"),
        EnforcedBy(
            rules=(
                "derived-answer",
                "derived-of-object",
                "derived-rank",
                "derived-from-all",
                "derived-change",
                "derived-at-time-points",
                "derived-from-time-points",
                "derived-change-of-object",
                "derived-course-of-object",
            )
        ),
    ] = None
    """How its answer follows from others: {points: [other attributes], bands: {option: {at_least: 4, at_most: 6}}}."""

    @property
    def answer_key(self) -> AnswerKey:
        """Which kind of answer is written; there is exactly one."""
        return next(key for key in ANSWER_KEYS if key in self.model_fields_set)

    @property
    def kind(self) -> AttributeKind:
        """Kind of the answer."""
        return _KINDS[self.answer_key]

    @property
    def options(self) -> dict[str, Option]:
        """Options or steps; none for a number or a text."""
        return self.choose_one or self.choose_many or self.scale or {}

    @model_validator(mode="after")
    def _one_kind_of_answer(self) -> Self:
        given = [key for key in ANSWER_KEYS if key in self.model_fields_set]
        if not given:
            raise PydanticCustomError("no-answer-kind", "it does not say what kind of answer is expected")
        if len(given) > 1:
            message = "it asks for two kinds of answer, {kinds}"
            raise PydanticCustomError("two-answer-kinds", message, {"kinds": " and ".join(f"`{key}`" for key in given)})
        if given[0] in {"choose_one", "choose_many", "scale"} and len(self.options) < 2:  # noqa: PLR2004 - a choice
            raise PydanticCustomError("too-few-options", "there is nothing to choose: fewer than two options")
        if self.scale and not self.higher_means:
            raise PydanticCustomError("scale-without-direction", "the scale does not say what a higher number means")
        return self


class WrittenAttribute(SharedQuestion, _Addressed):
    """A question about a region or about the whole image."""

    @property
    def over(self) -> Whole | None:
        """Over what it is told; None: regions or images are asked."""
        return next((over for over in get_args(Whole) if self.of == (over,)), None)

    @property
    def per_image(self) -> bool:
        """Whether it is about no regions: the whole image is asked, or nobody is."""
        return self.of == ("image",) or self.over is not None

    @property
    def is_followed(self) -> bool:
        """Whether its answer follows from what each object was, or how it changed, over time."""
        derive = self.derive
        return not self.per_image and derive is not None and (bool(derive.change_of) or derive.names_times)

    @property
    def is_told_of_several(self) -> bool:
        """Whether nobody answers it, and it is told once several tasks are in."""
        is_only_told = self.derive is not None and not self.derive.is_entered
        return self.over is not None or (is_only_told and (self.is_of_object or self.is_ranked)) or self.is_followed

    @property
    def is_ranked(self) -> bool:
        """Whether its answer is the place of an object among those of several tasks."""
        return not self.per_image and self.derive is not None and self.derive.per is not None

    @property
    def is_of_object(self) -> bool:
        """Whether its answer follows from an object over the slices of a series."""
        return not self.per_image and self.derive is not None and "volume" in self.derive.measured

    @model_validator(mode="after")
    def _helper_of_one_submission(self) -> Self:
        if self.derive is not None and not self.derive.told and (self.over or self.is_of_object or self.is_ranked):
            raise ValueError("`told: false` is for the answer of an image or a region: what is of more is only told")
        return self


class WrittenRules(Written):
    """Rules by id, or by a name of the author's; a catalogue adds one field per rule (see ``forms``)."""

    named: ClassVar[Mapping[str, type[BaseModel]]] = MappingProxyType({})
    """Rules that may stand under a name of the author's: rule id → form of such a use."""

    @property
    def uses(self) -> dict[str, RuleUse]:
        """The rules that are written, by id or name."""
        return {**dict(_uses(self)), **(self.__pydantic_extra__ or {})}


class WrittenRelation(WrittenRules):
    """A rule on how regions lie to each other: exactly one."""

    @property
    def use(self) -> RuleUse:
        """The rule."""
        return next(iter(self.uses.values()))

    @model_validator(mode="after")
    def _one_rule(self) -> Self:
        if len(self.uses) != 1:
            found = " and ".join(f"`{name}`" for name in self.uses) or "none"
            raise PydanticCustomError(
                "not-one-rule", "exactly one rule is wanted here, found {found}", {"found": found}
            )
        return self


class WrittenCriterion(WrittenRelation):
    """When a submission escalates: the route, and one rule whose departure escalates."""

    to: Annotated[RouteKey, ESCALATES]
    """Route that takes it."""
    class_: Annotated[
        tuple[ClassKey, ...], OneOrMore, Field(alias="class"), AlsoCalled("of", "classes", "for"), ESCALATES
    ] = ()
    """Class or classes whose regions it concerns; left out: all."""
    because: Annotated[str, AlsoCalled("reason"), READ] = ""
    """Reason, for the annotator and the one who takes it."""


class WrittenFamily(Written):
    """What classes that are a kind of it have in common; nobody draws the family itself."""

    title: Annotated[Line, AlsoCalled("label", "name", "display_name")]
    """Name that annotators see; the heading of its kinds, where no other `group` is written."""
    definition: Annotated[str, AlsoCalled("description")] = ""
    """What it is, in a sentence or two."""
    draw: Annotated[tuple[Tool, ...], Field(min_length=1), OneOrMore, AlsoCalled("tool", "tools", "type")] | None = None
    """Tools its kinds are drawn with, preferred one first."""
    on: Annotated[tuple[ImageKey, ...], OneOrMore, AlsoCalled("drawn_on", "on_image", "on_images")] = ()
    """Image or images of the task on which its kinds may be drawn, by their names."""
    border: Border | None = None
    """Whether the outlines of its kinds belong to the object (inner) or run just outside it (outer)."""
    excluded_from: ClassKey | None = None
    """Class from whose regions areas of its kinds are subtracted."""
    together_with: Annotated[tuple[ClassKey, ...], OneOrMore] = ()
    """Classes that one region may be of beside each of its kinds."""
    group: Annotated[Line | None, AlsoCalled("heading", "category")] = None
    """Heading under which its kinds stand, where it is not the title."""
    asks: Annotated[tuple[Name, ...], OneOrMore] = ()
    """Sets of questions that its kinds are asked, by name."""
    rules: Annotated[WrittenRules, AlsoCalled("boundary")] = WrittenRules.model_construct()
    """Rules on the regions of its kinds; what a kind writes for itself counts in place of it, key by key."""


class WrittenClass(ClassFacts):
    """One class of region."""

    model_config = ConfigDict(json_schema_extra=unless_given("kind_of", "draw"))

    kind_of: Annotated[Name | None, AlsoCalled("is_a", "parent", "subclass_of", "family"), USED] = None
    """Family, or other class, that it is a kind of: it has the `draw`, `on`, `border`, `excluded_from`,
    `together_with`, `group`, `asks` and `rules` of that where it writes none of its own, and is asked and escalated as
    that is."""
    asks: Annotated[tuple[Name, ...], OneOrMore, USED] = ()
    """Sets of questions that its regions are asked, by name."""
    rules: Annotated[WrittenRules, AlsoCalled("boundary")] = WrittenRules.model_construct()
    """Rules on its regions, by rule id, or by a name of the author's where the use says `rule:`."""


class WrittenEscalation(Written):
    """Routes and criteria."""

    routes: dict[Name, RouteDefinition] = Field(default_factory=dict[Name, RouteDefinition])
    """Routes by name."""
    when: dict[Name, WrittenCriterion] = Field(default_factory=dict[Name, WrittenCriterion])
    """Criteria by name."""


class WrittenSection(Written):
    """A part for the rules of a scope: on readers, annotators, deliveries."""

    rules: WrittenRules = WrittenRules.model_construct()
    """Rules by rule id, or by a name of the author's where the use says `rule:`."""


class WrittenReaders(Readings, WrittenSection):
    """How far readers must agree, and rules on all readings of a task."""


class WrittenAnnotators(Staff, WrittenSection):
    """Who may annotate, and rules on everything that one annotator hands in."""


class WrittenDelivery(Handover, WrittenSection):
    """What a delivery must be."""

    formats: Annotated[
        tuple[FormatName, ...],
        Field(min_length=1),
        OneOrMore,
        AlsoCalled("format"),
        EnforcedBy("on submit", "work in any other format is never accepted"),
    ] = (AT_HOME,)
    """Formats in which work is taken; in any other it is judged, and never accepted."""


class WrittenBody(Setting, Sections):
    """Everything but the identity."""

    empty_reading: EmptyReading | None = None
    """What it means to submit nothing."""
    classes: dict[Name, WrittenClass] = Field(default_factory=dict[Name, WrittenClass])
    """Classes by name."""
    families: Annotated[dict[Name, WrittenFamily], USED] = Field(default_factory=dict[Name, WrittenFamily])
    """What several classes have in common, by name; a class says `kind_of`."""
    attributes: dict[Name, WrittenAttribute] = Field(default_factory=dict[Name, WrittenAttribute])
    """Questions by name."""
    attribute_sets: Annotated[dict[Name, dict[Name, SharedQuestion]], USED] = Field(
        default_factory=dict[Name, dict[Name, SharedQuestion]]
    )
    """Sets of questions by name; classes ask them with `asks`, the image with `images: {asks: NAME}`."""
    vocabularies: Annotated[dict[Name, dict[Word, TitledOption]], USED] = Field(
        default_factory=dict[Name, dict[Word, TitledOption]]
    )
    """Options that several questions have in common, by name; a question says `choose_one: NAME`."""
    rules: WrittenRules = WrittenRules.model_construct()
    """Rules on the whole submission, by rule id, or by a name of the author's where the use says `rule:`."""
    relations: dict[Name, WrittenRelation] = Field(default_factory=dict[Name, WrittenRelation])
    """Relations between classes: a rule on pairs of classes, by a name of the author's."""
    escalation: WrittenEscalation = WrittenEscalation.model_construct()
    """Routes and criteria."""
    readers: WrittenReaders = WrittenReaders.model_construct()
    """How far readers must agree, and rules on all readings of a task."""
    annotators: WrittenAnnotators = WrittenAnnotators.model_construct()
    """Who may annotate, and rules on everything that one annotator hands in."""
    delivery: WrittenDelivery = WrittenDelivery()
    """What a delivery must be, and rules on all of it."""

    @property
    def sections(self) -> dict[str, dict[str, RuleUse]]:
        """Rules of the parts that scopes have for themselves, by the part's name; ``forms`` adds those parts."""
        parts = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: part.rules.uses for name, part in parts.items() if isinstance(part, WrittenSection)}


DEFINITIONS = ("families", "attribute_sets", "vocabularies")
"""Parts that say something only where they are used."""


class WrittenGuideline(WrittenBody, Provenance, Identity):
    """A versioned annotation guideline."""

    extends: Annotated[Line | None, AlsoCalled("base", "based_on", "inherits"), USED] = None
    """Guideline that has everything that this one leaves out: `NAME@VERSION` of the library, or a file beside this one,
    `./NAME.yaml`. This one may ask for more, never for less."""
    without: Annotated[dict[str, _Taken] | None, AlsoCalled("remove", "minus", "less"), USED] = None
    """What is taken away of that guideline, under its keys: options, tools, words of lists."""


def _uses(part: Written) -> Iterator[tuple[str, RuleUse]]:
    for name, field in type(part).model_fields.items():
        if name in part.model_fields_set and isinstance(use := getattr(part, name), RuleUse):
            yield field.alias or name, use
