"""Under which condition a use of a rule is asked: answers, sizes, the source of a region, facts of the image."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from math import inf
from operator import not_
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import core_schema

from guidelint.annotation.region import Answer, Origin, Region, as_number, option
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.facts import Side
from guidelint.validation.rule.image_fact import (
    FACTS,
    MODALITY,
    SIDE,
    STUDY_DATE,
    TIME_POINT,
    VIEW,
    FactName,
    ImageFact,
)
from guidelint.validation.rule.left_open import LeftOpen
from guidelint.validation.rule.parameters.amount import Answer as AnswerLimit
from guidelint.validation.rule.parameters.day import Day
from guidelint.validation.rule.parameters.free_text import TimePoint, View
from guidelint.validation.rule.parameters.modality import Modality
from guidelint.validation.rule.parameters.naming import (
    ChosenQuestion,
    ClassName,
    ImageName,
    NumberedQuestion,
    OptionName,
)
from guidelint.validation.rule.settled import settled
from guidelint.validation.rule.size import MM, MM2, PX, area, longest, short
from guidelint.validation.rule.wording import both, both_and_either, either, measure

if TYPE_CHECKING:
    from datetime import date

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

    from guidelint.imaging.facts import ImageFacts
    from guidelint.validation.rule.names import Names

UNANSWERED = "it depends on the answer to “{}”, which is missing"
LEFT_OPEN = "it depends on the answer to “{}”, which was left open"
NOTHING_DRAWN = "it depends on what is marked, and nobody has annotated it"
UNKNOWN_CLASS = "it depends on what is marked, and a region there is of no class that is known"
ORIGINS: Mapping[Origin, str] = {
    "manual": "drawn by hand",
    "prediction": "an unchanged suggestion",
    "prediction-changed": "a changed suggestion",
}


class OneOf:
    """Annotation of a tuple: a single value stands for a list of one."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Wrap a single value before the tuple is validated."""
        return core_schema.no_info_before_validator_function(_listed, handler(source))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Allow the item in place of the list."""
        listed = handler(schema)
        return {"anyOf": [listed["items"], listed]}


class OneAlone(OneOf):
    """Annotation of a tuple, likewise; one alone is also written by itself, as by plans that knew no list."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Wrap a single value before the tuple is validated, and unwrap it where it is written."""
        written = core_schema.plain_serializer_function_ser_schema(_alone)
        return core_schema.no_info_before_validator_function(_listed, handler(source), serialization=written)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe what is written as what is read."""
        as_read: Any = {name: part for name, part in schema.items() if name != "serialization"}
        return super().__get_pydantic_json_schema__(as_read, handler)


def _alone(values: tuple[object, ...]) -> object:
    return values[0] if len(values) == 1 else values


def _listed(value: object) -> object:
    if isinstance(value, tuple | list):
        return tuple(value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return value if isinstance(value, dict) or value is None else (value,)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class Between(_Part):
    """Limits of a number; all that are given hold."""

    at_least: AnswerLimit | None = None
    """The number is this or greater."""
    above: AnswerLimit | None = None
    """The number is greater than this."""
    at_most: AnswerLimit | None = None
    """The number is this or smaller."""
    below: AnswerLimit | None = None
    """The number is smaller than this."""

    @model_validator(mode="after")
    def _some_limit(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("give `at_least`, `above`, `at_most` or `below`")
        if not self._is_possible():
            raise ValueError("the upper limit must lie above the lower one")
        return self

    def _is_possible(self) -> bool:
        least = max((end for end in (self.at_least, self.above) if end is not None), default=-inf)
        most = min((end for end in (self.at_most, self.below) if end is not None), default=inf)
        return least < most or (least == most and self.holds(least))

    @property
    def is_limited(self) -> bool:
        """Whether any limit is given."""
        return any(end is not None for end in (self.at_least, self.above, self.at_most, self.below))

    def holds(self, value: float) -> bool:
        """Whether a number lies within the limits."""
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.above is None or value > self.above)
            and (self.at_most is None or value <= self.at_most)
            and (self.below is None or value < self.below)
        )

    def told(self, unit: str = "") -> str:
        """Say what the number is, e.g. "at least 10 mm and below 20 mm"; where only one is, that."""
        if self.at_least is not None and self.at_least == self.at_most:
            return measure(self.at_least, unit)
        ends = (
            ("at least", self.at_least),
            ("above", self.above),
            ("at most", self.at_most),
            ("below", self.below),
        )
        return both(f"{word} {measure(end, unit)}" for word, end in ends if end is not None)


class SizeIs(_Part):
    """Limits of the size of a region, on its own slice."""

    longest_mm: Between | None = None
    """Longest diameter in mm."""
    short_axis_mm: Between | None = None
    """Short axis in mm."""
    area_mm2: Between | None = None
    """Area in mm²."""
    longest_px: Between | None = None
    """Longest diameter in pixels."""
    short_axis_px: Between | None = None
    """Short axis in pixels."""
    area_px: Between | None = None
    """Area in pixels."""


class Days(_Part):
    """Limits of a day; both belong to it."""

    since: Day | None = None
    """It is this day or a later one, e.g. 2024-01-31."""
    until: Day | None = None
    """It is this day or an earlier one."""

    @model_validator(mode="after")
    def _some_limit(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("give `since` or `until`")
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ValueError("`until` must not lie before `since`")
        return self

    def holds(self, day: date) -> bool:
        """Whether a day lies within the limits."""
        written = day.isoformat()
        return (self.since is None or written >= self.since) and (self.until is None or written <= self.until)

    @property
    def told(self) -> str:
        """Say when it is."""
        ends = (("on or after", self.since), ("on or before", self.until))
        return both(f"{word} {end}" for word, end in ends if end is not None)


class ImageIs(_Part):
    """What is known of the image."""

    modality: Annotated[tuple[Modality, ...], OneOf()] = ()
    """Modality (0008,0060) is one of these."""
    pixel_spacing_mm: Between | None = None
    """Pixel Spacing (0028,0030), along rows and along columns, in mm."""
    slice_thickness_mm: Between | None = None
    """Slice Thickness (0018,0050) in mm."""
    slice_spacing_mm: Between | None = None
    """Spacing Between Slices (0018,0088) in mm."""
    rows: Between | None = None
    """Rows (0028,0010)."""
    columns: Between | None = None
    """Columns (0028,0011)."""
    name: Annotated[tuple[ImageName, ...], OneOf()] = ()
    """It is one of these images of the task, which stand under `images`, `of_task`."""
    view: Annotated[tuple[View, ...], OneOf()] = ()
    """View Position (0018,5101) is one of these, e.g. PA; small and capital letters are one."""
    side: Annotated[tuple[Side, ...], OneOf()] = ()
    """It shows this side of the body, or one of these, Image Laterality (0020,0062)."""
    time_point: Annotated[tuple[TimePoint, ...], OneOf()] = ()
    """At which visit it was made is one of these, as the task data call it; small and capital letters are one."""
    study_date: Days | None = None
    """Study Date (0008,0020)."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What a condition is asked of: a region on its image, or an image."""

    answers: Mapping[str, Answer]
    """Answers of the region, then those about its image and its task."""
    image: ImageFacts
    region: Region | None = None
    optional: frozenset[str] = frozenset()
    """Questions that may stay unanswered: a condition on such an answer does not hold then."""
    titles: Mapping[str, str] = field(default_factory=dict[str, str])
    """What annotators call the questions."""
    leaves_open: frozenset[str] = frozenset()
    """Questions that may stay unanswered, too: whether a condition on such an answer holds is left open then."""
    marked: frozenset[str | None] | None = None
    """Classes of which there is a region on the image; None among them: a region of an unknown class. None in place of
    all: nobody has annotated it."""


class Condition(_Part):
    """Holds where everything in it holds."""

    model_config = ConfigDict(serialize_by_alias=True, json_schema_extra={"x-what": "condition"})

    answer: dict[ChosenQuestion, Annotated[tuple[OptionName, ...], OneOf()]] = {}
    """Question → option or options, one of which is the answer; of a scale its steps: `{level: [4, 5]}`."""
    number: dict[NumberedQuestion, Between] = {}
    """Question → limits of the number, or of the step of a scale, that is the answer."""
    size: SizeIs | None = None
    """How large the region is, on its own slice."""
    source: Annotated[tuple[Origin, ...], OneOf()] = ()
    """Where the region comes from: drawn by hand (manual), or suggested and left (prediction) or changed."""
    image: ImageIs | None = None
    """What is known of the image."""
    marked: Annotated[tuple[ClassName, ...], OneOf()] = ()
    """Classes of which at least one region is marked on the image, or on that of the region."""
    any_of: tuple[Condition, ...] = ()
    """Conditions of which at least one holds."""
    not_: Annotated[Condition | None, Field(alias="not")] = None
    """A condition that does not hold; where it cannot be told whether it does, this cannot be told either."""

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not any(getattr(self, name) for name in type(self).model_fields):
            keys = [f"`{field.alias or name}`" for name, field in type(self).model_fields.items()]
            raise ValueError(f"say what it depends on: {either(keys)}")
        return self

    @property
    def parts(self) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        """The conditions within it, each with its path in it."""
        yield from ((("any_of", at), one) for at, one in enumerate(self.any_of))
        if self.not_ is not None:
            yield ("not",), self.not_

    @property
    def of_region(self) -> bool:
        """Whether it asks for what only a region has."""
        return bool(self.size or self.source or any(one.of_region for _, one in self.parts))

    @property
    def questions(self) -> frozenset[str]:
        """Questions whose answers it depends on."""
        return frozenset((*self.answer, *self.number)).union(*(one.questions for _, one in self.parts))

    @property
    def classes(self) -> frozenset[str]:
        """Classes on whose marks it depends."""
        return frozenset(self.marked).union(*(one.classes for _, one in self.parts))

    @property
    def of_image_alone(self) -> bool:
        """Whether the image says all that it depends on."""
        return not self.questions and not self.of_region and not self.classes

    def holds(self, it: Situation) -> bool:
        """Whether it holds; raise NotMeasurable when that cannot be told."""
        return all(settled(self._parts(it), not_))

    def _parts(self, it: Situation) -> Iterator[_Ask]:
        yield from self.asks(it)
        if self.any_of:
            yield partial(_any_holds, self.any_of, it)
        if self.not_ is not None:
            yield partial(_holds_not, self.not_, it)

    def asks(self, it: Situation, *, sizes: bool = True) -> Iterator[_Ask]:
        """Ask by itself for each thing that holds together, but for the conditions within it."""
        for question, options in self.answer.items():
            yield partial(is_one_of, question, options, it)
        for question, limits in self.number.items():
            yield partial(lies_within, question, limits, it)
        if self.source:
            yield partial(_comes_from, self.source, it)
        for name, limits in size_limits(self.size) if sizes else ():
            yield partial(_is_of_size, limits, _MEASURES[name].of, it)
        if self.image is not None:
            yield partial(image_is, self.image, it.image)
        if self.marked:
            yield partial(_is_marked, self.marked, it)

    def told(self, names: Names) -> str:
        """Say it in words that read on from "if"."""
        return both_and_either(self.told_each(names), ((one.told(names), one.is_joined) for one in self.any_of))

    @property
    def is_joined(self) -> bool:
        """Whether it joins several, each with words of its own."""
        several = (*self.answer, *self.number, *size_limits(self.size), *self.any_of)
        return len(several) + sum(map(bool, (self.source, self.image, self.marked, self.not_))) > 1

    def told_each(self, names: Names) -> Iterator[str]:
        """Say by itself each of what holds together, but for alternatives."""
        for question, options in self.answer.items():
            yield f"{names.question(question)} is {names.answers(question, options)}"
        for question, limits in self.number.items():
            yield f"{names.question(question)} is {limits.told(names.unit(question))}"
        for name, limits in size_limits(self.size):
            yield f"its {_MEASURES[name].quantity} is {limits.told(_MEASURES[name].unit)}"
        if self.source:
            yield f"it is {either(ORIGINS[one] for one in self.source)}"
        if self.image is not None:
            yield from _image_told(self.image, names)
        if self.marked:
            yield f"any {names.kinds(self.marked)} is marked"
        if self.not_ is not None:
            yield _not_told(self.not_, names)


_Ask = Callable[[], bool]


def _any_holds(conditions: tuple[Condition, ...], it: Situation) -> bool:
    return any(settled((partial(one.holds, it) for one in conditions), bool))


def _holds_not(condition: Condition, it: Situation) -> bool:
    return not condition.holds(it)


def _not_told(condition: Condition, names: Names) -> str:
    if condition.model_fields_set == {"marked"}:
        return f"no {names.kinds(condition.marked)} is marked"
    return f"it is not so that {condition.told(names)}"


def _is_marked(classes: tuple[str, ...], it: Situation) -> bool:
    if it.marked is None:
        raise NotMeasurable(NOTHING_DRAWN)
    if it.marked.isdisjoint(classes):
        if None in it.marked:
            raise NotMeasurable(UNKNOWN_CLASS)
        return False
    return True


def is_one_of(question: str, options: tuple[str, ...], it: Situation) -> bool:
    """Whether one of the options was answered. Raises NotMeasurable where it was not answered, and had to be."""
    return bool({*_said(question, it)} & {*options})


def lies_within(question: str, limits: Between, it: Situation) -> bool:
    """Whether a number within limits was answered. Raises NotMeasurable as well where the answer is no number."""
    return any(map(limits.holds, _numbers(question, it)))


def _comes_from(sources: tuple[Origin, ...], it: Situation) -> bool:
    return _region(it, "the source").origin in sources


def _is_of_size(limits: Between, take: Callable[[Region], float], it: Situation) -> bool:
    return limits.holds(take(_region(it, "the size")))


def _said(question: str, it: Situation) -> tuple[str, ...]:
    """List the options that were answered."""
    return tuple(map(option, _values(question, it)))


def _values(question: str, it: Situation) -> tuple[str | float, ...]:
    answer = it.answers.get(question)
    values = answer.said if answer else ()
    if not values and question not in it.optional:
        asked = it.titles.get(question, question)
        if question in it.leaves_open:
            raise LeftOpen(LEFT_OPEN.format(asked))
        raise NotMeasurable(UNANSWERED.format(asked))
    return values


def _numbers(question: str, it: Situation) -> Iterator[float]:
    for value in _values(question, it):
        if (number := as_number(value)) is None:
            asked = it.titles.get(question, question)
            raise NotMeasurable(f"it depends on the answer to “{asked}”, and “{value}” is no number")
        yield number


def _region(it: Situation, what: str) -> Region:
    if it.region is None:
        raise NotMeasurable(f"it depends on {what} of a region, and no region is judged here")
    return it.region


def questions_in(condition: Condition, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every question that a condition names, with its path in the condition."""
    yield from (((*path, "answer", name), name) for name in condition.answer)
    yield from (((*path, "number", name), name) for name in condition.number)
    for at, part in condition.parts:
        yield from questions_in(part, (*path, *at))


def size_limits(size: SizeIs | None) -> Iterator[tuple[str, Between]]:
    """List the limits of sizes that are given, by their keys."""
    for name in SizeIs.model_fields if size is not None else ():
        limits: Between | None = getattr(size, name)
        if limits is not None:
            yield name, limits


@dataclass(frozen=True, slots=True)
class _Size:
    quantity: str
    unit: str
    of: Callable[[Region], float]


_MEASURES: Mapping[str, _Size] = {
    "longest_mm": _Size("longest diameter", "mm", lambda region: longest(region, MM)),
    "short_axis_mm": _Size("short axis", "mm", lambda region: short(region, MM)),
    "area_mm2": _Size("area", "mm²", lambda region: area(region, MM2)),
    "longest_px": _Size("longest diameter", "pixels", lambda region: longest(region, PX)),
    "short_axis_px": _Size("short axis", "pixels", lambda region: short(region, PX)),
    "area_px": _Size("area", "pixels", lambda region: area(region, PX)),
}


def size_of(name: str, region: Region) -> float:
    """Measure a size by its key in a condition. Raises NotMeasurable."""
    return _MEASURES[name].of(region)


def shown_size(name: str, region: Region) -> str:
    """Measure a size by its key in a condition, and write it with what it is. Raises NotMeasurable."""
    size = _MEASURES[name]
    return f"{size.quantity} {measure(round(size_of(name, region), 2), size.unit)}"


SIZES: Mapping[tuple[str, str], str] = {(size.quantity, size.unit): name for name, size in _MEASURES.items()}
"""Key of a size in a condition, by what it is and in which unit."""


def _facts(asked: ImageIs) -> Iterator[tuple[Between, ImageFact]]:
    known: tuple[tuple[Between | None, FactName], ...] = (
        (asked.pixel_spacing_mm, "pixel_spacing"),
        (asked.slice_thickness_mm, "slice_thickness"),
        (asked.slice_spacing_mm, "slice_spacing"),
        (asked.rows, "rows"),
        (asked.columns, "columns"),
    )
    yield from ((limits, FACTS[name]) for limits, name in known if limits is not None)


def image_is(asked: ImageIs, image: ImageFacts) -> bool:
    """Whether an image is as is asked. Raises NotMeasurable where too little is known of it."""
    return all(settled(_of_image(asked, image), not_))


def _of_image(asked: ImageIs, image: ImageFacts) -> Iterator[_Ask]:
    if asked.modality:
        yield partial(_is_one, asked.modality, image.modality, MODALITY, image)
    if asked.time_point:
        yield partial(_is_one_in_any_case, asked.time_point, image.time_point, TIME_POINT, image)
    if asked.name:
        yield partial(_is_named, asked.name, image)
    if asked.view:
        yield partial(_is_one_in_any_case, asked.view, image.view, VIEW, image)
    if asked.side:
        yield partial(_is_one, asked.side, image.side, SIDE, image)
    if asked.study_date is not None:
        yield partial(_is_on, asked.study_date, image)
    for limits, fact in _facts(asked):
        yield partial(_is_fact, limits, fact, image)


def _is_one(wanted: tuple[str, ...], known: str | None, fact: ImageFact, image: ImageFacts) -> bool:
    if not known:
        raise fact.not_known(image)
    return known in wanted


def _is_one_in_any_case(wanted: tuple[str, ...], known: str | None, fact: ImageFact, image: ImageFacts) -> bool:
    return _is_one(tuple(map(str.casefold, wanted)), known and known.casefold(), fact, image)


def _is_named(wanted: tuple[str, ...], image: ImageFacts) -> bool:
    if image.named is None:
        raise NotMeasurable("it is not known which of the images of the task it is")
    return image.named.name in wanted


def _is_on(days: Days, image: ImageFacts) -> bool:
    if image.study_date is None:
        raise STUDY_DATE.not_known(image)
    return days.holds(image.study_date)


def _is_fact(limits: Between, fact: ImageFact, image: ImageFacts) -> bool:
    return all(map(limits.holds, fact.numbers(image)))


_SIDES: Mapping[Side, str] = {"left": "the left side", "right": "the right side", "both": "both sides"}


def _image_told(asked: ImageIs, names: Names) -> Iterator[str]:
    if asked.name:
        yield f"the image is {either(map(names.image, asked.name))}"
    if asked.modality:
        yield f"the image is {either(asked.modality)}"
    if asked.time_point:
        yield f"the image is of the time point {either(asked.time_point)}"
    if asked.view:
        yield f"the view is {either(asked.view)}"
    if asked.side:
        yield f"the image shows {either(_SIDES[one] for one in asked.side)}"
    if asked.study_date is not None:
        yield f"the study was made {asked.study_date.told}"
    for limits, fact in _facts(asked):
        yield f"the {fact.noun} is {limits.told(fact.unit)}"


@dataclass(frozen=True, slots=True)
class When:
    """A condition, and what the guideline says of the questions in it."""

    condition: Condition
    optional: frozenset[str] = field(default_factory=frozenset[str])
    """Questions in it that need not always be answered."""
    asks_regions: bool = False
    """Whether a question in it is put to regions."""
    titles: Mapping[str, str] = field(default_factory=dict[str, str])
    """What annotators call the questions in it."""

    @property
    def of_region(self) -> bool:
        """Whether it can only be asked of a region."""
        return self.asks_regions or self.condition.of_region
